// THE SWAP RULE. A contract: the stream, the answers to commands and the replay test in Python all follow it.
//   Fragments are top-level elements, each with an id, taken in order:
//   1. with `data-gone`: the element with that id is removed;
//   2. else, if an element with that id is in the page: it is replaced (morphed, so focus and typed text survive);
//   3. else, with `data-into="CONTAINER_ID"`: it is put into that container, before the first child whose
//      `data-order` is greater (compared as strings), or at the end;
//   4. else it is left out.
// What only this participant may see ([data-private][data-src]) comes empty in the stream: where page and fragment
// have the same id and data-src, the page's is kept, and `private.ts` fetches it again.
import { morph, process } from "./htmx";
import { holds } from "./hold";
import { keepOpen } from "./open";

/** Swaps fragments in; tells the page by the event `swapped` on each element that came or changed. */
export function swap(html: string, own = false): void {
  const template = document.createElement("template");
  template.innerHTML = html;
  for (const fresh of [...template.content.children]) {
    if (fresh.id) swapOne(fresh, own);
  }
}

function swapOne(fresh: Element, own: boolean): void {
  const old = document.getElementById(fresh.id);
  if (fresh.hasAttribute("data-gone")) return old?.remove();
  if (old) replace(old, fresh, own);
  else insert(fresh);
}

export function replace(old: Element, fresh: Element, own = false): void {
  if (!own && holds(old, fresh)) return;
  const kept = privateKept(old, fresh);
  kept.forEach((region) => region.setAttribute("data-stays", ""));
  keepOpen(old, fresh);
  const fragment = document.createDocumentFragment();
  fragment.append(fresh);
  morph(old, fragment);
  kept.forEach((region) => region.removeAttribute("data-stays"));
  tell(document.getElementById(fresh.id) ?? old);
}

function insert(fresh: Element): void {
  const container = document.getElementById(fresh.getAttribute("data-into") ?? "");
  if (!container) return;
  const order = fresh.getAttribute("data-order") ?? "";
  const after = [...container.children].find((child) => order < (child.getAttribute("data-order") ?? ""));
  container.insertBefore(fresh, order ? after ?? null : null);
  fresh.classList.add("landed");
  tell(fresh);
}

/** The page's private regions that the fragment leaves empty and that are still about the same. */
export function privateKept(old: Element, fresh: Element): Element[] {
  const same = (region: Element) => {
    const next = fresh.id === region.id ? fresh : fresh.querySelector(`[id="${CSS.escape(region.id)}"]`);
    return next?.children.length === 0 && next.getAttribute("data-src") === region.getAttribute("data-src");
  };
  return [old, ...old.querySelectorAll("*")].filter((one) => one.matches("[data-private][data-src][id]") && same(one));
}

function tell(element: Element): void {
  process(element);
  element.dispatchEvent(new CustomEvent("swapped", { bubbles: true }));
}
