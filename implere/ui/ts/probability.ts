// [data-probability]: eleven radio buttons become a slider that one tap or one drag sets, with the step as a large
// figure. A tap and the arrow keys are the radio buttons' own; only dragging is ours.

let dragged: { group: Element; start: Element; moved: boolean } | null = null;

function show(group: HTMLElement): void {
  const chosen = group.querySelector<HTMLInputElement>("input:checked");
  const face = group.querySelector<HTMLElement>("[data-probability-face]");
  group.classList.add("sliding");
  group.style.setProperty("--share", `${chosen?.value ?? 0}%`);
  if (!face) return;
  face.hidden = false;
  face.toggleAttribute("data-unset", !chosen);
  face.textContent = chosen ? `${chosen.value}\u00a0%` : "–";
}

const stepAt = (event: PointerEvent) => document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-probability-steps] label");

function drag(event: PointerEvent): void {
  const label = dragged && stepAt(event);
  if (!dragged || !label || !dragged.group.contains(label)) return;
  const input = label.querySelector("input")!;
  dragged.moved ||= label !== dragged.start;
  if (!dragged.moved || input.checked) return;
  input.checked = true;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function drop(): void {
  if (dragged?.moved) dragged.group.querySelector<HTMLInputElement>("input:checked")?.click();
  dragged = null;
}

export function showProbabilities(): void {
  const all = (root: ParentNode) => root.querySelectorAll<HTMLElement>("[data-probability]").forEach(show);
  document.addEventListener("change", (event) => {
    const group = (event.target as Element).closest<HTMLElement>("[data-probability]");
    if (group) show(group);
  });
  document.addEventListener("pointerdown", (event) => {
    const start = stepAt(event);
    if (start) dragged = { group: start.closest("[data-probability]")!, start, moved: false };
  });
  document.addEventListener("pointermove", drag);
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", () => { dragged = null; });
  document.addEventListener("swapped", (event) => all(event.target as Element));
  all(document);
}
