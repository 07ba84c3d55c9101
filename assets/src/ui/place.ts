// Notes from the pads. A click takes one in hand: it hangs under the pointer
// until a press on the desk says where; a pad can also be dragged there. A
// second click, a finger's tap and the keyboard put it in the middle at once.

import { defaultSize } from '../notes/limits.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { createAt, rememberColor } from './create.ts'
import { focusQuietly } from './focus.ts'
import { distance, type Point } from './geometry.ts'
import { hide, make } from './page.ts'
import { pads } from './tool.ts'

const SLACK = 6 // pixels that a click on a pad may wander

export function placing(board: Board): void {
  const ghost = new Ghost(board)
  board.pointer.addFirst((e) => {
    const { color } = board.tool
    if (!color || e.button !== 0) return null
    ghost.at(e, color)
    return { move: (m) => ghost.at(m, color), end: (up) => put(board, up, color), cancel: () => ghost.hide() }
  })
  const { desk } = board.page
  desk.addEventListener('pointermove', (e) => {
    if (board.tool.current === 'note' && e.pointerType !== 'touch') ghost.at(e, board.tool.color!)
    else ghost.hide()
  })
  desk.addEventListener('pointerleave', () => ghost.hide())
  board.tool.onChange(() => ghost.hide())
  for (const pad of pads()) taking(board, pad, ghost)
}

function put(board: Board, e: PointerEvent, color: string): void {
  createAt(board, board.desk.board(e), color)
}

/** What a press on a pad becomes: a click, or a note that is dragged out. */
function taking(board: Board, pad: HTMLElement, ghost: Ghost): void {
  const color = pad.dataset['newColor']!
  let from: Point | null = null
  let carried = false
  pad.addEventListener('pointerdown', (e) => {
    carried = false
    if (e.button !== 0 || !board.canEdit()) return
    from = [e.clientX, e.clientY]
    pad.setPointerCapture(e.pointerId)
  })
  pad.addEventListener('pointermove', (e) => {
    if (!from) return
    carried ||= distance(from, [e.clientX, e.clientY]) > SLACK
    if (carried) ghost.at(e, color)
  })
  pad.addEventListener('pointerup', (e) => {
    from = null
    if (!carried) return
    ghost.hide()
    if (board.page.desk.contains(document.elementFromPoint(e.clientX, e.clientY))) put(board, e, color)
  })
  pad.addEventListener('pointercancel', () => {
    from = null
    ghost.hide()
  })
  // What was dragged out is not clicked too.
  pad.addEventListener('click', (e) => carried && e.stopImmediatePropagation(), true)
}

/** The next press on the desk says where the note lies. */
export function takeNote(board: Board, color: string): void {
  rememberColor(color)
  board.selection.clear()
  board.tool.takeNote(color)
  focusQuietly(board.page.desk) // for Esc
  board.announcer.now(say('Click where the note should lie.'))
}

/** The note to come, under the pointer. */
class Ghost {
  private readonly element = make('div', 'ghost')

  constructor(private readonly board: Board) {
    this.hide()
    board.page.overlay.append(this.element)
  }

  at(e: PointerEvent, color: string): void {
    const size = defaultSize * this.board.desk.camera.zoom
    const [x, y] = this.board.desk.screen(e)
    const { style, dataset } = this.element
    dataset['color'] = color
    style.width = style.height = `${size}px`
    style.transform = `translate(${x - size / 2}px, ${y - size / 2}px)`
    hide(this.element, false)
  }

  hide(): void {
    hide(this.element)
  }
}
