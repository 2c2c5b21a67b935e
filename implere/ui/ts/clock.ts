// The server's clock: what it said last, less what ours was then. Until it has spoken, the page's own `data-now`.

let ahead = Number(document.body?.dataset.now ?? Date.now()) - Date.now();

/** Told by each heartbeat. The highest of late readings is the truest, since the way only ever delays. */
export function serverSays(milliseconds: number): void {
  if (milliseconds > 0) ahead = milliseconds - Date.now();
}

export function serverNow(): number {
  return Date.now() + ahead;
}
