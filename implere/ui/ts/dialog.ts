// [data-opens="ID"] opens that dialog; [data-close] closes the one that it is in; a form [data-closes] closes what it
// stands in (a dialog, a folded menu) once it is done. [data-folds="MEDIA"] is folded where that begins to hold, unfolded where it ends.

function closeRound(element: Element): void {
  element.closest("dialog")?.close();
  element.closest("details.more")?.removeAttribute("open");
}

function closeOtherMenus(target: Element): void {
  document.querySelectorAll("details.more[open]").forEach((menu) => {
    if (!menu.contains(target)) menu.removeAttribute("open");
  });
}

export function openDialogs(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    closeOtherMenus(target);
    const opener = target.closest<HTMLElement>("[data-opens]");
    if (opener) (document.getElementById(opener.dataset.opens!) as HTMLDialogElement | null)?.showModal();
    if (target.closest("[data-close]") || target instanceof HTMLDialogElement) closeRound(target);
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && (event.target as Element).closest("details.more[open]");
    if (!menu) return;
    closeRound(menu);
    menu.querySelector("summary")?.focus();
  });
  document.addEventListener("command:done", (event) => {
    const form = event.target as Element;
    if (form.matches("[data-closes]")) closeRound(form);
  });
  document.querySelectorAll<HTMLElement>("details[data-folds]").forEach((fold) => {
    const narrow = matchMedia(fold.dataset.folds!);
    if (narrow.matches) fold.removeAttribute("open");
    narrow.addEventListener("change", () => fold.toggleAttribute("open", !narrow.matches));
  });
  document.querySelector<HTMLElement>("[data-focus-on-load]")?.focus();
}
