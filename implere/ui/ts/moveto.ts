// [data-moves] (a note in a zone) by keyboard: on its grip, Space picks it up, arrows choose the zone, Enter drops it,
// Escape lets it be. It presses the same "Move to…" button as a tap does; every step is announced.
import { announce } from "./announce";
import { word } from "./words";

let picked: HTMLElement | null = null;
let choice = 0;

const buttons = () => [...(picked?.querySelectorAll<HTMLButtonElement>("[data-move] button") ?? [])];
const zoneOf = (button: HTMLButtonElement) => document.querySelector(`[data-zone="${CSS.escape(button.value)}"]`);
const titleOf = (button: HTMLButtonElement) => button.textContent?.trim() ?? "";

function pickUp(thing: HTMLElement): void {
  picked = thing;
  choice = Math.max(0, buttons().findIndex((button) => button.hasAttribute("aria-current")));
  thing.classList.add("picked");
  announce(word("picked"));
}

function letGo(): void {
  picked?.classList.remove("picked");
  document.querySelectorAll(".zone.target").forEach((zone) => zone.classList.remove("target"));
  picked = null;
}

function choose(step: number): void {
  const all = buttons();
  choice = (choice + step + all.length) % all.length;
  document.querySelectorAll(".zone.target").forEach((zone) => zone.classList.remove("target"));
  zoneOf(all[choice]!)?.classList.add("target");
  announce(word("over", { place: titleOf(all[choice]!) }));
}

function drop(): void {
  const button = buttons()[choice];
  const id = picked?.id;
  letGo();
  if (!button || button.hasAttribute("aria-current")) return announce(word("cancelled"));
  button.form?.requestSubmit(button);
  announce(word("dropped", { place: titleOf(button) }));
  document.addEventListener("swapped", () => document.querySelector<HTMLElement>(`[id="${id}"] [data-grip]`)?.focus(), { once: true });
}

export function moveByKeys(): void {
  document.addEventListener("keydown", (event) => {
    const grip = (event.target as Element).closest<HTMLElement>("[data-grip]");
    if (!grip) return;
    const steps: Record<string, () => void> = picked
      ? { " ": drop, Enter: drop, Escape: () => { letGo(); announce(word("cancelled")); }, ArrowDown: () => choose(1), ArrowRight: () => choose(1), ArrowUp: () => choose(-1), ArrowLeft: () => choose(-1) }
      : { " ": () => pickUp(grip.closest<HTMLElement>("[data-moves]")!), Enter: () => pickUp(grip.closest<HTMLElement>("[data-moves]")!) };
    if (!steps[event.key]) return;
    event.preventDefault();
    steps[event.key]!();
  });
  document.addEventListener("focusout", (event) => { if (picked?.contains(event.target as Node) && (event as FocusEvent).relatedTarget) letGo(); });
}
