// A command that the server refused (4xx): its words, beside what was typed. Where the field is still there and empty, the
// text goes back into it; else a card keeps both until the reader takes it away.
import { swapAnswer } from "./answer";
import type { Entry } from "./box";
import { formOf } from "./waiting";
import { word } from "./words";

/** The server's sentence where the entry must be kept as a card; "" where the page now shows it all. */
export function refuse(entry: Entry, html: string): string {
  const answer = new DOMParser().parseFromString(html, "text/html");
  const late = answer.querySelector("[data-refusal]");
  const words = (late ?? answer.querySelector('[role="alert"], .error') ?? answer.querySelector("h1"))?.textContent?.trim() || word("refused");
  if (late || /<html/i.test(html)) return words;
  const empty = !entry.text || fieldOf(entry)?.value.trim() === "" || fieldOf(entry)?.value.trim() === entry.text;
  if (!empty) return words;
  swapAnswer(html, entry.at);
  const field = fieldOf(entry);
  if (!entry.text) return document.body.textContent!.includes(words) ? "" : words;
  if (!field) return words;
  field.value = entry.text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  return "";
}

function fieldOf(entry: Entry): HTMLInputElement | null {
  return entry.field ? formOf(entry)?.querySelector<HTMLInputElement>(`[name="${CSS.escape(entry.field)}"]`) ?? null : null;
}
