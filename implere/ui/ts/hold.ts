// A half-written note is never torn away: a drawing that would remove a field with unsent text is held back, and a
// calm bar offers to go along. The text stays as a draft (drafts.ts).
import { fresh as fetchFresh } from "./fresh";
import { word } from "./words";

const texts = "textarea, input:not([type]), input[type=text]";

export function isDirty(field: Element): boolean {
  const input = field as HTMLInputElement;
  return input.value !== input.defaultValue && input.value.trim() !== "";
}

/** Whether `next` must wait, since it would take away text that somebody has written and not sent. */
export function holds(old: Element, next: Element): boolean {
  const lost = [...old.querySelectorAll(texts)].filter((field) => isDirty(field) && !survives(field, next));
  if (lost.length) showBar(old);
  return lost.length > 0;
}

function survives(field: Element, next: Element): boolean {
  const has = (id: string) => Boolean(id) && next.querySelector(`[id="${CSS.escape(id)}"]`) !== null;
  const region = field.closest("[data-private][data-src]");
  if (!region) return has(field.id);
  const place = next.querySelector(`[id="${CSS.escape(region.id)}"]`) ?? (next.id === region.id ? next : null);
  if (!place || place.getAttribute("data-src") !== region.getAttribute("data-src")) return false;
  return place.children.length === 0 || has(field.id);
}

function showBar(old: Element): void {
  if (document.getElementById("moved-on")) return;
  const bar = document.createElement("div");
  bar.id = "moved-on";
  bar.className = "said keeps moved-on";
  bar.setAttribute("role", "status");
  const go = document.createElement("button");
  go.className = "button small";
  go.type = "button";
  go.textContent = word("goAlong");
  go.addEventListener("click", goAlong);
  bar.append(word("movedOn"), go);
  old.before(bar);
}

/** Leaves the old drawing (its text is kept as a draft) for the page as it is now. */
export function goAlong(): void {
  if (!document.getElementById("moved-on")) return;
  void fetchFresh(true);
}
