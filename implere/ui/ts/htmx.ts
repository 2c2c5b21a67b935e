// htmx and the one piece of it that it keeps for extensions: morph(), which replaces an element by a new drawing of it
// and leaves what is the same (focus, typed text) alone.
import htmx from "htmx.org/dist/htmx.esm.js";

type Morph = (old: Element, fragment: DocumentFragment, inner: boolean) => void;

let morphing: Morph;
htmx.registerExtension("implere", { init: (api: { morph: Morph }) => { morphing = api.morph; } });

/** Replaces `old` by the one element in `fragment`, keeping what is alike. */
export function morph(old: Element, fragment: DocumentFragment): void {
  morphing(old, fragment, false);
}

/** Makes the hx- attributes under `root` work. */
export function process(root: Element): void {
  htmx.process(root);
}
