// Keeps the projector awake where the browser allows it (it needs https); asked for again when the page is seen again.

export function keepAwake(): void {
  const ask = () => {
    if (!document.hidden) void navigator.wakeLock?.request("screen").catch(() => undefined);
  };
  document.addEventListener("visibilitychange", ask);
  ask();
}
