// What a participant writes, moves or answers (every form[data-command] of the page) is put on the phone first, with its
// command id, and then sent (send.ts). Where the phone can keep nothing it is sent straight away, and said so if that fails.
import { put, type Entry } from "./box";
import { commandOf, fail, giveIds, settled } from "./command";
import { entryOf, markSent } from "./entry";
import { post } from "./post";
import { changed, draw, later, look, sendAll, settle } from "./send";

async function keep(form: HTMLFormElement, entry: Entry, sent: FormData): Promise<void> {
  form.querySelector("[data-not-sent]")?.remove();
  const done = () => form.dispatchEvent(new CustomEvent("command:done", { bubbles: true, detail: sent }));
  if (await put(entry).then(() => true, () => false)) {
    if (entry.list) settled(entry.id); // the box is empty now: the same words again are another note
    done();
    markSent(form, sent);
    form.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid");
    await changed();
    return void sendAll();
  }
  const answer = await post(entry);
  if (!answer) return fail(form, "unkept");
  if (answer.status < 400) done();
  await settle(entry, answer);
}

export function keepOutbox(): void {
  giveIds();
  document.addEventListener("htmx:config:request", (event) => {
    const { sourceElement: form, request } = commandOf(event) ?? {};
    if (!form) return;
    event.preventDefault();
    const entry = entryOf(form, request!.action, request!.body as FormData);
    if (entry) void keep(form, entry, request!.body as FormData);
  });
  document.addEventListener("stream", (event) => { if ((event as CustomEvent<string>).detail === "here") later(Math.random() * 700); });
  document.addEventListener("swapped", draw);
  addEventListener("online", () => later(Math.random() * 700));
  addEventListener("pageshow", (event) => { if (event.persisted) void sendAll(); });
  void look().then(sendAll);
}
