// [data-print] opens the browser's print dialog. The button is hidden until the script is there.

export function printOnClick(): void {
  document.querySelectorAll<HTMLElement>("[data-print]").forEach((button) => { button.hidden = false; });
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-print]")) print();
  });
}
