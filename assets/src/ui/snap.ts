// Where a moved rectangle would lie in line with its neighbours: edge with edge,
// middle with middle, or as far from the next one as others of its row are from
// each other. Plain numbers; the second direction is the first with the axes swapped.

import { GAP } from './create.ts'
import type { Point, Rect } from './geometry.ts'
import type { Pull } from './stretch.ts'

/** A line that shows why: on the board, from point to point. */
export interface Guide {
  readonly from: Point
  readonly to: Point
}

/** How far a box must still move to lie in line; null where it is near nothing. */
export interface Snap {
  readonly dx: number | null
  readonly dy: number | null
}

const SAME = 0.02 // board units: places are kept to hundredths

/** Falls in line where that is no farther than `within` in each direction. */
export function snapBox(box: Rect, others: readonly Rect[], within: number): Snap {
  return { dx: pull(box, others, within), dy: pull(swap(box), others.map(swap), within) }
}

/** What a box that fell in line with its sides or middle meets there: lines, and gaps that are equal. */
export function guidesAcross(box: Rect, others: readonly Rect[]): Guide[] {
  return [...linesOf(box, others), ...spacesOf(box, others)]
}

/** The same for its top, bottom and middle. */
export function guidesDown(box: Rect, others: readonly Rect[]): Guide[] {
  return guidesAcross(swap(box), others.map(swap)).map(swapGuide)
}

/** The lines that a box meets where it lies. */
export function guidesAt(box: Rect, others: readonly Rect[]): Guide[] {
  return [...linesOf(box, others), ...linesOf(swap(box), others.map(swap)).map(swapGuide)]
}

/** The pull that brings the sides in hand in line with others' sides, or makes the box as long as one of them. */
export function snapPull(box: Rect, pull: Pull, others: readonly Rect[], within: number): Pull {
  const { edge, dx, dy } = pull
  if (pull.even) return pull
  const side = (more: string, less: string): number => Number(edge.includes(more)) - Number(edge.includes(less))
  return {
    ...pull,
    dx: pullSide(box, { by: dx, sign: side('e', 'w'), centred: pull.centred }, others, within),
    dy: pullSide(swap(box), { by: dy, sign: side('s', 'n'), centred: pull.centred }, others.map(swap), within),
  }
}

/** Sign is +1 when the right side is in hand, -1 when the left one is. */
type SidePull = { readonly by: number; readonly sign: number; readonly centred: boolean }

function pullSide(box: Rect, { by, sign, centred }: SidePull, others: readonly Rect[], within: number): number {
  if (sign === 0) return by
  const hand = sign > 0 ? box.x + box.w : box.x
  const long = (w: number): number => (centred ? hand + (sign * (w - box.w)) / 2 : hand + sign * (w - box.w))
  return snapTo(hand + by, others.flatMap((o) => [o.x, o.x + o.w, long(o.w)]), within) - hand
}

/** The nearest of some places, or the place itself where none is near. */
export function snapTo(at: number, places: readonly number[], within: number): number {
  const to = new Nearest(at, within)
  for (const place of places) to.look(place)
  return to.place
}

/** How far it is to the nearest x at which the box is in line with something; null where none is near. */
function pull(box: Rect, others: readonly Rect[], within: number): number | null {
  const to = new Nearest(box.x, within)
  for (const o of others) if (canMeet(box, o, within)) lookAlong(to, box, o)
  lookBetween(to, box, rowOf(box, others), within)
  return to.found ? to.place - box.x : null
}

/** The nearest of the places that it is shown. A hand asks for it in every frame, so nothing is made for each of them. */
class Nearest {
  place: number
  found = false

  constructor(
    private readonly at: number,
    private least: number,
  ) {
    this.place = at
  }

  look(place: number): void {
    const far = Math.abs(place - this.at)
    if (far > this.least) return
    this.place = place
    this.least = far
    this.found = true
  }
}

/** Whether they reach each other: what lies further off is in line with nothing. */
function canMeet(a: Rect, b: Rect, within: number): boolean {
  return a.x <= b.x + b.w + within && b.x <= a.x + a.w + within
}

/** Edge with edge, and middle with middle. */
function lookAlong(to: Nearest, { w: wide }: Rect, { x, w }: Rect): void {
  to.look(x)
  to.look(x + w - wide)
  to.look(x + (w - wide) / 2)
  to.look(x + w)
  to.look(x - wide)
}

/** The places in a row at which gaps are equal. */
function lookBetween(to: Nearest, box: Rect, row: readonly Rect[], within: number): void {
  const gaps = gapsIn(row)
  const widest = Math.max(...gaps)
  for (let i = 0; i < row.length; i++) {
    const { x, w } = row[i]!
    const apart = Math.max(box.x - x - w, x - box.x - box.w)
    if (apart >= -within && apart <= widest + within) {
      for (const gap of gaps) {
        to.look(x + w + gap)
        to.look(x - gap - box.w)
      }
    }
    const next = row[i + 1]
    if (next) to.look((x + w + next.x - box.w) / 2)
  }
}

/** What lies beside the box, from left to right. */
function rowOf(box: Rect, others: readonly Rect[]): Rect[] {
  return others.filter((o) => o.y < box.y + box.h && box.y < o.y + o.h).sort((a, b) => a.x - b.x)
}

function gapsIn(row: readonly Rect[]): Set<number> {
  const gaps = new Set([GAP])
  for (const [i, o] of row.entries()) {
    const gap = (row[i + 1]?.x ?? -Infinity) - o.x - o.w
    if (gap > 0) gaps.add(gap)
  }
  return gaps
}

/** The xs at which both have an edge or their middle. */
function aligned(a: Rect, b: Rect): number[] {
  const found = [a.x, a.x + a.w].filter((x) => isSame(x, b.x) || isSame(x, b.x + b.w))
  if (isSame(a.x + a.w / 2, b.x + b.w / 2)) found.push(a.x + a.w / 2)
  return found
}

function areAligned(a: Rect, b: Rect): boolean {
  if (!canMeet(a, b, SAME)) return false
  const [left, right, l, r] = [a.x, a.x + a.w, b.x, b.x + b.w]
  return isSame(left, l) || isSame(left, r) || isSame(right, l) || isSame(right, r) || isSame(left + a.w / 2, l + b.w / 2)
}

export function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) < SAME
}

/** One upright line for each x, as long as what lies on it. */
function linesOf(box: Rect, others: readonly Rect[]): Guide[] {
  const spans = new Map<number, [number, number]>()
  for (const o of others) {
    if (!areAligned(box, o)) continue
    for (const x of aligned(box, o)) {
      const [top, bottom] = spans.get(x) ?? [box.y, box.y + box.h]
      spans.set(x, [Math.min(top, o.y), Math.max(bottom, o.y + o.h)])
    }
  }
  return [...spans].map(([x, [top, bottom]]) => ({ from: [x, top], to: [x, bottom] }))
}

/** The gaps beside the box that are as wide as another of the row. */
function spacesOf(box: Rect, others: readonly Rect[]): Guide[] {
  const row = rowOf(box, [...others, box])
  const gaps = row.slice(1).map((r, i) => ({ left: row[i]!, right: r, wide: r.x - row[i]!.x - row[i]!.w }))
  const mine = gaps.filter((g) => g.wide > 0 && (g.left === box || g.right === box))
  return gaps
    .filter((g) => mine.some((m) => isSame(m.wide, g.wide) && (m !== g || gaps.some((o) => o !== m && isSame(o.wide, m.wide)))))
    .map(({ left, right }) => {
      const y = (Math.max(left.y, right.y) + Math.min(left.y + left.h, right.y + right.h)) / 2
      return { from: [left.x + left.w, y], to: [right.x, y] }
    })
}

function swap(r: Rect): Rect {
  return { x: r.y, y: r.x, w: r.h, h: r.w }
}

function swapGuide({ from, to }: Guide): Guide {
  return { from: [from[1], from[0]], to: [to[1], to[0]] }
}
