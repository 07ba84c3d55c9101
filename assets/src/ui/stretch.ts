// What a pull at a handle makes of the notes in a box. Plain numbers.

import { maxFrame, maxSize, minSize, round } from '../notes/limits.ts'
import type { Note } from '../notes/note.ts'
import { onBoard } from './bounded.ts'
import type { Edge } from './edges.ts'
import { centre, clamp, type Point, type Rect } from './geometry.ts'

export interface Pull {
  readonly edge: Edge
  readonly dx: number
  readonly dy: number
  /** Keeps the box's proportions. */
  readonly even: boolean
  /** Pulls the opposite side along: the middle stays. */
  readonly centred: boolean
  /** The longest side that each may have; a note's unless told. */
  readonly most?: (id: string) => number
}

interface Factors {
  readonly sx: number
  readonly sy: number
}

/** The notes after the pull: each scaled with the box, none too small or too large. */
export function stretch(box: Rect, notes: ReadonlyMap<string, Rect>, pull: Pull): Map<string, Rect> {
  const { sx, sy } = factors(box, [...notes], pull)
  const [x0, y0] = pull.centred ? centre(box) : staying(box, pull)
  const out = new Map<string, Rect>()
  for (const [id, r] of notes) {
    out.set(id, {
      x: onBoard(x0 + (r.x - x0) * sx),
      y: onBoard(y0 + (r.y - y0) * sy),
      w: round(r.w * sx),
      h: round(r.h * sy),
    })
  }
  return out
}

/** What stays where it is while a handle is pulled: the far corner, or the middle of the far side where the others go along. */
function staying(box: Rect, { edge, even }: Pull): Point {
  const [x, y] = [edge.includes('w') ? box.x + box.w : box.x, edge.includes('n') ? box.y + box.h : box.y]
  if (!even || edge.length === 2) return [x, y]
  return edge === 'n' || edge === 's' ? [centre(box)[0], y] : [x, centre(box)[1]]
}

function factors(box: Rect, notes: readonly [string, Rect][], { edge, dx, dy, even, centred, most = () => maxSize }: Pull): Factors {
  const sides = centred ? 2 : 1
  const wide = edge.includes('e') ? dx : edge.includes('w') ? -dx : 0
  const high = edge.includes('s') ? dy : edge.includes('n') ? -dy : 0
  const sx = (box.w + wide * sides) / box.w
  const sy = (box.h + high * sides) / box.h
  if (!even) return { sx: limit(sx, notes, 'w', most), sy: limit(sy, notes, 'h', most) }
  const s = Math.abs(sx - 1) > Math.abs(sy - 1) ? sx : sy
  const both = limit(limit(s, notes, 'w', most), notes, 'h', most)
  return { sx: both, sy: both }
}

/** The nearest factor with which every note keeps to the allowed sizes. */
function limit(factor: number, notes: readonly [string, Rect][], side: 'w' | 'h', most: (id: string) => number): number {
  const low = Math.max(...notes.map(([, r]) => minSize / r[side]))
  const high = Math.min(...notes.map(([id, r]) => most(id) / r[side]))
  return low > high ? 1 : clamp(factor, low, high)
}

/** The longest side that it may have: a frame may be larger than a note. */
export function longest(note: Pick<Note, 'kind'> | undefined): number {
  return note?.kind === 'frame' ? maxFrame : maxSize
}

/** What brings notes to these places. Only the sides that differ are named: the others may be somebody else's. */
export function changes(now: (id: string) => Rect | undefined, places: ReadonlyMap<string, Rect>): { note: string; set: Partial<Rect> }[] {
  return [...places].flatMap(([note, to]) => {
    const was = now(note)
    const sides = was ? (['x', 'y', 'w', 'h'] as const).filter((side) => was[side] !== to[side]) : []
    return sides.length > 0 ? [{ note, set: Object.fromEntries(sides.map((side) => [side, to[side]])) }] : []
  })
}
