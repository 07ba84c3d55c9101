// Where new notes land: in a grid, near a point, where nothing lies yet.

import { clamp, type Point, type Rect } from './geometry.ts'
import { maxCoord } from '../notes/limits.ts'

export const GAP = 24 // board units between the notes of a grid
const STEPS = 12 // places tried on each side before giving up

/** A place in a grid, counted from 0. */
export interface Slot {
  readonly column: number
  readonly row: number
}

/** So many in reading order, about as wide as high. */
export function square(n: number): Slot[] {
  const columns = Math.ceil(Math.sqrt(n))
  return Array.from({ length: n }, (_, i) => ({ column: i % columns, row: Math.floor(i / columns) }))
}

/** The slots as places of notes so wide and each so high, the first at 0, 0; a row is as high as the highest in it. */
export function placesOf(slots: readonly Slot[], w: number, heights: readonly number[]): Rect[] {
  const tops = topsOf(slots, w, heights)
  return slots.map(({ column, row }, i) => ({ x: column * (w + GAP), y: tops[row]!, w, h: heights[i]! }))
}

/** Where the rows begin; one in which nothing lies is a square high. */
function topsOf(slots: readonly Slot[], w: number, heights: readonly number[]): number[] {
  const rows: number[] = []
  slots.forEach(({ row }, i) => (rows[row] = Math.max(rows[row] ?? w, heights[i]!)))
  let next = 0
  return Array.from(rows, (h = w) => {
    const top = next
    next += h + GAP
    return top
  })
}

/**
 * The upper left corner of a free area of this size, as near to a point as there
 * is one; under or beside everything when all is full around it.
 */
export function freeCorner(
  { w, h }: { w: number; h: number },
  [x, y]: Point,
  isFree: (area: Rect) => boolean,
  extent: Rect | null,
): Point {
  const [left, top] = [x - w / 2, y - h / 2]
  for (const [dx, dy] of around(w + GAP, h + GAP)) {
    const corner: Point = [left + dx, top + dy]
    if (isFree({ x: corner[0], y: corner[1], w, h })) return within(corner, w, h)
  }
  return within(extent ? [extent.x, extent.y + extent.h + GAP] : [left, top], w, h)
}

/** Steps away from the middle, the nearest first; of equal ones to the right and down. */
function around(w: number, h: number): Point[] {
  const steps: Point[] = []
  const [across, down] = [Math.min(w / 2, 224), Math.min(h / 2, 224)]
  for (let i = -STEPS; i <= STEPS; i++) {
    for (let j = -STEPS; j <= STEPS; j++) steps.push([i * across, j * down])
  }
  const weight = ([dx, dy]: Point): number => Math.hypot(dx, dy) - (dx + dy) / 1e6
  return steps.sort((a, b) => weight(a) - weight(b))
}

function within([x, y]: Point, w: number, h: number): Point {
  return [clamp(x, -maxCoord, maxCoord - w), clamp(y, -maxCoord, maxCoord - h)]
}
