// Fetches the page as it is now and swaps its <main> and the regions beside it. A failed read changes nothing.
import { isOurs } from "./ours";
import { replace } from "./swap";

const regions = "main[id], body > aside, body > header, body > footer";

/** `own`: the reader asked for it, so that half-written text does not hold it back (it is kept as a draft). */
export async function fresh(own = false): Promise<boolean> {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" }).catch(() => null);
  if (!answer?.ok || !isOurs(answer)) return false;
  if (answer.redirected && new URL(answer.url).pathname !== location.pathname) {
    location.assign(answer.url);
    return true;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (own) document.getElementById("moved-on")?.remove();
  const now = [...document.querySelectorAll(regions)];
  const next = [...page.querySelectorAll(regions)];
  if (now.length !== next.length) location.reload();
  else now.forEach((region, place) => replace(region, document.adoptNode(next[place]!), own));
  for (const name of ["ticket", "after", "now"]) {
    const value = page.body.dataset[name];
    if (value !== undefined) document.body.dataset[name] = value;
  }
  document.dispatchEvent(new CustomEvent("fresh"));
  return true;
}

/** A room of phones is told at once: each waits a moment of its own, and tries again until it has the page. */
export function freshSoon(pause = Math.random() * 1000): void {
  setTimeout(() => void fresh().then((done) => { if (!done) freshSoon(1000 + Math.random() * 3000); }), pause);
}
