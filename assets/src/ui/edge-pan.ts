// The desk pans while a hand that holds something, or draws an area, is near its
// edge. A gesture that begins there has to leave the edge first.

import { push } from './camera.ts'
import type { Desk } from './desk.ts'
import { clamp, type Point } from './geometry.ts'

const EDGE = 28 // pixels from the desk's edge in which it pans
const SPEED = 14 // pixels a frame at the most

export class EdgePan {
  private hasBeenAway = false

  constructor(private readonly desk: Desk) {}

  /** To be called in each frame. Tells whether it pans, and so wants to be called in the next. */
  step(e: MouseEvent): boolean {
    const { desk } = this
    const [x, y] = desk.screen(e)
    const by: Point = [speedAt(x, desk.size.w), speedAt(y, desk.size.h)]
    const isNear = by[0] !== 0 || by[1] !== 0
    this.hasBeenAway ||= !isNear
    const pans = isNear && this.hasBeenAway
    if (pans) desk.look(push(desk.camera, ...by))
    return pans
  }
}

/** How fast the desk moves with a pointer there: positive shows more on the left. */
function speedAt(at: number, size: number): number {
  if (at < EDGE) return SPEED * clamp((EDGE - at) / EDGE, 0, 1)
  if (at > size - EDGE) return -SPEED * clamp((at - size + EDGE) / EDGE, 0, 1)
  return 0
}
