// Places that the board takes: to hundredths, and not off its far ends.

import { maxCoord, round } from '../notes/limits.ts'
import { clamp } from './geometry.ts'

/** A coordinate as the board keeps it. */
export function onBoard(v: number): number {
  return round(clamp(v, -maxCoord, maxCoord))
}
