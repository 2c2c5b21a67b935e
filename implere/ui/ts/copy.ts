// [data-copy="text"] puts the text on the clipboard and says so. Over plain http there is no clipboard: then it is
// marked, ready for Ctrl+C.
import { announce } from "./announce";
import { word } from "./words";

export function copyOnClick(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copy]");
    if (!button) return;
    if (!navigator.clipboard) return select(document.getElementById(button.dataset.copyFrom ?? "") ?? button);
    void navigator.clipboard.writeText(button.dataset.copy!).then(() => {
      const before = button.textContent;
      button.textContent = word("copied");
      announce(word("copied"));
      setTimeout(() => { button.textContent = before; }, 2000);
    });
  });
}

function select(element: Element): void {
  const range = document.createRange();
  range.selectNodeContents(element);
  getSelection()?.removeAllRanges();
  getSelection()?.addRange(range);
}
