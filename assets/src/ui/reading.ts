// What a note's text is to somebody who reads it. Most texts are words; those
// with links or boxes to tick are made of passages, and what shows these comes
// later, with the first such text. Until then they are words too. Either way the
// box holds the very characters of the text, in the same places.

import type { Board } from './board.ts'
import { later } from './later.ts'

type Show = (box: HTMLElement, text: string) => void

const passages = later(() => import('./passages.ts'))
const waiting = new Set<HTMLElement>()
let show: Show | null = null
let load: (() => void) | null = null

/** Whether a text may hold more than words. */
export function isRich(text: string): boolean {
  return /\[[ x]{1,4}\]|https?:\/\/|www\./i.test(text)
}

/** Whether lines of a text are items of a list: these begin at one edge. notes/paper asks the same. */
export function isList(text: string): boolean {
  return /^[ \t]*([-*•]|\d{1,3}[.)]|\[[ xX]{1,4}\])[ \t]/m.test(text)
}

/** Fills the box of a note's text. */
export function showText(box: HTMLElement, text: string): void {
  markList(box, text)
  const rich = isRich(text)
  if (rich && show) return show(box, text)
  box.textContent = text
  if (!rich) return
  waiting.add(box)
  load?.()
}

export function markList(box: HTMLElement, text: string): void {
  box.toggleAttribute('data-list', isList(text))
}

export function reading(board: Board): void {
  load = () => {
    load = null
    passages((part) => {
      part.ticking(board)
      show = part.showPassages
      // A box that somebody writes in by now holds a field.
      for (const box of waiting) if (box.childElementCount === 0) show(box, box.textContent)
      waiting.clear()
    })
  }
  if (waiting.size > 0) load()
}
