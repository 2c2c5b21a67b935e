// Where there is no outbox, htmx posts a command; its answer is swapped by the stream's rule, errors too, so that what was
// typed stays.
import { commandOf, fail, giveIds, settled } from "./command";
import { goAlong } from "./hold";
import { swap } from "./swap";

function finish(form: HTMLFormElement, id: string, status: number): void {
  settled(id);
  if (status >= 400) return;
  form.dispatchEvent(new CustomEvent("command:done", { bubbles: true }));
  goAlong();
}

export function postCommands(): void {
  giveIds();
  document.addEventListener("htmx:after:request", (event) => {
    const { sourceElement, request, text = "", response } = commandOf(event) ?? {};
    if (!sourceElement || !response) return;
    if (response.raw.redirected || /^\s*<!doctype/i.test(text)) return location.assign(response.raw.url);
    if (response.status >= 500) return fail(sourceElement, "unsent");
    finish(sourceElement, String(request!.body.get("command_id")), response.status);
    swap(text, true);
    document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  });
  document.addEventListener("htmx:error", (event) => {
    const command = commandOf(event);
    if (command && !command.response) fail(command.sourceElement, "unsent");
  });
}
