// Posts a command. Answers with the server's own word, or null: no network, a proxy's or a portal's answer, a server that is
// ill or busy.
import { isOurs } from "./ours";

export interface Answer { status: number; text: string }
const PATIENCE = 15_000, LATER = [408, 425, 429];

export async function post({ action, body }: { action: string; body: string }): Promise<Answer | null> {
  const patience = new AbortController();
  const stop = setTimeout(() => patience.abort(), PATIENCE);
  const headers = { "HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded" };
  try {
    const answer = await fetch(action, { method: "POST", headers, body, redirect: "manual", cache: "no-store", signal: patience.signal });
    if (!isOurs(answer) || answer.status >= 500 || LATER.includes(answer.status)) return null;
    return { status: answer.status, text: await answer.text() };
  } catch { return null; } finally { clearTimeout(stop); }
}
