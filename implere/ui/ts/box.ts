// The phone's own memory of what is to be sent (IndexedDB): what stands here survives a reload, a closed browser and a flat
// battery. Entries belong to a page (`place`). One tab at a time sends: the one that has the lease.

export interface Entry { seq?: number; place: string; id: string; action: string; body: string; field: string; text: string; list: string; at: number; refused?: string }

let opening: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open("implere", 1);
    asked.onupgradeneeded = () => {
      const entries = asked.result.createObjectStore("entries", { keyPath: "seq", autoIncrement: true });
      entries.createIndex("place", "place");
      entries.createIndex("id", "id", { unique: true });
      asked.result.createObjectStore("leases", { keyPath: "place" });
    };
    asked.onsuccess = () => {
      asked.result.onclose = asked.result.onversionchange = () => { asked.result.close(); opening = null; };
      resolve(asked.result);
    };
    asked.onerror = asked.onblocked = () => reject(asked.error);
    setTimeout(() => reject(new Error("slow")), 3000);
  });
  opening.catch(() => { opening = null; });
  return opening;
}

/** Does `work` with a store in one transaction; answers when it is on the disk. */
async function within<T>(name: string, mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T> | null): Promise<T | undefined> {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, mode, { durability: name === "entries" ? "strict" : "relaxed" });
    const asked = work(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(asked?.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

/** Puts the entry in the box. The same id twice is one entry. */
export async function put(entry: Entry): Promise<void> {
  await within("entries", "readwrite", (store) => entry.seq ? store.put(entry) : store.add(entry)).catch((error: DOMException) => {
    if (error?.name !== "ConstraintError") throw error;
  });
}

export async function take(entry: Entry): Promise<void> {
  await within("entries", "readwrite", (store) => store.delete(entry.seq!));
}

/** What waits or was refused on this page, in order. */
export async function all(place: string): Promise<Entry[]> {
  return await within("entries", "readonly", (store) => store.index("place").getAll(place) as IDBRequest<Entry[]>) ?? [];
}

/** Whether this tab may send now, for so many milliseconds; 0 gives the lease back. */
export async function lease(place: string, owner: string, milliseconds: number): Promise<boolean> {
  let mine = false;
  await within("leases", "readwrite", (store) => {
    const asked = store.get(place) as IDBRequest<{ owner: string; until: number } | undefined>;
    asked.onsuccess = () => {
      const { owner: holder = owner, until = 0 } = asked.result ?? {};
      mine = holder === owner || until < Date.now() || until > Date.now() + 60_000;
      if (mine) store.put({ place, owner, until: Date.now() + milliseconds });
    };
    return null;
  });
  return mine;
}
