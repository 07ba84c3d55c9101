// A colour for who is new on the board.

/** The colour itself, or the next one that nobody has; the same when all are taken. */
export function freeColor(color: number, taken: ReadonlySet<number>, of: number): number {
  for (let i = 0; i < of; i++) if (!taken.has((color + i) % of)) return (color + i) % of
  return color
}
