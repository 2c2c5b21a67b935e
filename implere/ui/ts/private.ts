// What only this participant may see is fetched by its own address: after the stage is drawn anew, and when the page
// gets the focus (the same person may have answered in another tab).
import { isOurs } from "./ours";
import { replace } from "./swap";

let asked = 0;

async function fetchAgain(region: HTMLElement): Promise<void> {
  const source = region.dataset.src!;
  const answer = await fetch(source, { headers: { "HX-Request": "true" }, cache: "no-store" }).catch(() => null);
  if (!answer?.ok || answer.redirected || !isOurs(answer)) return;
  const template = document.createElement("template");
  template.innerHTML = await answer.text();
  const next = template.content.querySelector(`[id="${CSS.escape(region.id)}"]`);
  const now = document.getElementById(region.id);
  if (next && now?.dataset.src === source) replace(now, next);
}

export function fetchPrivate(): void {
  asked = Date.now();
  document.querySelectorAll<HTMLElement>("[data-private][data-src][id]").forEach((region) => void fetchAgain(region));
}

export function keepPrivateFresh(): void {
  if (document.querySelector("[data-private][data-src]:empty")) fetchPrivate();
  document.addEventListener("swapped", (event) => {
    const element = event.target as Element;
    if (element.querySelector("[data-private][data-src]")) fetchPrivate();
  });
  addEventListener("focus", () => { if (Date.now() - asked > 2000) fetchPrivate(); });
}
