// What one goes to, or wants to see all of, does not lie under a bar or the map (WCAG 2.4.11).

import type { Board } from './board.ts'
import { type Camera, fit, lookAt, type Size } from './camera.ts'
import { freePart } from './free.ts'
import { centre, grow, meets, type Rect } from './geometry.ts'
import { inset } from './zoom.ts'

const BARS = '.island:not(#overlay *), #minimap' // what floats on the overlay is at what is selected, and goes with it
const ROOM = 28 // pixels kept free beside bars and at the desk's edge: names of frames stand there

/** Into the middle with a place in view that something lies over, if it is free there. */
export function clearOfBars(board: Board, place: Rect): void {
  const { desk } = board
  const bars = barsOver(board)
  const isCovered = (from: Camera): boolean => bars.some((bar) => meets(bar, onScreen(place, from)))
  const middle = lookAt(centre(place), desk.middle(), desk.goal.zoom)
  if (isCovered(desk.goal) && !isCovered(middle)) desk.glide(middle)
}

/** Shows all of an area, in the part of the desk that is free when bars would lie over notes. */
export function showAll(board: Board, area: Rect, most: number): void {
  const { desk, stage } = board
  const bars = barsOver(board)
  const whole = fit(area, desk.size, inset(board), most)
  const isCovered = bars.some((bar) => stage.touching(onBoard(bar, whole)).size > 0)
  desk.glide(isCovered ? fitBeside(bars, area, desk.size, most) : whole)
}

function fitBeside(bars: readonly Rect[], area: Rect, size: Size, most: number): Camera {
  const part = freePart(grow({ x: 0, y: 0, ...size }, -ROOM), bars.map((bar) => grow(bar, ROOM)), area, most)
  const { x, y, zoom } = fit(area, part, { top: 0, side: 0, bottom: 0 }, most)
  return { x: x - part.x / zoom, y: y - part.y / zoom, zoom }
}

/** What floats over the desk, on the screen. */
function barsOver({ desk }: Board): Rect[] {
  return [...document.querySelectorAll(BARS)].flatMap((bar) => {
    const { left, top, width: w, height: h } = bar.getBoundingClientRect()
    const [x, y] = desk.screen({ clientX: left, clientY: top })
    return w > 0 ? [{ x, y, w, h }] : []
  })
}

function onBoard({ x, y, w, h }: Rect, { zoom, ...from }: Camera): Rect {
  return { x: x / zoom + from.x, y: y / zoom + from.y, w: w / zoom, h: h / zoom }
}

function onScreen({ x, y, w, h }: Rect, { zoom, ...from }: Camera): Rect {
  return { x: (x - from.x) * zoom, y: (y - from.y) * zoom, w: w * zoom, h: h * zoom }
}
