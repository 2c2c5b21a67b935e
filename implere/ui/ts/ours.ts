// Whether an answer is Implere's own. A hotel's sign-in page, a proxy's excuse or a cache answers too, and means nothing.

export function isOurs(answer: Response): boolean {
  return answer.headers.has("Implere");
}
