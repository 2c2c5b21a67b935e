// The live stream: <body data-stream="/stream/" data-ticket="…" data-after="17" data-renew="/…/ticket/">.
// One connection; the cursor is in the address, so what was missed comes first. Silence of 4.5 s means away; tries
// again with a random pause of up to half a minute, at once when the page is seen or the network is back.
import { serverSays } from "./clock";
import { fresh } from "./fresh";
import { readEvents, type StreamEvent } from "./sse";
import { swap } from "./swap";

const SILENCE = 4500, LONGEST_PAUSE = 30_000, OLD_TICKET = 30 * 60_000;
const body = document.body;
let connection: AbortController | null = null;
let tries = 0, spread = 1000, heard = Date.now(), ticketFrom = Date.now(), again = 0, state = "";

function say(next: string): void {
  if (state === next) return;
  body.dataset.streamState = state = next;
  document.dispatchEvent(new CustomEvent("stream", { detail: next }));
}

function take(event: StreamEvent): void {
  if (event.kind === "beat") serverSays(Number(event.data));
  else if (event.kind === "fresh") setTimeout(fetchFresh, Math.random() * 1000);
  else if (event.kind === "bye") spread = 3000;
  else if (event.kind === "html" && Number(event.id) > Number(body.dataset.after)) {
    body.dataset.after = event.id;
    swap(event.data);
  }
}

/** A room of phones is told at once: each waits a moment of its own, and tries again until it has the page. */
async function fetchFresh(): Promise<void> {
  if (!(await fresh())) setTimeout(fetchFresh, 1000 + Math.random() * 3000);
}

async function renew(): Promise<void> {
  const answer = await fetch(body.dataset.renew!, { cache: "no-store", redirect: "error" });
  if ([403, 404, 410].includes(answer.status)) say("ended");
  if (!answer.ok) throw new Error(String(answer.status));
  body.dataset.ticket = (await answer.text()).trim();
  ticketFrom = Date.now();
}

async function connect(): Promise<void> {
  connection?.abort();
  const mine = connection = new AbortController();
  clearTimeout(again);
  try {
    if (Date.now() - ticketFrom > OLD_TICKET) await renew();
    const { stream, ticket = "", after = "0" } = body.dataset;
    const answer = await fetch(`${stream}?ticket=${encodeURIComponent(ticket)}&after=${after}`, { signal: mine.signal, cache: "no-store" });
    if (answer.status === 403) ticketFrom = 0;
    if (!answer.ok || !answer.body) throw new Error(String(answer.status));
    await readEvents(answer.body, take, () => { heard = Date.now(); tries = 0; spread = 1000; say("here"); });
  } catch { /* the pause below is the answer to every failure */ }
  if (mine === connection && state !== "ended") later(Math.random() * Math.min(LONGEST_PAUSE, spread * 2 ** tries++));
}

function later(pause: number): void {
  clearTimeout(again);
  again = setTimeout(connect, 150 + pause);
}

function wake(): void {
  if (state !== "ended" && Date.now() - heard > SILENCE / 2) void connect();
}

function watch(): void {
  if (Date.now() - heard < SILENCE || state === "ended") return;
  const first = state !== "away";
  say("away");
  if (first) void connect();
}

export function followStream(): void {
  if (!body.dataset.stream) return;
  setInterval(watch, 500);
  addEventListener("online", wake);
  addEventListener("pageshow", (event) => { if (event.persisted) void fresh().then(connect); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) wake(); });
  void connect();
}
