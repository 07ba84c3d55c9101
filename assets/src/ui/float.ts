// Bars that float over the desk.

import type { Desk } from './desk.ts'
import { clamp } from './geometry.ts'

export const MARGIN = 8 // pixels between a bar and the desk's edge
export const FOOT = 124 // pixels above the desk's lower edge: over the tools and the zoom, in the thumb's reach

/** Lays a bar with its upper left corner there, or as near to it as all of it is on the desk. */
export function float({ size }: Desk, bar: HTMLElement, left: number, top: number): void {
  const x = clamp(left, MARGIN, Math.max(size.w - bar.offsetWidth - MARGIN, MARGIN))
  const y = clamp(top, MARGIN, Math.max(size.h - bar.offsetHeight - MARGIN, MARGIN))
  bar.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`
}
