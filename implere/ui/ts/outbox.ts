// form[data-outbox="LIST_ID"]: what cannot be sent for want of a network is kept on this device, shown in the list as
// waiting (drawn from <template id="LIST_ID-waiting">), and sent in order, each once, when the network is back.
import { swap } from "./swap";
import { word } from "./words";

interface Waiting { action: string; body: string; list: string; text: string }
const place = `outbox:${location.pathname}`;
const read = (): Waiting[] => JSON.parse(localStorage.getItem(place) ?? "[]") as Waiting[];
const write = (all: Waiting[]) => localStorage.setItem(place, JSON.stringify(all));
let sending = false;

function draw(): void {
  document.querySelectorAll("[data-waits]").forEach((card) => card.remove());
  for (const { list, text } of read()) {
    const card = document.createElement("li");
    card.className = "note waiting";
    card.setAttribute("data-waits", "");
    const words = Object.assign(document.createElement("p"), { className: "note-text", textContent: text, dir: "auto" });
    const state = Object.assign(document.createElement("p"), { className: "note-state", textContent: word("waiting") });
    card.append(words, state);
    document.getElementById(list)?.append(card);
  }
}

async function sendAll(): Promise<void> {
  if (sending) return;
  sending = true;
  for (let next = read()[0]; next; next = read()[0]) {
    const headers = { "HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded" };
    const answer = await fetch(next.action, { method: "POST", headers, body: next.body }).catch(() => null);
    if (!answer || (!answer.ok && answer.status !== 409)) break;
    const { body } = next;
    write(read().filter((each) => each.body !== body)); // another tab may have sent it, and more
    swap(await answer.text(), true);
  }
  sending = false;
  draw();
}

export function keepOutbox(): void {
  document.addEventListener("command:failed", (event) => {
    const form = (event.target as HTMLElement).closest<HTMLFormElement>("form[data-outbox]");
    const text = form?.querySelector<HTMLTextAreaElement>("textarea, input[type=text]")?.value.trim();
    if (!form || !text) return;
    event.preventDefault();
    write([...read(), { ...(event as CustomEvent<{ action: string; body: string }>).detail, list: form.dataset.outbox!, text }]);
    form.dispatchEvent(new CustomEvent("command:done", { bubbles: true }));
    draw();
  });
  document.addEventListener("stream", (event) => { if ((event as CustomEvent<string>).detail === "here") void sendAll(); });
  document.addEventListener("swapped", draw);
  addEventListener("online", () => void sendAll());
  draw();
  void sendAll();
}
