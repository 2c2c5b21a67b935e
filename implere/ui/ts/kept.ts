// What the page and its worker both know about what is kept in the browser's cache.

export const CACHE = "implere", KEPT_AT = "Kept-At";

export function isOld(answer: Response): boolean {
  return !(Number(answer.headers.get(KEPT_AT)) > Date.now() - 2 * 24 * 3600_000);
}
