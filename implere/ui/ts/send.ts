// Sends what stands in the box: in order, by one tab at a time, again and again until the server has said yes or no. Every
// tab of the page is told what has changed.
import { swapAnswer } from "./answer";
import { all, lease, put, take, type Entry } from "./box";
import { settled } from "./command";
import { goAlong } from "./hold";
import { newId } from "./newid";
import { pauseBefore } from "./pause";
import { post, type Answer } from "./post";
import { fetchPrivate } from "./private";
import { refuse } from "./refused";
import { drawWaiting } from "./waiting";

const LEASE = 25_000, FIRST_PAUSE = 1000;
const place = location.pathname;
const me = sessionStorage.getItem("sender") ?? newId(); // a page that is loaded again takes up its own lease
sessionStorage.setItem("sender", me);
addEventListener("pagehide", () => void lease(place, me, 0).catch(() => undefined));
const others = "BroadcastChannel" in window ? new BroadcastChannel(`outbox:${place}`) : null;
let entries: Entry[] = [], tries = 0, timer = 0, sending = false, asked = false;

if (others) others.onmessage = () => { void look(); fetchPrivate(); };

export const draw = () => drawWaiting(entries, tries > 0, (entry) => void take(entry).then(changed));

export async function look(): Promise<void> {
  entries = await all(place).catch(() => entries);
  draw();
}

export async function changed(): Promise<void> {
  await look();
  others?.postMessage("changed");
}

export async function settle(entry: Entry, { status, text }: Answer): Promise<void> {
  settled(entry.id);
  entries = entries.filter((each) => each.id !== entry.id);
  const refused = status >= 400 ? refuse(entry, text) : "";
  if (entry.seq) await (refused ? put({ ...entry, refused }) : take(entry));
  if (status < 400) swapAnswer(text, entry.at);
  goAlong();
  if (entry.seq) await changed();
}

async function sendEach(): Promise<void> {
  for (let next; (next = (await all(place)).find((each) => !each.refused)); tries = 0) {
    if (!(await lease(place, me, LEASE))) return later(300 + Math.random() * 500);
    const answer = await post(next);
    if (!answer) return later(pauseBefore(tries++, FIRST_PAUSE));
    await settle(next, answer);
  }
  tries = 0;
}

export async function sendAll(): Promise<void> {
  clearTimeout(timer);
  asked = true;
  if (sending) return;
  sending = true;
  while (asked) {
    asked = false;
    await sendEach().catch(() => later(FIRST_PAUSE));
  }
  sending = false;
  await lease(place, me, 0).catch(() => undefined);
  await look();
}

export function later(pause: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => void sendAll(), 100 + pause);
}
