// Bars that float over the desk.

import type { Size } from './camera.ts'
import type { Desk } from './desk.ts'
import { clamp, type Point } from './geometry.ts'

export const MARGIN = 8 // pixels between a bar and the desk's edge
export const FOOT = 124 // pixels above the desk's lower edge: over the tools and the zoom, in the thumb's reach

/** Lays a bar with its upper left corner there, or as near to it as all of it is on the desk. */
export function float(desk: Desk, bar: HTMLElement, left: number, top: number): void {
  const [x, y] = onDesk(desk, { w: bar.offsetWidth, h: bar.offsetHeight }, left, top)
  bar.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`
}

/** The place nearest to there at which all of a bar is on the desk. */
export function onDesk({ size }: Desk, bar: Size, left: number, top: number): Point {
  return [
    clamp(left, MARGIN, Math.max(size.w - bar.w - MARGIN, MARGIN)),
    clamp(top, MARGIN, Math.max(size.h - bar.h - MARGIN, MARGIN)),
  ]
}
