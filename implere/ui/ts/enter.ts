// [data-enter-sends]: Enter sends what is written, Shift+Enter makes a new line. On a touch keyboard Enter is a new line.

export function sendOnEnter(): void {
  document.addEventListener("keydown", (event) => {
    const field = event.target as HTMLTextAreaElement;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !field.matches?.("[data-enter-sends]")) return;
    if (matchMedia("(pointer: coarse)").matches || !field.value.trim()) return;
    event.preventDefault();
    field.form?.requestSubmit();
  });
}
