// input[type=range][data-replays] in a GET form: the page's regions for that value are fetched while it is dragged, by mouse or
// by keys; the latest value wins, and the address follows, so that a reload shows the same.
import { isOurs } from "./ours";
import { swap } from "./swap";

let asked = new AbortController();

async function show(slider: HTMLInputElement): Promise<void> {
  asked.abort();
  const mine = (asked = new AbortController());
  const address = `${location.pathname}?${slider.name}=${slider.value}`;
  const answer = await fetch(address, { headers: { "HX-Request": "true" }, cache: "no-store", signal: mine.signal }).catch(() => null);
  if (!answer || mine.signal.aborted) return;
  if (!answer.ok || !isOurs(answer)) return location.assign(address);
  const html = await answer.text();
  if (mine.signal.aborted) return;
  swap(html, true);
  history.replaceState(history.state, "", address);
  say(slider);
}

function say(slider: HTMLInputElement): void {
  const words = slider.form?.querySelector("output")?.textContent?.trim().replace(/\s+/g, " ");
  if (words) slider.setAttribute("aria-valuetext", words);
}

export function replayBySlider(): void {
  document.querySelectorAll<HTMLInputElement>("input[data-replays]").forEach(say);
  document.addEventListener("input", (event) => {
    const slider = event.target as HTMLInputElement;
    if (slider.matches("input[data-replays]")) void show(slider);
  });
}
