// The frame around the selection with its eight handles, and the small bar of
// what can be done with it. Both float in screen pixels, at any zoom; the frame is
// carried with the desk, the bar stays on it.

import type { Board } from './board.ts'
import type { Size } from './camera.ts'
import { Carriage } from './carriage.ts'
import { commonColor, setColor } from './color.ts'
import { duplicate } from './duplicate.ts'
import { FOOT, MARGIN, onDesk } from './float.ts'
import { bounds, type Point, type Rect } from './geometry.ts'
import { isLocked } from './lock.ts'
import { toFront } from './order.ts'
import { hide, make } from './page.ts'
import type { Pinned } from './pinned.ts'
import { remove } from './remove.ts'
import { EDGES } from './edges.ts'
import { toolbar } from './toolbar.ts'

const MENU_GAP = 48 // pixels between the frame and the bar: the plus stands there
const SMALL = 56 // pixels; handles around a smaller frame would cover the note
const TINY = 28
const NARROW = 640 // pixels; on a narrower desk the bar lies in the thumb's reach
const TOOLS = 62 // pixels that the tools take at the desk's lower edge
const LOW = 400 // pixels; on a lower desk the bar takes the place of the zoom
const SPREAD = 1420 // pixels; on a narrower desk the zoom lies over the tools, as css/islands.css has it

export function outlining(board: Board, pinned: Pinned): void {
  const { desk, frame, selection, stage } = board
  const outline = new Outline(board, pinned)
  const redo = (): void => frame.ask('overlay', outline.measure)
  const move = (): void => frame.ask('overlay', outline.draw)
  selection.onChange(redo)
  stage.onPaint(() => selection.size > 0 && redo())
  board.editor.onChange(redo)
  board.client.onRole(redo)
  pinned.onZoom(outline.draw)
  desk.onResize(() => outline.resized())
  desk.onMove(() => frame.ask('overlay', outline.follow))
  board.tool.onChange(move)
  board.page.desk.addEventListener('pointerdown', move)
  board.page.desk.addEventListener('pointerup', move)
  redo()
}

class Outline {
  private readonly frame = make('div', 'selection')
  private readonly handles: HTMLElement[]
  private readonly menu: HTMLElement | null
  private readonly carriage: Carriage | null // of the menu
  private menuSize: Size | null = null // while it shows
  private box: Rect | null = null // on the board

  constructor(
    private readonly board: Board,
    private readonly pinned: Pinned,
  ) {
    this.frame.hidden = true
    this.handles = EDGES.map((edge) => {
      const handle = make('div', 'handle')
      handle.dataset['dir'] = edge
      return handle
    })
    this.frame.append(...this.handles)
    this.menu = makeMenu(board)
    pinned.layer.append(this.frame)
    if (this.menu) board.page.overlay.append(this.menu) // from now on it is the page's own, and can be animated
    this.carriage = this.menu && new Carriage(this.menu)
  }

  /** The selection or its notes changed. */
  readonly measure = (): void => {
    const { stage, selection } = this.board
    if (this.isCarried) return this.hide()
    this.box = bounds([...selection.ids].flatMap((id) => stage.place(id) ?? []))
    this.markColor()
    this.draw()
  }

  /** While notes are in the hand there is nothing around them. */
  private get isCarried(): boolean {
    return this.board.page.desk.hasAttribute('data-dragging')
  }

  private hide(): void {
    hide(this.frame)
    this.showMenu(false)
  }

  readonly draw = (): void => {
    const { board, box } = this
    if (this.isCarried) return this.hide()
    // What was in the hand may have been deleted by somebody else.
    const may = box !== null && board.selection.size > 0 && board.canEdit()
    hide(this.frame, !may)
    this.showMenu(may && !board.pointer.busy && board.editor.id === null)
    if (!may) return
    const [w, h] = this.pinned.at([box.w, box.h])
    place(this.frame, this.pinned.at([box.x, box.y]), w, h)
    // A single note has its own outline.
    this.frame.style.borderColor = board.selection.size === 1 ? 'transparent' : ''
    this.frame.dataset['of'] = board.stage.note(board.selection.only ?? '')?.kind ?? ''
    this.showHandles(Math.min(w, h))
    this.pinned.carry()
    this.follow()
  }

  /** The menu may have another size now. */
  resized(): void {
    this.menuSize = null
    this.board.frame.ask('overlay', this.draw)
  }

  private showMenu(shows: boolean): void {
    if (!this.menu) return
    hide(this.menu, !shows)
    if (!shows) this.menuSize = null
    else this.menuSize ??= { w: this.menu.offsetWidth, h: this.menu.offsetHeight }
  }

  private showHandles(side: number): void {
    const idle = this.board.editor.id !== null || this.board.tool.current !== 'select'
    const locked = [...this.board.selection.ids].every((id) => isLocked(this.board, id))
    for (const handle of this.handles) {
      hide(handle, idle || locked || side < TINY || (side < SMALL && handle.dataset['dir'] !== 'se'))
    }
  }

  /** Lays the menu above the frame; below it where there is no room; always on the desk, never under the tools or the zoom. */
  readonly follow = (): void => {
    const { board: { desk }, box, menuSize: menu } = this
    if (!box || !menu) return
    const { size, camera: { zoom } } = desk
    const [x, y] = desk.toScreen([box.x + box.w / 2, box.y])
    const above = y - menu.h - MENU_GAP
    const lowest = size.h - menu.h - (size.w > SPREAD || size.h < LOW ? TOOLS + MARGIN : FOOT)
    const beside = above >= topEdge(this.board) ? above : Math.min(y + box.h * zoom + MENU_GAP, lowest)
    const top = size.w < NARROW ? size.h - menu.h - (size.h < LOW ? TOOLS : FOOT) : beside
    this.carriage!.to(...onDesk(desk, menu, x - menu.w / 2, top))
  }

  private markColor(): void {
    if (!this.menu) return
    const common = commonColor(this.board)
    for (const swatch of this.menu.querySelectorAll<HTMLElement>('[data-color]')) {
      swatch.setAttribute('aria-pressed', String(swatch.dataset['color'] === common))
    }
  }
}

function place(element: HTMLElement, [x, y]: Point, w: number, h: number): void {
  element.style.transform = `translate(${x}px, ${y}px)`
  element.style.width = `${w}px`
  element.style.height = `${h}px`
}

/** Where the islands at the top end. */
function topEdge(board: Board): number {
  return board.mode === 'embed' ? MARGIN : 64
}

function makeMenu(board: Board): HTMLElement | null {
  const template = document.getElementById('note-menu-template')
  if (!(template instanceof HTMLTemplateElement)) return null
  const menu = template.content.firstElementChild?.cloneNode(true)
  if (!(menu instanceof HTMLElement)) return null
  menu.hidden = true
  menu.addEventListener('click', (e) => {
    const button = e.target instanceof Element ? e.target.closest<HTMLElement>('button') : null
    if (button) act(board, button)
  })
  toolbar(menu)
  return menu
}

function act(board: Board, button: HTMLElement): void {
  const { color, action } = button.dataset
  if (color) setColor(board, color)
  else if (action === 'front') toFront(board)
  else if (action === 'duplicate') duplicate(board)
  else if (action === 'delete') remove(board)
  else if (action === 'more') board.actions.run('menu')
}
