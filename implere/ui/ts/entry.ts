// What is put in the outbox for a form: where it goes, what it says, and the words to show while it waits.
import type { Entry } from "./box";

const texts = "textarea, input:not([type]), input[type=text]";
let emptied = 0;

/** The entry; null for an empty note in the moment after one was sent (a second tap on the button). */
export function entryOf(form: HTMLFormElement, action: string, sent: FormData): Entry | null {
  const field = form.querySelector<HTMLInputElement>(texts);
  const text = String(sent.get(field?.name ?? "") ?? "").trim();
  const list = form.dataset.outbox ?? "", at = Date.now();
  if (list && !text && at - emptied < 1500) return null;
  if (list) emptied = at;
  const body = String(new URLSearchParams(sent as unknown as Record<string, string>));
  return { place: location.pathname, id: String(sent.get("command_id")), action, body, field: field?.name ?? "", text, list, at };
}

/** What was sent is not half-written any more, so that no drawing waits for it. */
export function markSent(form: HTMLFormElement, sent: FormData): void {
  form.querySelectorAll<HTMLInputElement>(texts).forEach((field) => {
    if (field.name && sent.get(field.name) === field.value) field.defaultValue = field.value;
  });
}
