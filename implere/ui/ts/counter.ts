// [data-counter="FIELD_ID" data-max="140"]: says how much room is left before the limit is reached, and how much too long it
// is. Nothing is cut off: what was pasted is all there. A field with `data-max` of its own gets a counter when it is near.
import { word } from "./words";

function counterOf(field: HTMLInputElement): HTMLElement | null {
  const found = document.querySelector<HTMLElement>(`[data-counter="${CSS.escape(field.id)}"]`);
  if (found || !field.dataset.max) return found;
  const made = Object.assign(document.createElement("span"), { className: "small soft" });
  Object.assign(made.dataset, { counter: field.id, max: field.dataset.max, idle: "", late: "" });
  field.after(made);
  return made;
}

function count(field: HTMLInputElement): void {
  const counter = counterOf(field);
  if (!counter) return;
  counter.dataset.idle ??= counter.textContent ?? "";
  const max = Number(counter.dataset.max);
  const left = max - [...field.value.trim()].length;
  const near = left <= Math.max(20, max / 5);
  const room = left < 0 ? word("tooLong", { count: -left }) : near ? word("left", { count: left }) : "";
  const sum = "late" in counter.dataset && !near ? "" : word("count", { n: max - left, max });
  counter.textContent = field.value ? [sum, room].filter(Boolean).join(" · ") : counter.dataset.idle;
  counter.classList.toggle("near", near && field.value !== "");
}

export function countLetters(): void {
  document.addEventListener("input", (event) => {
    const field = event.target as HTMLInputElement;
    if (field.id && field.matches("textarea, input")) count(field);
  });
  document.addEventListener("swapped", (event) => {
    (event.target as Element).querySelectorAll<HTMLInputElement>("textarea[id], input[data-max][id]").forEach((field) => { if (field.value) count(field); });
  });
}
