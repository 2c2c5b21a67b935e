// [data-advance] on a radio button: choosing it goes on. "submit" sends the form; "#id" shows that element (hidden
// until then) and moves the focus there. Arrow keys look through the choices without going on; Enter or Space does.

let byKey = false;

function goOn(input: HTMLInputElement): void {
  const where = input.dataset.advance!;
  if (where === "submit") return input.form?.requestSubmit();
  const next = document.querySelector<HTMLElement>(where);
  if (!next) return;
  next.hidden = false;
  const target = next.querySelector<HTMLElement>("input:checked, input, button, textarea") ?? next;
  target.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest", behavior: "smooth" });
}

export function advanceOnChoice(): void {
  document.addEventListener("keydown", (event) => {
    byKey = event.key.startsWith("Arrow");
    const input = event.target as HTMLInputElement;
    if (!input.matches?.("input[data-advance]") || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    input.checked = true;
    goOn(input);
  });
  document.addEventListener("pointerdown", () => { byKey = false; });
  document.addEventListener("click", (event) => {
    const input = event.target as HTMLInputElement;
    if (!byKey && input.matches?.("input[data-advance]")) goOn(input);
  });
}
