// The part of the desk in which something is seen best, beside what floats over
// it. Plain numbers.

import type { Size } from './camera.ts'
import { centre, distance, meets, type Rect } from './geometry.ts'

const ALIKE = 1.001 // times larger is no difference to the eye

/**
 * Of the parts of a desk that no bar touches, the one in which an area is seen
 * largest, at most at this zoom; of several the one nearest to the desk's middle.
 * All of the desk when the bars leave nothing.
 */
export function freePart(desk: Rect, bars: readonly Rect[], area: Size, most: number): Rect {
  let [best, largest, nearest] = [desk, 0, Infinity]
  for (const part of partsBeside(desk, bars)) {
    const zoom = Math.min(part.w / area.w, part.h / area.h, most)
    const far = distance(centre(part), centre(desk))
    if (zoom < largest || (zoom < largest * ALIKE && far >= nearest)) continue
    if (bars.some((bar) => meets(bar, part))) continue
    ;[best, largest, nearest] = [part, zoom, far]
  }
  return best
}

/** All that reach from one edge, of the desk or of a bar, to another. */
function* partsBeside({ x, y, w, h }: Rect, bars: readonly Rect[]): Generator<Rect> {
  for (const left of [x, ...bars.map((b) => b.x + b.w + 1)]) {
    for (const right of [x + w, ...bars.map((b) => b.x - 1)]) {
      for (const top of [y, ...bars.map((b) => b.y + b.h + 1)]) {
        for (const bottom of [y + h, ...bars.map((b) => b.y - 1)]) {
          if (right > left && bottom > top) yield { x: left, y: top, w: right - left, h: bottom - top }
        }
      }
    }
  }
}
