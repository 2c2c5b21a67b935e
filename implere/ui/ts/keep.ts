// [data-keep="key"]: kept on this device and never sent (the field stands outside any form that is posted, or has no name).

export function keepOnDevice(): void {
  const place = (field: HTMLElement) => `keep:${field.dataset.keep}`;
  const restore = (root: ParentNode) => root.querySelectorAll<HTMLInputElement>("[data-keep]").forEach((field) => {
    field.removeAttribute("name");
    const kept = localStorage.getItem(place(field)) ?? "";
    if (field !== document.activeElement && field.value !== kept) field.value = kept;
  });
  const show = (root: ParentNode) => root.querySelectorAll<HTMLElement>("[data-kept]").forEach((shown) => {
    const kept = localStorage.getItem(`keep:${shown.dataset.kept}`) ?? "";
    const words = shown.querySelector("[data-kept-words]") ?? shown;
    words.textContent = kept;
    shown.hidden = !kept;
  });
  document.addEventListener("input", (event) => {
    const field = event.target as HTMLInputElement;
    if (field.matches("[data-keep]")) localStorage.setItem(place(field), field.value);
  });
  const both = (root: ParentNode) => { restore(root); show(root); };
  document.addEventListener("swapped", (event) => both(event.target as Element));
  both(document);
}
