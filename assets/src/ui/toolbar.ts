// A bar of buttons is one stop of Tab, the button that was used last; arrow keys,
// Home and End go along it.

import { say } from '../say.ts'
import type { Board } from './board.ts'

/** Makes bars of the page's groups of buttons, and tells their keys. */
export function toolbars(board: Board): void {
  for (const bar of document.querySelectorAll<HTMLElement>('#people, #tools, #zoom')) toolbar(bar)
  board.actions.add({ id: 'bar.walk', title: say('Go along a bar of buttons'), group: 'looking', ways: [say('Arrow keys')] })
}

export function toolbar(bar: HTMLElement): void {
  bar.role = 'toolbar'
  let stop: HTMLButtonElement | undefined
  const settle = (): void => {
    const usable = usableIn(bar)
    if (usable.length === 0) return // it is not shown
    if (!stop || !usable.includes(stop)) {
      const before = stop
      stop = before ? usable.find((b) => follows(before, b)) ?? usable.at(-1)! : usable[0]!
      if (before === document.activeElement) stop.focus() // it would be lost with what cannot be pressed any more
    }
    for (const button of bar.querySelectorAll('button')) button.tabIndex = button === stop ? 0 : -1
  }
  bar.addEventListener('focusin', (e) => {
    if (e.target instanceof HTMLButtonElement) stop = e.target
    settle()
  })
  bar.addEventListener('keydown', (e) => walk(e, bar))
  new MutationObserver((changes) => changes.some(isOfButtons) && settle()).observe(bar, { childList: true, subtree: true, attributeFilter: ['disabled'] })
  new ResizeObserver(settle).observe(bar) // also when it, or a button, is shown or hidden
  settle()
}

/** The words on a button, as those of the zoom, change in every frame. */
function isOfButtons({ type, addedNodes, removedNodes }: MutationRecord): boolean {
  return type === 'attributes' || [...addedNodes, ...removedNodes].some((node) => node instanceof Element)
}

function usableIn(bar: HTMLElement): HTMLButtonElement[] {
  return [...bar.querySelectorAll('button')].filter((b) => !b.disabled && b.getClientRects().length > 0)
}

function follows(a: Node, b: Node): boolean {
  return (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
}

function walk(e: KeyboardEvent, bar: HTMLElement): void {
  if (e.ctrlKey || e.metaKey || e.altKey || e.shiftKey) return
  const buttons = usableIn(bar)
  const to = goal(e.key, buttons.indexOf(e.target as HTMLButtonElement), buttons.length, getComputedStyle(bar).direction === 'rtl')
  if (to === undefined) return
  e.preventDefault()
  buttons[to]?.focus({ preventScroll: true })
  buttons[to]?.scrollIntoView({ block: 'nearest', inline: 'center' }) // a narrow bar fades at its end
}

/** To which of so many buttons a key goes from one; it goes round at the ends. */
export function goal(key: string, at: number, n: number, isMirrored: boolean): number | undefined {
  const onward = isMirrored ? 'ArrowLeft' : 'ArrowRight'
  if (key === 'Home') return 0
  if (key === 'End') return n - 1
  if (!/^Arrow(Left|Right)$/.test(key)) return undefined
  return (at + (key === onward ? 1 : n - 1)) % n
}
