// How long to wait before the next try: random, up to a limit that doubles with each try. A whole room that was cut off at
// once comes back spread out.

export function pauseBefore(tries: number, first: number, longest = 30_000, random = Math.random()): number {
  return random * Math.min(longest, first * 2 ** Math.min(tries, 20));
}
