// [data-timer data-ends="MS" data-left="SECONDS"]: counts down by the server's clock to the end, or stands still when
// paused. It informs and never stops anybody.
import { announce } from "./announce";
import { serverNow } from "./clock";
import { word } from "./words";

function face(seconds: number): string {
  const whole = Math.abs(seconds);
  return `${seconds < 0 ? "+" : ""}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function tick(): void {
  document.querySelectorAll<HTMLElement>("[data-timer]").forEach((timer) => {
    const { ends, left } = timer.dataset;
    const seconds = ends ? Math.round((Number(ends) - serverNow()) / 1000) : left ? Number(left) : null;
    const shown = timer.querySelector("[data-timer-face]") ?? timer;
    const text = seconds === null ? "–" : face(seconds);
    if (shown.textContent !== text) shown.textContent = text;
    if (seconds === 0 && ends) announce(word("timeUp"));
    timer.toggleAttribute("data-over", seconds !== null && seconds < 0);
  });
}

export function runTimers(): void {
  tick();
  setInterval(tick, 1000);
  document.addEventListener("swapped", tick);
}
