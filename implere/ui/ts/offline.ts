// The participant's page opens without a network once it has been open with one: it is kept as it looks now, with its files,
// in the browser's cache, from where the worker (sw.ts) takes it. Only over https, or on the machine itself. Kept for two
// days at most, and not after the meeting ([data-meeting-over]).
import { CACHE, isOld, KEPT_AT } from "./kept";

const POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
const PAUSE = 3000;
let timer = 0;

/** The page as a document to open later: without what belongs to this moment alone. */
function asItIs(): string {
  const page = document.documentElement.cloneNode(true) as HTMLElement;
  page.querySelectorAll('[data-waits], #moved-on, [data-not-sent], head script:not([src*="participant"])').forEach((one) => one.remove());
  page.querySelectorAll("[style], [data-htmx-powered]").forEach((one) => { one.removeAttribute("style"); one.removeAttribute("data-htmx-powered"); });
  const body = page.querySelector("body")!;
  body.removeAttribute("data-stream-state");
  body.removeAttribute("data-now");
  body.setAttribute("data-kept-page", "");
  return `<!doctype html>${page.outerHTML}`;
}

function files(): string[] {
  const all = document.querySelectorAll("script[src], link[href], use[href]");
  const names = [...all].map((one) => new URL(one.getAttribute("src") ?? one.getAttribute("href")!, location.href));
  return [...new Set(names.filter((url) => url.pathname.startsWith("/static/")).map((url) => url.pathname + url.search))];
}

async function keep(): Promise<void> {
  timer = 0;
  const { streamState, keptPage } = document.body.dataset;
  if (streamState === "away" || keptPage !== undefined) return; // no newer than what is kept
  const cache = await caches.open(CACHE), page = location.pathname;
  if (document.querySelector("[data-meeting-over]")) return void cache.delete(page);
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", [KEPT_AT]: String(Date.now()) };
  await cache.put(page, new Response(asItIs(), { headers }));
  for (const file of files()) if (!(await cache.match(file))) await cache.add(file);
}

/** Takes away pages that are too old, and files that have another version now. */
async function tidy(): Promise<void> {
  const cache = await caches.open(CACHE), now = new Set(files()), paths = new Set([...now].map((file) => file.split("?")[0]));
  for (const request of await cache.keys()) {
    const { pathname, search } = new URL(request.url);
    const answer = await cache.match(request);
    if (paths.has(pathname) ? !now.has(pathname + search) : !pathname.startsWith("/static/") && (!answer || isOld(answer))) await cache.delete(request);
  }
}

const now = () => void keep().catch(() => undefined);
const soon = () => { timer ||= setTimeout(now, PAUSE); };

void navigator.serviceWorker.register(document.body.dataset.worker!).then(keep).then(tidy).catch(() => undefined);
document.addEventListener("swapped", soon);
document.addEventListener("visibilitychange", () => { if (document.hidden) now(); });
