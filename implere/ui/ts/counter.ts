// [data-counter="FIELD_ID" data-max="140"]: says how much room is left before the limit is reached.
import { word } from "./words";

function count(field: HTMLInputElement): void {
  const counter = document.querySelector<HTMLElement>(`[data-counter="${CSS.escape(field.id)}"]`);
  if (!counter) return;
  counter.dataset.idle ??= counter.textContent ?? "";
  const max = Number(counter.dataset.max);
  const left = max - [...field.value].length;
  const near = left <= Math.max(20, max / 5);
  counter.textContent = field.value ? word("count", { n: max - left, max }) + (near ? ` · ${word("left", { count: left })}` : "") : counter.dataset.idle;
  counter.classList.toggle("near", near && field.value !== "");
}

export function countLetters(): void {
  document.addEventListener("input", (event) => {
    const field = event.target as HTMLInputElement;
    if (field.id && field.matches("textarea, input")) count(field);
  });
  document.addEventListener("swapped", (event) => {
    (event.target as Element).querySelectorAll<HTMLInputElement>("textarea[id], input[maxlength][id]").forEach(count);
  });
}
