// The worker of the participant's page. The page: from the network, and as it was kept where the network does not answer as
// Implere does. Its files, whose addresses change when they do: as they were kept. It keeps nothing itself (offline.ts does),
// and lets every other request alone.
import { CACHE, isOld } from "./kept";
import { isOurs } from "./ours";

interface Fetched extends Event { request: Request; respondWith(answer: Promise<Response>): void }
interface Worker { skipWaiting(): Promise<void>; clients: { claim(): Promise<void> } }
const worker = self as unknown as Worker;
const PATIENCE = 6000;

async function kept(address: string): Promise<Response | undefined> {
  return (await caches.open(CACHE)).match(address);
}

async function keptPage(address: string): Promise<Response | null> {
  const answer = await kept(address);
  return answer && !isOld(answer) ? answer : null;
}

async function page(request: Request, address: string): Promise<Response> {
  const network = fetch(request);
  const slow = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE, null));
  const answer = await Promise.race([network, slow]).catch(() => null);
  if (answer && (answer.type === "opaqueredirect" || (isOurs(answer) && answer.status < 500))) return answer;
  return await keptPage(address) ?? network;
}

addEventListener("install", () => void worker.skipWaiting());
addEventListener("activate", () => void worker.clients.claim());
addEventListener("fetch", (event) => {
  const { request, respondWith } = event as Fetched;
  const { origin, pathname, href } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && /^\/m\/[0-9a-f-]{36}\/$/.test(pathname)) respondWith.call(event, page(request, pathname));
  else if (pathname.startsWith("/static/")) respondWith.call(event, kept(href).then((file) => file ?? fetch(request)));
});
