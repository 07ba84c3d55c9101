// Where the straight arrow between two notes runs: from middle to middle, as far
// as it can be seen between them. Plain numbers, board units.

import { centre, grow, type Point, type Rect } from './geometry.ts'

const AIR = 6 // between a note and the arrow's end
const HEAD = 14 // length of the head
const HALF = 6 // half the head's width

export interface Arrow {
  readonly from: Point
  readonly to: Point
}

/** The arrow from a to b; null where they overlap and there is nothing between them. */
export function arrowBetween(a: Rect, b: Rect): Arrow | null {
  const [start, end] = [centre(a), centre(b)]
  const [out, into] = [leaving(grow(a, AIR), start, end), leaving(grow(b, AIR), end, start)]
  if (out + into >= 1) return null
  return { from: between(start, end, out), to: between(end, start, into) }
}

/** The share of the way from the box's middle to a point at which the box is left; 1 or more when the point is inside. */
function leaving(box: Rect, middle: Point, to: Point): number {
  const [dx, dy] = [Math.abs(to[0] - middle[0]), Math.abs(to[1] - middle[1])]
  return Math.min(dx > 0 ? box.w / 2 / dx : Infinity, dy > 0 ? box.h / 2 / dy : Infinity)
}

export function between([ax, ay]: Point, [bx, by]: Point, share: number): Point {
  return [ax + (bx - ax) * share, ay + (by - ay) * share]
}

/** The arrow as the path of an SVG: a line and an open head. */
export function pathOf({ from, to }: Arrow): string {
  const long = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1
  const [ux, uy] = [(to[0] - from[0]) / long, (to[1] - from[1]) / long]
  const head = Math.min(HEAD, long)
  const corner = (side: 1 | -1): string => put([to[0] - ux * head - side * uy * HALF, to[1] - uy * head + side * ux * HALF])
  return `M${put(from)}L${put(to)}M${corner(1)}L${put(to)}L${corner(-1)}`
}

function put([x, y]: Point): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`
}

/** Where a label stands: with its middle on the line, above it between the notes, above it and over them, or to the right of it. */
export interface LabelPlace {
  readonly at: Point
  readonly side: 'on' | 'above' | 'over' | 'right'
  /** How wide it may be; above the line it then goes on in another line. */
  readonly most?: number
}

const LETTER = 8 // width of a letter, about; wide scripts have twice that
const TALL = 24 // height of a label
const SEEN = 2 * HEAD + 16 // of the line, beside its label
const LEAST = 80 // width of a label that nothing is left of else: it lies over the margins of the notes

/** On the line where that is long enough to be seen on both sides of its label, else beside it. */
export function labelPlace({ from, to }: Arrow, words: string): LabelPlace {
  const wide = LETTER * (2 + [...words].reduce((n, c) => n + (c > '\u2e7f' ? 2 : 1), 0))
  const [dx, dy] = [Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])]
  const [x, y] = between(from, to, 0.5)
  const long = Math.hypot(dx, dy)
  const covered = Math.min(wide / dx, TALL / dy) * long
  if (covered + SEEN <= long) return { at: [x, y], side: 'on' }
  if (dx <= dy) return { at: [Math.max(from[0], to[0]) + HALF, y], side: 'right' }
  const free = dx + 2 * AIR
  return { at: [x, Math.min(from[1], to[1]) - HALF], side: free < LEAST ? 'over' : 'above', most: Math.max(free, LEAST) }
}
