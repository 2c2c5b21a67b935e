// Swaps in the answer to a command that may have waited long: not over what has been typed since, nor into the region of
// another activity.
import { swap } from "./swap";

let typed = 0;
addEventListener("input", () => { typed = Date.now(); }, true);

export function swapAnswer(html: string, sentAt: number): void {
  const template = document.createElement("template");
  template.innerHTML = html;
  for (const region of template.content.querySelectorAll<HTMLElement>("[data-private][data-src]")) {
    const now = document.getElementById(region.id);
    if (now && now.dataset.src !== region.dataset.src) region.remove();
  }
  swap(template.innerHTML, typed < sentAt);
}
