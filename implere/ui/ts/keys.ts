// A button with aria-keyshortcuts="Control+Z" is pressed by those keys (⌘ counts as Control), but not while one writes: there
// they are the text field's own.
const writes = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=range])";

export function pressByKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.repeat) return;
    if ((event.target as Element).closest(writes) || document.querySelector("dialog[open]")) return;
    const keys = ["Control", ...(event.shiftKey ? ["Shift"] : []), event.key.toUpperCase()].join("+");
    const button = document.querySelector<HTMLButtonElement>(`[aria-keyshortcuts~=${JSON.stringify(keys)}]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}
