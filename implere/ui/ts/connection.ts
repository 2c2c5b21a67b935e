// Says beside the text box what is safe when the connection is away: [data-connection] is shown, and told once.
import { announce } from "./announce";
import { word } from "./words";

export function showConnection(): void {
  let wasAway = false;
  document.addEventListener("stream", (event) => {
    const state = (event as CustomEvent<string>).detail;
    document.querySelectorAll<HTMLElement>("[data-connection]").forEach((sign) => {
      sign.hidden = state === "here";
      const words = sign.querySelector("span");
      if (words && state !== "here") words.textContent = word(state === "ended" ? "ended" : "away");
    });
    if (state === "here" && wasAway) announce(word("back"));
    wasAway = state !== "here";
  });
}
