import type { Note } from './note.ts'

/** The part of a note that says where it belongs. */
export type Placed = Pick<Note, 'id' | 'kind' | 'x' | 'y' | 'w' | 'h' | 'z'>

/** The frames among live notes, the smallest first. */
export function framesOf<N extends Placed>(live: Iterable<N>): N[] {
  return [...live].filter((n) => n.kind === 'frame').sort(smaller)
}

/**
 * The frame that a note belongs to: the smallest that holds its centre (C10), of
 * `frames` as framesOf has them. A frame belongs to larger ones alone; connectors
 * belong to none.
 */
export function frameOf<N extends Placed>(note: Placed, frames: readonly N[]): N | undefined {
  if (note.kind === 'connector') return undefined
  const x = note.x + note.w / 2
  const y = note.y + note.h / 2
  return frames.find((f) => holds(f, x, y) && (note.kind !== 'frame' || smaller(note, f) < 0))
}

/** Its left and its top edge are a frame's own, so that of two side by side one holds what lies between them. */
function holds(f: Placed, x: number, y: number): boolean {
  return x >= f.x && y >= f.y && x < f.x + f.w && y < f.y + f.h
}

/** Orders frames by area; of two that are alike the upper one is first. */
function smaller(a: Placed, b: Placed): number {
  const area = a.w * a.h - b.w * b.h
  return area || -compare(a.z, b.z) || -compare(a.id, b.id)
}

function compare<V extends string | number>(a: V, b: V): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** All that moves along with a frame: what belongs to it, or to a frame that does, and so on. */
export function contentOf<N extends Placed>(frame: Placed, live: Iterable<N>): N[] {
  const notes = [...live]
  const frames = framesOf(notes)
  const inside = (n: Placed | undefined): boolean => {
    const f = n && frameOf(n, frames)
    return f !== undefined && (f.id === frame.id || inside(f))
  }
  return notes.filter(inside)
}

/** A frame with the notes that belong to it and to no smaller one. */
export interface Section<N extends Placed = Note> {
  frame: N | undefined // undefined: the notes that belong to no frame, always the first section
  depth: number // how many frames this frame lies in
  notes: N[]
}

/**
 * A board as it is read: what belongs to no frame, then frame by frame, each before
 * those that lie in it, and everything in reading order. Connectors are left out.
 */
export function outline<N extends Placed>(live: Iterable<N>): Section<N>[] {
  const notes = [...live].filter((n) => n.kind !== 'connector')
  const frames = framesOf(notes)
  const within = new Map<N | undefined, N[]>()
  for (const n of notes) {
    const frame = frameOf(n, frames)
    const list = within.get(frame)
    if (list) list.push(n)
    else within.set(frame, [n])
  }
  const add = (frame: N | undefined, depth: number, all: Section<N>[]): Section<N>[] => {
    const section: Section<N> = { frame, depth, notes: [] }
    all.push(section)
    for (const n of reading(within.get(frame) ?? [])) {
      if (n.kind === 'frame') add(n, frame ? depth + 1 : depth, all)
      else section.notes.push(n)
    }
    return all
  }
  return add(undefined, 0, [])
}

/**
 * Notes in the order in which they are read: row by row from the top, and from left
 * to right. A row begins with the highest note that is left, and holds those that
 * begin above its middle.
 */
export function reading<N extends Placed>(list: readonly N[]): N[] {
  const byTop = list.toSorted((a, b) => a.y - b.y || a.x - b.x || compare(a.id, b.id))
  const out: N[] = []
  while (out.length < byTop.length) {
    const first = byTop[out.length]!
    let end = out.length + 1
    while (end < byTop.length && byTop[end]!.y < first.y + first.h / 2) end++
    const row = byTop.slice(out.length, end)
    out.push(...row.sort((a, b) => a.x - b.x || a.y - b.y || compare(a.id, b.id)))
  }
  return out
}
