// A form with data-command is posted by htmx; its answer is swapped by the stream's rule, errors too, so that what was
// typed stays. Each form gets a command id of its own when it is sent; the same content sent again has the same id, so
// that the server does it once. `command:done` and `command:failed` tell the other behaviours.
import { announce } from "./announce";
import { goAlong } from "./hold";
import { swap } from "./swap";
import { newId } from "./newid";
import { word } from "./words";

interface Context { sourceElement: Element; text?: string; request: { action: string; body: FormData | URLSearchParams }; response?: { status: number; raw: Response } }
const attempts = new WeakMap<Element, { id: string; content: string }>();

const contextOf = (event: Event) => (event as CustomEvent<{ ctx: Context }>).detail.ctx;
const isCommand = (element: Element) => element.matches("form[data-command]");

function giveId(form: Element, body: FormData | URLSearchParams): void {
  body.delete("command_id");
  const content = JSON.stringify([...body.entries()].map(([name, value]) => [name, String(value)]));
  let attempt = attempts.get(form);
  if (attempt?.content !== content) attempts.set(form, (attempt = { id: newId(), content }));
  body.set("command_id", attempt.id);
}

function finish(form: HTMLFormElement, status: number): void {
  attempts.delete(form);
  if (status >= 400) return;
  form.dispatchEvent(new CustomEvent("command:done", { bubbles: true }));
  goAlong();
}

export function sendCommands(): void {
  document.addEventListener("htmx:config:request", (event) => {
    const { sourceElement, request } = contextOf(event);
    if (isCommand(sourceElement)) giveId(sourceElement, request.body);
  });
  document.addEventListener("htmx:after:request", (event) => {
    const { sourceElement, text = "", response } = contextOf(event);
    if (!isCommand(sourceElement) || !response) return;
    if (response.raw.redirected || /^\s*<!doctype/i.test(text)) return location.assign(response.raw.url);
    if (response.status >= 500) return fail(sourceElement, contextOf(event));
    finish(sourceElement as HTMLFormElement, response.status);
    swap(text, true);
    document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  });
  document.addEventListener("htmx:error", (event) => {
    const context = contextOf(event);
    if (context && !context.response && isCommand(context.sourceElement)) fail(context.sourceElement, context);
  });
}

function fail(form: Element, { request }: Context): void {
  const detail = { action: request.action, body: String(new URLSearchParams(request.body as URLSearchParams)) };
  if (!form.dispatchEvent(new CustomEvent("command:failed", { bubbles: true, cancelable: true, detail }))) return;
  const note = form.querySelector("[data-not-sent]") ?? form.appendChild(Object.assign(document.createElement("p"), { className: "said keeps" }));
  note.setAttribute("data-not-sent", "");
  note.textContent = word("unsent");
  announce(word("unsent"));
}
