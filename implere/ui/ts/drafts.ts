// [data-draft="key"]: what is being written is kept in this tab until it is sent, and put back when the field returns.

const place = (field: HTMLElement) => `draft:${location.pathname}:${field.dataset.draft}`;
type Field = HTMLInputElement | HTMLTextAreaElement;

function restore(root: ParentNode): void {
  root.querySelectorAll<Field>("[data-draft]").forEach((field) => {
    const kept = sessionStorage.getItem(place(field));
    if (kept && field.value === field.defaultValue && field !== document.activeElement) {
      field.value = kept;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
}

export function keepDrafts(): void {
  document.addEventListener("input", (event) => {
    const field = event.target as Field;
    if (!field.matches("[data-draft]")) return;
    if (field.value) sessionStorage.setItem(place(field), field.value);
    else sessionStorage.removeItem(place(field));
  });
  document.addEventListener("command:done", (event) => {
    const sent = (event as CustomEvent<FormData | null>).detail;
    (event.target as Element).querySelectorAll<Field>("[data-draft]").forEach((field) => {
      if (sent && sent.get(field.name) !== field.value) return; // written on meanwhile
      sessionStorage.removeItem(place(field));
      field.value = "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
  document.addEventListener("swapped", (event) => restore(event.target as Element));
  restore(document);
}
