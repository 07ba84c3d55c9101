// Putting several things in order: in line, evenly apart, or into a grid. Plain
// numbers: boxes go in, and how far each has to move comes out.

import { GAP } from './create.ts'
import { bounds, clamp, type Point, type Rect } from './geometry.ts'

export type Side = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom'
export type Axis = 'x' | 'y'

/** Puts the boxes in line with the outermost of them, or with the middle of all. */
export function align(boxes: readonly Rect[], side: Side): Point[] {
  const all = bounds(boxes)
  if (!all) return []
  return boxes.map((b) => {
    switch (side) {
      case 'left': return [all.x - b.x, 0]
      case 'centre': return [all.x + (all.w - b.w) / 2 - b.x, 0]
      case 'right': return [all.x + all.w - b.w - b.x, 0]
      case 'top': return [0, all.y - b.y]
      case 'middle': return [0, all.y + (all.h - b.h) / 2 - b.y]
      case 'bottom': return [0, all.y + all.h - b.h - b.y]
    }
  })
}

/** Makes the gaps between the boxes equal; the first and the last stay. */
export function distribute(boxes: readonly Rect[], axis: Axis): Point[] {
  const size = axis === 'x' ? 'w' : 'h'
  const order = boxes.map((_, i) => i).sort((i, j) => boxes[i]![axis] - boxes[j]![axis])
  const last = Math.max(...boxes.map((b) => b[axis] + b[size]))
  const filled = boxes.reduce((sum, b) => sum + b[size], 0)
  let at = Math.min(...boxes.map((b) => b[axis]))
  const gap = (last - at - filled) / (boxes.length - 1)
  const moves: Point[] = boxes.map(() => [0, 0])
  for (const i of order) {
    const far = at - boxes[i]![axis]
    moves[i] = axis === 'x' ? [far, 0] : [0, far]
    at += boxes[i]![size] + gap
  }
  return moves
}

/**
 * Puts the boxes into a grid about as wide as they lie now, each near to where
 * it was: rows from top to bottom, in each from left to right.
 */
export function tidy(boxes: readonly Rect[]): Point[] {
  const all = bounds(boxes)
  if (!all) return []
  const rows = rowsOf(boxes, columnsFor(boxes, all))
  const widths = rows[0]!.map((_, column) => Math.max(...rows.flatMap((row) => boxes[row[column] ?? -1]?.w ?? 0)))
  const moves: Point[] = boxes.map(() => [0, 0])
  let y = all.y
  for (const row of rows) {
    let x = all.x
    for (const [column, i] of row.entries()) {
      moves[i] = [x - boxes[i]!.x, y - boxes[i]!.y]
      x += widths[column]! + GAP
    }
    y += Math.max(...row.map((i) => boxes[i]!.h)) + GAP
  }
  return moves
}

/** How many columns have about the shape that the boxes fill now. */
function columnsFor(boxes: readonly Rect[], all: Rect): number {
  const w = boxes.reduce((sum, b) => sum + b.w + GAP, 0) / boxes.length
  const h = boxes.reduce((sum, b) => sum + b.h + GAP, 0) / boxes.length
  const shape = (all.w + GAP) / w / ((all.h + GAP) / h)
  return clamp(Math.round(Math.sqrt(boxes.length * shape)), 1, boxes.length)
}

/** The boxes by number, in rows of so many. */
function rowsOf(boxes: readonly Rect[], columns: number): number[][] {
  const middle = (i: number, axis: Axis): number => boxes[i]![axis] + boxes[i]![axis === 'x' ? 'w' : 'h'] / 2
  const order = boxes.map((_, i) => i).sort((i, j) => middle(i, 'y') - middle(j, 'y'))
  const rows: number[][] = []
  while (order.length > 0) rows.push(order.splice(0, columns).sort((i, j) => middle(i, 'x') - middle(j, 'x')))
  return rows
}
