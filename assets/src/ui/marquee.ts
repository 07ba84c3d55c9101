// Selecting by drawing a rectangle on the desk.

import type { Board } from './board.ts'
import type { Desk } from './desk.ts'
import { holdsRect, type Rect, rectOf } from './geometry.ts'
import { isLocked } from './lock.ts'
import { make } from './page.ts'
import type { Gesture } from './pointer.ts'
import { Tracing } from './tracing.ts'
import { whole } from './whole.ts'

export function marqueeGesture(board: Board, start: PointerEvent): Gesture {
  const { desk, selection, page } = board
  const from = desk.board(start)
  const before = [...selection.ids]
  const kept = start.shiftKey ? before : []
  const box = make('div', 'marquee')
  page.overlay.append(box)
  const draw = (e: PointerEvent): void => {
    const area = rectOf(from, desk.board(e))
    showArea(desk, box, area)
    selection.set([...kept, ...[...whole(board, caught(board, area))].filter((id) => !isLocked(board, id))])
  }
  const tracing = new Tracing(board, draw)
  const stop = (): void => {
    tracing.stop()
    box.remove()
  }
  return {
    move: (e) => tracing.to(e),
    end(e) {
      draw(e)
      stop()
    },
    cancel() {
      stop()
      selection.set(before)
    },
  }
}

/** What the area touches; a frame only when all of it lies within. */
function caught({ stage }: Board, area: Rect): string[] {
  return [...stage.touching(area)].filter((id) => stage.note(id)?.kind !== 'frame' || holdsRect(area, stage.place(id)!))
}

/** Lays a box of the overlay over an area of the board. */
export function showArea(desk: Desk, box: HTMLElement, { x, y, w, h }: Rect): void {
  const [left, top] = desk.toScreen([x, y])
  box.style.transform = `translate(${left}px, ${top}px)`
  box.style.width = `${w * desk.camera.zoom}px`
  box.style.height = `${h * desk.camera.zoom}px`
}
