// The clipboard by the browser's own events: they bring it along, and nobody is
// asked for leave. What pastes comes later. An event that comes before that is
// kept, and keys wait behind it.

import type { Board } from './board.ts'
import { copy } from './copying.ts'
import { anew, kept } from './held.ts'
import { later } from './later.ts'
import { part } from './page.ts'

type Carrier = ClipboardEvent | DragEvent

export function clipboard(board: Board): void {
  let take: ((e: Carrier, plain: boolean) => void) | undefined
  let plain = false // the last key was that which pastes words alone
  const load = later(async () => (take = (await import('./clipping.ts')).clipping(board)), 'declares')
  const takeLater = (e: Carrier): void => {
    e.preventDefault()
    const [again, wasPlain] = [e instanceof DragEvent ? drag(e) : anew(e), plain]
    const coming = load((take) => take(again, wasPlain))
    if (coming) board.actions.onComing(coming)
  }
  part('add-picture', HTMLElement)?.addEventListener('click', () => load(() => board.actions.run('picture.add')))
  document.addEventListener('keydown', (e) => (plain = e.shiftKey && e.code === 'KeyV'), true)
  for (const type of ['paste', 'dragover', 'drop'] as const) {
    document.addEventListener(type, (e) => isOurs(e) && (take ?? takeLater)(e, plain))
  }
  for (const type of ['copy', 'cut'] as const) document.addEventListener(type, (e) => isOurs(e) && copy(board, e))
}

/** In a field and in a sheet the browser does what it does everywhere. */
function isOurs({ target, defaultPrevented }: Event): boolean {
  const isField = target instanceof Element && target.closest('input, textarea, [contenteditable]') !== null
  return !defaultPrevented && !isField && document.querySelector('dialog[open]') === null
}

/** The event once more, with what it brought. */
function drag(e: DragEvent): DragEvent {
  return new DragEvent(e.type, { dataTransfer: kept(e.dataTransfer), clientX: e.clientX, clientY: e.clientY })
}
