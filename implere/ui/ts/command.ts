// A form with data-command runs a command. Each gets a command id of its own when it is sent; the same content sent again,
// before there was an answer, has the same id, so that the server does it once. What then becomes of it: posting.ts, or,
// on the participant's page, outbox.ts. `command:done` tells the other behaviours.
import { announce } from "./announce";
import { newId } from "./newid";
import { word } from "./words";

interface Context { sourceElement: Element; text?: string; request: { action: string; body: FormData | URLSearchParams }; response?: { status: number; raw: Response } }
const attempts = new WeakMap<Element, { id: string; content: string }>();
const answered = new Set<string>();

/** What htmx tells about a command: the form, and what becomes of it; null where it is about something else. */
export function commandOf(event: Event): (Context & { sourceElement: HTMLFormElement }) | null {
  const context = (event as CustomEvent<{ ctx?: Context }>).detail.ctx;
  return context?.sourceElement.matches("form[data-command]") ? context as Context & { sourceElement: HTMLFormElement } : null;
}

function giveId(form: Element, body: FormData | URLSearchParams): void {
  body.delete("command_id");
  const content = JSON.stringify([...body.entries()].map(([name, value]) => [name, String(value)]));
  let attempt = attempts.get(form);
  if (attempt?.content !== content || answered.has(attempt.id)) attempts.set(form, (attempt = { id: newId(), content }));
  body.set("command_id", attempt.id);
}

/** The command with this id has had its answer: the same content again is another command. */
export function settled(id: string): void {
  answered.add(id);
}

export function giveIds(): void {
  document.addEventListener("htmx:config:request", (event) => {
    const command = commandOf(event);
    if (command) giveId(command.sourceElement, command.request.body);
  });
}

/** Says at the form that it was not sent; what was typed stands where it was. */
export function fail(form: Element, why: string): void {
  const note = form.querySelector("[data-not-sent]") ?? form.appendChild(Object.assign(document.createElement("p"), { className: "said keeps" }));
  note.setAttribute("data-not-sent", "");
  note.textContent = word(why);
  announce(word(why));
}
