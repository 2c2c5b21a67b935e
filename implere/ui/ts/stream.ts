// The live stream: <body data-stream="/stream/" data-ticket="…" data-after="17" data-renew="/…/ticket/">.
// One connection; the cursor is in the address, so what was missed comes first. Silence of 4.5 s means away; tries
// again with a random pause of up to half a minute, at once when the page is seen or the network is back.
import { serverSays } from "./clock";
import { fresh, freshSoon } from "./fresh";
import { pauseBefore } from "./pause";
import { readEvents, type StreamEvent } from "./sse";
import { swap } from "./swap";
import { spent, streamTicket } from "./ticket";
import { letGoWhenHidden, tellOtherTabs } from "./tabs";

const SILENCE = 4500, AT_ONCE = 1000;
const body = document.body;
let connection: AbortController | null = null;
let tries = 0, spread = AT_ONCE, heard = body.dataset.keptPage === undefined ? Date.now() : 0, again = 0, state = "";

function say(next: string): void {
  if (state === next) return;
  body.dataset.streamState = state = next;
  document.dispatchEvent(new CustomEvent("stream", { detail: next }));
}

function take(event: StreamEvent): void {
  if (event.kind === "beat") serverSays(Number(event.data));
  else if (event.kind === "fresh") freshSoon();
  else if (event.kind === "bye") spread = 3000;
  else if (event.kind === "html" && Number(event.id) > Number(body.dataset.after)) {
    body.dataset.after = event.id;
    swap(event.data);
  }
}

function hear(): void {
  [heard, tries, spread] = [Date.now(), 0, AT_ONCE];
  say("here");
}

async function connect(): Promise<void> {
  connection?.abort();
  const mine = connection = new AbortController();
  clearTimeout(again);
  tellOtherTabs();
  try {
    const ticket = await streamTicket(() => say("ended")), { stream, after = "0" } = body.dataset;
    const answer = await fetch(`${stream}?ticket=${encodeURIComponent(ticket)}&after=${after}`, { signal: mine.signal, cache: "no-store" });
    if (answer.status === 403) spent();
    if (!answer.ok || !answer.body || !answer.headers.get("Content-Type")?.startsWith("text/event-stream")) throw new Error(String(answer.status));
    await readEvents(answer.body, take, hear);
  } catch { /* the pause below is the answer to every failure */ }
  if (mine === connection && state !== "ended") later(pauseBefore(tries++, spread));
}

function later(pause: number): void {
  clearTimeout(again);
  again = setTimeout(connect, 150 + pause);
}

/** Lets the connection go, without a word, until the page is seen again. */
function rest(): void {
  clearTimeout(again);
  connection?.abort();
  connection = null;
}

function wake(pause = 0): void {
  if (state !== "ended" && (!connection || Date.now() - heard > SILENCE / 2)) later(pause);
}

function watch(): void {
  if (Date.now() - heard < SILENCE || state === "ended" || !connection) return;
  const first = state !== "away";
  say("away");
  if (first) later(Math.random() * AT_ONCE);
}

export function followStream(): void {
  if (!body.dataset.stream) return;
  setInterval(watch, 500);
  addEventListener("online", () => wake(Math.random() * AT_ONCE));
  addEventListener("pagehide", rest);
  addEventListener("pageshow", (event) => { if (event.persisted) void fresh().then(connect); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) wake(); });
  letGoWhenHidden(rest);
  void connect();
}
