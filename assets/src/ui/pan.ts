// Moving the desk: with the hand tool, Space, the middle button, the wheel, and
// two fingers; zooming at the pointer with Ctrl and the wheel, or by a pinch.

import type { Board } from './board.ts'
import { push, wheelFactor, zoomAt } from './camera.ts'
import type { Desk } from './desk.ts'
import { fling, flinging, hasStopped, Speed } from './fling.ts'
import type { Point } from './geometry.ts'
import type { Gesture, Pinch } from './pointer.ts'

/** The desk follows the pointer, and goes on when it is let go in motion. */
export function panGesture(board: Board, start: PointerEvent): Gesture {
  const { desk } = board
  const speed = new Speed()
  let last = desk.screen(start)
  desk.element.classList.add('is-panning')
  const stop = (): void => desk.element.classList.remove('is-panning')
  return {
    move(e) {
      const at = desk.screen(e)
      desk.look(push(desk.camera, at[0] - last[0], at[1] - last[1]))
      last = at
      speed.add(at, e.timeStamp)
    },
    end(e) {
      stop()
      fling(board, speed.of(e.timeStamp))
    },
    cancel: stop,
  }
}

/** Two fingers: what was between them stays between them. */
export function pinch(desk: Desk, before: Pinch, now: Pinch): void {
  const moved = push(desk.camera, now.middle[0] - before.middle[0], now.middle[1] - before.middle[1])
  desk.look(zoomAt(moved, now.middle, moved.zoom * (now.spread / before.spread)))
}

export function panning(board: Board): void {
  board.pointer.add((e) => {
    const wanted = e.button === 1 || (e.button === 0 && (board.tool.current === 'hand' || hasStopped(e)))
    return wanted ? panGesture(board, e) : null
  })
  flinging()
  // The middle button would start the browser's own scrolling.
  board.page.desk.addEventListener('mousedown', (e) => e.button === 1 && e.preventDefault())
  wheel(board)
  trackpad(board)
}

function wheel(board: Board): void {
  const { desk } = board
  board.page.desk.addEventListener(
    'wheel',
    (e) => {
      if (!isOurs(board, e)) return
      e.preventDefault()
      const [dx, dy] = pixels(e, desk.size.h)
      if (e.ctrlKey || e.metaKey) desk.look(zoomAt(desk.camera, desk.screen(e), desk.camera.zoom * wheelFactor(dy)))
      else desk.look(push(desk.camera, -dx, -dy))
    },
    { passive: false },
  )
}

/** Safari tells of a trackpad's pinch in events of its own. */
function trackpad(board: Board): void {
  const { desk } = board
  let from = 1
  const on = (type: string, fn: (e: PinchEvent) => void): void =>
    desk.element.addEventListener(type, (e) => {
      e.preventDefault()
      fn(e as PinchEvent)
    })
  on('gesturestart', () => (from = desk.camera.zoom))
  on('gesturechange', (e) => {
    if (!board.pointer.busy) desk.look(zoomAt(desk.camera, desk.screen(e), from * e.scale))
  })
}

interface PinchEvent extends Event {
  readonly scale: number
  readonly clientX: number
  readonly clientY: number
}

/** In another site's page a plain wheel scrolls that page until the board was clicked. */
function isOurs(board: Board, e: WheelEvent): boolean {
  if (scrollsInside(e)) return false
  if (board.mode !== 'embed' || e.ctrlKey) return true
  return board.page.desk.contains(document.activeElement)
}

/** A long text scrolls by itself while it is written, and while its note is selected. */
function scrollsInside(e: WheelEvent): boolean {
  if (e.ctrlKey || !(e.target instanceof Element)) return false
  const long = e.target.closest('.note.is-editing, .note.is-selected[data-over] > .note-text')
  return long !== null && long.scrollHeight > long.clientHeight + 1
}

const LINE = 40 // pixels a line of a wheel that counts in lines

/** The wheel's turn in pixels; Shift turns it sideways where the browser does not. */
function pixels(e: WheelEvent, page: number): Point {
  const unit = e.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : e.deltaMode === WheelEvent.DOM_DELTA_PAGE ? page : 1
  const [dx, dy] = [e.deltaX * unit, e.deltaY * unit]
  return e.shiftKey && dx === 0 ? [dy, 0] : [dx, dy]
}
