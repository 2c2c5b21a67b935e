// One polite live region; what comes close together is said together. [data-announce="words"] is said when it is swapped in.

let waiting: string[] = [];
let timer = 0;

export function announce(text: string): void {
  if (!text || waiting.includes(text)) return;
  waiting.push(text);
  clearTimeout(timer);
  timer = setTimeout(() => {
    const region = document.getElementById("announcer");
    if (region) region.textContent = waiting.slice(-4).join(". ");
    waiting = [];
  }, 600);
}

export function announceSwaps(): void {
  document.addEventListener("swapped", (event) => {
    const element = event.target as HTMLElement;
    const told = element.closest<HTMLElement>("[data-announce]") ?? element.querySelector<HTMLElement>("[data-announce]");
    announce(told?.dataset.announce ?? "");
  });
}
