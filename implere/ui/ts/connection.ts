// Says beside the text box what is safe when the connection is away: each [data-connection] is shown, and told once.
import { announce } from "./announce";
import { word } from "./words";

let state = "here";

/** Where the page cannot be opened again without a network, it says so. */
function words(): string {
  if (state === "ended") return word("ended");
  return [word("away"), document.body.dataset.worker && !("serviceWorker" in navigator) && word("stayOpen")].filter(Boolean).join(" ");
}

function draw(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>("[data-connection]").forEach((sign) => {
    sign.hidden = state === "here";
    const said = sign.querySelector("span");
    if (said && state !== "here" && said.textContent !== words()) said.textContent = words();
  });
}

export function showConnection(): void {
  document.addEventListener("stream", (event) => {
    const before = state;
    state = (event as CustomEvent<string>).detail;
    draw(document);
    if (state === "here" && before !== "here") announce(word("back"));
  });
  document.addEventListener("swapped", (event) => draw(event.target as Element));
}
