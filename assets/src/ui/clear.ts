// What one goes to does not lie under a bar or the map (WCAG 2.4.11).

import type { Board } from './board.ts'
import { type Camera, lookAt } from './camera.ts'
import { centre, meets, type Rect } from './geometry.ts'

const BARS = '.island:not(#overlay *), #minimap' // what floats on the overlay is at what is selected, and goes with it

/** Into the middle with a place in view that something lies over, if it is free there. */
export function clearOfBars(board: Board, place: Rect): void {
  const { desk } = board
  const bars = barsOver(board)
  const isCovered = (from: Camera): boolean => bars.some((bar) => meets(bar, onScreen(place, from)))
  const middle = lookAt(centre(place), desk.middle(), desk.goal.zoom)
  if (isCovered(desk.goal) && !isCovered(middle)) desk.glide(middle)
}

/** What floats over the desk, on the screen. */
function barsOver({ desk }: Board): Rect[] {
  return [...document.querySelectorAll(BARS)].flatMap((bar) => {
    const { left, top, width: w, height: h } = bar.getBoundingClientRect()
    const [x, y] = desk.screen({ clientX: left, clientY: top })
    return w > 0 ? [{ x, y, w, h }] : []
  })
}

function onScreen({ x, y, w, h }: Rect, { zoom, ...from }: Camera): Rect {
  return { x: (x - from.x) * zoom, y: (y - from.y) * zoom, w: w * zoom, h: h * zoom }
}
