// Shows what the phone keeps: a note in its list (form[data-outbox]), any other command at its form, the rest by number in
// #outbox; and what was refused, in the server's words with what was typed, until the reader takes it away.
import type { Entry } from "./box";
import { announce } from "./announce";
import { word } from "./words";

function made(tag: string, className: string, textContent = ""): HTMLElement {
  return Object.assign(document.createElement(tag), { className, textContent, dir: "auto" });
}

function mark(one: HTMLElement): HTMLElement {
  one.setAttribute("data-waits", "");
  return one;
}

/** The form that the entry came from, if it is drawn now: the same address, and the same fields that one cannot change. */
export function formOf(entry: Entry): HTMLFormElement | null {
  const sent = new URLSearchParams(entry.body);
  const same = (field: HTMLInputElement) => field.name === "command_id" || sent.get(field.name) === field.value;
  const forms = document.querySelectorAll<HTMLFormElement>(`form[action="${CSS.escape(entry.action)}"]`);
  return [...forms].find((form) => [...form.querySelectorAll<HTMLInputElement>("input[type=hidden][name]")].every(same)) ?? null;
}

function drawInForm(form: HTMLFormElement, entry: Entry, state: string): void {
  for (const [name, value] of new URLSearchParams(entry.body)) {
    const choice = form.querySelector<HTMLInputElement>(`input[type=radio][name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
    if (choice && !choice.checked) { choice.checked = true; choice.dispatchEvent(new Event("change", { bubbles: true })); }
  }
  form.append(mark(made("p", "said keeps", state)));
}

function drawRefused(entry: Entry, drop: (entry: Entry) => void): HTMLElement {
  const card = mark(made("div", "said keeps"));
  const id = `refused-${entry.seq}`;
  const text = Object.assign(made("blockquote", "kept", entry.text), { id });
  const copy = Object.assign(made("button", "button small", word("copy")), { type: "button" });
  Object.assign(copy.dataset, { copy: entry.text, copyFrom: id });
  const gone = Object.assign(made("button", "button small quiet", word("takeAway")), { type: "button" });
  gone.addEventListener("click", () => drop(entry));
  card.append(made("p", "", entry.refused), ...(entry.text ? [text, copy] : []), gone);
  return card;
}

const told = new Set<string>();

/** `stuck`: the sending has failed at least once, so that it is worth saying. */
export function drawWaiting(entries: Entry[], stuck: boolean, drop: (entry: Entry) => void): void {
  document.querySelectorAll("[data-waits]").forEach((one) => one.remove());
  const rest = document.getElementById("outbox");
  let elsewhere = 0;
  for (const entry of entries) {
    const list = document.getElementById(entry.list), form = !entry.list && formOf(entry);
    if (entry.refused) {
      rest?.append(drawRefused(entry, drop));
      if (!told.has(entry.id)) announce(entry.refused);
      told.add(entry.id);
    } else if (list) {
      const card = mark(made("li", "note waiting"));
      card.append(made("p", "note-text", entry.text), made("p", "note-state", word(stuck ? "waiting" : "sending")));
      list.append(card);
    } else if (form && stuck) drawInForm(form, entry, word("waiting"));
    else if (!form) elsewhere++;
  }
  if (elsewhere && stuck) rest?.append(mark(made("p", "said keeps", word("waitElsewhere", { n: elsewhere }))));
}
