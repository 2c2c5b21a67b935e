// <body data-worker="/m/sw.js" data-offline="…/offline.js">: what opens the page without a network is fetched when all else is
// there. A page that was opened so fetches itself anew once there is a network.
import { fresh } from "./fresh";

async function renew(event: Event): Promise<void> {
  const { dataset } = document.body;
  if ((event as CustomEvent<string>).detail === "here" && "keptPage" in dataset && await fresh()) delete dataset.keptPage;
}

export function keepPageLater(): void {
  const { worker, offline } = document.body.dataset;
  document.addEventListener("stream", (event) => void renew(event));
  if (!worker || !offline || !navigator.serviceWorker) return;
  const load = () => document.head.append(Object.assign(document.createElement("script"), { src: offline, defer: true }));
  const start = () => setTimeout(load, 1500);
  if (document.readyState === "complete") start(); else addEventListener("load", start);
}
