// Places that the board takes: to hundredths, and not off its far ends.

import { maxCoord, round } from '../notes/limits.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { clamp, type Point, type Rect } from './geometry.ts'

/** A coordinate as the board keeps it. */
export function onBoard(v: number): number {
  return round(clamp(v, -maxCoord, maxCoord))
}

/** As much of a way as what lies in the box can go: at the board's end all of it stops, each beside the other. */
export function within(box: Rect, [dx, dy]: Point): Point {
  return [side(box.x, box.w, dx), side(box.y, box.h, dy)]
}

/** For whoever wanted to go further. */
export function tellEnd({ toasts }: Board, wanted: Point, gone: Point): void {
  if (`${wanted}` !== `${gone}`) toasts.show(say('The board ends here.'), { key: 'end' })
}

function side(at: number, long: number, by: number): number {
  return clamp(by, Math.min(0, -maxCoord - at), Math.max(0, maxCoord - long - at))
}
