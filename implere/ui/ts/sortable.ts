// [data-zone="ID"] lists whose [data-moves] things are dragged by their [data-grip]: a drop presses the same "Move to…"
// button as a tap does. The library is loaded only where there is something to drag.
import type Sortable from "sortablejs";

let library: Promise<typeof Sortable> | null = null;
const ready = new WeakSet<Element>();

function drop(event: Sortable.SortableEvent): void {
  if (event.from === event.to) return;
  const zone = (event.to as HTMLElement).dataset.zone!;
  const button = event.item.querySelector<HTMLButtonElement>(`[data-move] button[value="${CSS.escape(zone)}"]`);
  button?.form?.requestSubmit(button);
}

async function prepare(root: ParentNode): Promise<void> {
  const lists = [...root.querySelectorAll<HTMLElement>("[data-zone]")].filter((list) => !ready.has(list));
  if (!lists.some((list) => list.querySelector("[data-grip]")) && !library) return;
  lists.forEach((list) => ready.add(list));
  const source = document.querySelector<HTMLScriptElement>("script[data-sortable]")?.dataset.sortable;
  if (!source) return;
  library ??= load(source);
  const sortable = await library;
  const options = { group: "zones", handle: "[data-grip]", draggable: "[data-moves]", animation: 120, delay: 120, delayOnTouchOnly: true, onEnd: drop };
  lists.forEach((list) => sortable.create(list, options));
}

function load(source: string): Promise<typeof Sortable> {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: source, onerror: reject });
    script.onload = () => resolve((window as unknown as { Sortable: typeof Sortable }).Sortable);
    document.head.append(script);
  });
}

export function dragByGrip(): void {
  document.addEventListener("swapped", () => void prepare(document));
  void prepare(document);
}
