// What somebody has unfolded or opened stays so when it is drawn anew: details and dialogs are paired by the nearest
// element with an id and their place in it.

const openable = "details, dialog";

export function keepOpen(old: Element, fresh: Element): void {
  for (const one of [...old.querySelectorAll(openable)].filter((part) => part.closest("[id]"))) {
    const anchor = one.id ? one : one.closest("[id]")!;
    const twin = anchor.id === fresh.id ? fresh : fresh.querySelector(`[id="${CSS.escape(anchor.id)}"]`);
    const place = [...anchor.querySelectorAll(openable)].indexOf(one);
    const next = one.id ? twin : twin?.querySelectorAll(openable)[place];
    next?.toggleAttribute("open", one.hasAttribute("open"));
  }
}
