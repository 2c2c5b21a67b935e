// form[data-confirm="question"]: asks first, in a dialog with the form's own button. Without the script it is not asked.
import { word } from "./words";

let agreed: HTMLFormElement | null = null;

function ask(form: HTMLFormElement, submitter: HTMLElement | null): void {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-labelledby", "confirm-words");
  const words = Object.assign(document.createElement("h2"), { id: "confirm-words", textContent: form.dataset.confirm });
  const buttons = Object.assign(document.createElement("div"), { className: "buttons" });
  const no = Object.assign(document.createElement("button"), { className: "button", type: "button", textContent: word("cancel") });
  const yes = Object.assign(document.createElement("button"), { className: "button main", type: "button", textContent: submitter?.textContent ?? "OK" });
  no.addEventListener("click", () => dialog.close());
  yes.addEventListener("click", () => {
    dialog.close();
    agreed = form;
    form.requestSubmit(submitter);
  });
  dialog.addEventListener("close", () => { dialog.remove(); submitter?.focus(); });
  buttons.append(no, yes);
  dialog.append(words, buttons);
  document.body.append(dialog);
  dialog.showModal();
}

export function askFirst(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.dataset.confirm) return;
    if (agreed === form) { agreed = null; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(form, event.submitter);
  }, true);
}
