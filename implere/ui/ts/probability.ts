// [data-probability]: shows the chosen step of ten as a large figure. The steps are plain radio buttons.

function show(group: Element): void {
  const face = group.querySelector<HTMLElement>("[data-probability-face]");
  const chosen = group.querySelector<HTMLInputElement>("input:checked");
  if (!face) return;
  face.hidden = false;
  face.textContent = chosen ? `${chosen.value}\u00a0%` : "–";
}

export function showProbabilities(): void {
  const all = (root: ParentNode) => root.querySelectorAll("[data-probability]").forEach(show);
  document.addEventListener("change", (event) => {
    const group = (event.target as Element).closest("[data-probability]");
    if (group) show(group);
  });
  document.addEventListener("swapped", (event) => all(event.target as Element));
  all(document);
}
