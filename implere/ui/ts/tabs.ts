// Over HTTP/1.1 a browser has six connections to a host, and each live page takes one. A page that is not seen gives its own
// up as soon as another page of the same browser connects, and takes it again when it is seen.

const tabs = "BroadcastChannel" in window ? new BroadcastChannel("streams") : null;

export function tellOtherTabs(): void {
  tabs?.postMessage("connects");
}

export function letGoWhenHidden(letGo: () => void): void {
  if (tabs) tabs.onmessage = () => { if (document.hidden) letGo(); };
}
