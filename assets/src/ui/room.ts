// A free place for a note: in rows from the top of an area, where nothing lies
// yet. Plain numbers.

import type { Size } from './camera.ts'
import { meets, type Rect } from './geometry.ts'

export const GAP = 24 // board units between a note and its neighbours
const MOST = 2_000 // places that are tried

/** Where a thing of this size finds room in an area; its middle when there is none. */
export function roomIn(area: Rect, size: Size, taken: readonly Rect[]): Rect {
  const near = taken.filter((r) => meets(r, area))
  for (const place of places(area, size)) if (!near.some((r) => meets(r, place))) return place
  return { x: area.x + (area.w - size.w) / 2, y: area.y + (area.h - size.h) / 2, ...size }
}

/** Row by row, so many as are worth the trouble. */
function* places(area: Rect, { w, h }: Size): Generator<Rect> {
  let left = MOST
  for (let y = area.y + GAP; y + h + GAP <= area.y + area.h; y += h + GAP) {
    for (let x = area.x + GAP; x + w + GAP <= area.x + area.w; x += w + GAP) {
      if (left-- === 0) return
      yield { x, y, w, h }
    }
  }
}

/** To the right of an area, clear of everything. */
export function roomBeside({ x, y, w, h }: Rect, size: Size, taken: readonly Rect[]): Rect {
  return roomIn({ x: x + w, y, w: 20 * (size.w + GAP), h: Math.max(h, size.h + 2 * GAP) }, size, taken)
}
