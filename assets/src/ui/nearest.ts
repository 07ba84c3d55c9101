// The note that an arrow key goes to: the nearest in that direction, where what
// lies straight ahead counts as nearer than what lies aside. Plain numbers.

import { centre, type Point, type Rect } from './geometry.ts'

export type Direction = 'Left' | 'Right' | 'Up' | 'Down'

/** How far a place is for who goes in a direction; Infinity behind. */
export function effort(from: Point, to: Point, direction: Direction): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const [ahead, aside] = {
    Left: [-dx, dy],
    Right: [dx, dy],
    Up: [-dy, dx],
    Down: [dy, dx],
  }[direction] as [number, number]
  // Within 60° of straight ahead; the rest is another arrow's.
  if (ahead <= 0 || Math.abs(aside) > ahead * 1.74) return Infinity
  return ahead + 2 * Math.abs(aside)
}

export function nearest(from: Point, notes: Iterable<readonly [string, Rect]>, direction: Direction): string | undefined {
  let best: string | undefined
  let least = Infinity
  for (const [id, rect] of notes) {
    const e = effort(from, centre(rect), direction)
    if (e < least) [least, best] = [e, id]
  }
  return best
}
