// The stream's ticket: <body data-ticket="…" data-renew="/…/ticket/">. Renewed before it ends, and when it was refused.
import { isOurs } from "./ours";

const OLD = 30 * 60_000;
const { dataset } = document.body;
let from = Date.now();

export function spent(): void {
  from = 0;
}

/** A ticket that is good; `ended` is told where there is none any more. */
export async function streamTicket(ended: () => void): Promise<string> {
  if (Date.now() - from > OLD) {
    const answer = await fetch(dataset.renew!, { cache: "no-store", redirect: "error" });
    if (!isOurs(answer)) throw new Error("not ours");
    if ([403, 404, 410].includes(answer.status)) ended();
    if (!answer.ok) throw new Error(String(answer.status));
    dataset.ticket = (await answer.text()).trim();
    from = Date.now();
  }
  return dataset.ticket ?? "";
}
