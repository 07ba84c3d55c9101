// A small island beside the bar of the selected notes, or at a place on the board,
// for a moment: it goes when somebody presses elsewhere, selects something else, or presses Esc.

import type { Board } from './board.ts'
import { float, MARGIN } from './float.ts'
import type { Point } from './geometry.ts'
import { make } from './page.ts'

const GAP = 6 // pixels from the bar

let current = (): void => {}
let listens = false

/** Closes what is open. */
export function closePopup(): void {
  current()
}

/** Opens it and gives it the focus. Only one is open at a time. `at` is a place on the board, else it opens beside the bar. */
export function openPopup(board: Board, className: string, fill: (popup: HTMLElement, close: () => void) => void, at?: Point): void {
  current()
  const popup = make('div', `island popup ${className}`)
  const opener = board.page.overlay.querySelector<HTMLElement>('[data-action="more"]')
  const before = cameFrom(board)
  const beside = (e: Event): void => void (e.target instanceof Node && !popup.contains(e.target) && !opener?.contains(e.target) && close())
  const gone = new AbortController()
  const put = (): void => (at ? unfold(board, popup, at) : place(board, popup))
  const sized = new ResizeObserver(put)
  const letGo = board.desk.onMove(() => board.frame.ask('overlay', put)) // the bar goes where a keyboard on the screen leaves room
  const close = (): void => {
    const had = popup.contains(document.activeElement)
    gone.abort()
    sized.disconnect()
    letGo()
    popup.remove()
    opener?.setAttribute('aria-expanded', 'false')
    if (had && before instanceof HTMLElement) before.focus({ preventScroll: true })
  }
  fill(popup, close)
  board.page.overlay.append(popup)
  put()
  sized.observe(popup)
  opener?.setAttribute('aria-expanded', 'true')
  popup.addEventListener('keydown', (e) => {
    if (e.key !== 'Escape') return
    e.preventDefault()
    close()
  })
  // What is beneath is the desk's, which a press or a wheel here does not mean.
  for (const type of ['pointerdown', 'dblclick']) popup.addEventListener(type, (e) => e.stopPropagation())
  popup.addEventListener('wheel', (e) => e.ctrlKey || e.stopPropagation())
  document.addEventListener('pointerdown', beside, { capture: true, signal: gone.signal })
  current = close
  if (!listens) board.selection.onChange(() => current())
  listens = true
  popup.querySelector<HTMLElement>('button, input')?.focus({ preventScroll: true })
}

/** Where the focus goes back to. Who pressed a button with a pointer means the board with the next key. */
function cameFrom({ page }: Board): Element | null {
  const at = document.activeElement
  return at instanceof HTMLButtonElement && !at.matches(':focus-visible') ? page.desk : at
}

/** From there on as one reads, or to the other side where there is no room. */
function unfold({ desk }: Board, popup: HTMLElement, at: Point): void {
  const [x, y] = desk.toScreen(at)
  const { offsetWidth: w, offsetHeight: h } = popup
  const isLeft = getComputedStyle(popup).direction === 'rtl' ? x - w >= MARGIN : x + w > desk.size.w - MARGIN
  float(desk, popup, isLeft ? x - w : x, y + h > desk.size.h - MARGIN ? y - h : y)
}

/** Under the bar's end, or over it where there is more room. */
function place(board: Board, popup: HTMLElement): void {
  const bar = board.page.overlay.querySelector('.note-menu:not([hidden]), .label-bar:not([hidden])')?.getBoundingClientRect()
  const { size } = board.desk
  const [x, y] = bar ? board.desk.screen({ clientX: bar.right, clientY: bar.top }) : board.desk.middle()
  const below = y + (bar?.height ?? 0) + GAP
  const above = y - popup.offsetHeight - GAP
  const top = below + popup.offsetHeight <= size.h - MARGIN || above < MARGIN ? below : above
  float(board.desk, popup, x - popup.offsetWidth, top)
}
