// The clipboard by the browser's own events: they bring it along, and nobody is
// asked for leave. What reads and writes it comes later. An event that comes
// before that is kept, and happens again when there is somebody to take it.

import type { Board } from './board.ts'
import { later } from './later.ts'
import { part } from './page.ts'

const TYPES = ['copy', 'cut', 'paste', 'dragover', 'drop'] as const

type Carrier = ClipboardEvent | DragEvent

export function clipboard(board: Board): void {
  let take: ((e: Carrier, plain: boolean) => void) | undefined
  let plain = false // the last key was that which pastes words alone
  const load = later(async () => (take ??= (await import('./clipping.ts')).clipping(board)))
  part('add-picture', HTMLElement)?.addEventListener('click', () => load(() => board.actions.run('picture.add')))
  document.addEventListener('keydown', (e) => (plain = e.shiftKey && e.code === 'KeyV'), true)
  for (const type of TYPES) {
    document.addEventListener(type, (e) => {
      if (e.defaultPrevented) return
      if (take) return take(e, plain)
      if (e instanceof DragEvent) e.preventDefault() // or the browser would leave the board for what is dropped on it
      const again = anew(e)
      load(() => (type === 'copy' || type === 'cut' ? document.execCommand(type) : e.target?.dispatchEvent(again)))
    })
  }
}

/** What an event brought is gone when it is over. */
function anew(e: Carrier): Carrier {
  const isDrag = e instanceof DragEvent
  const [data, kept] = [isDrag ? e.dataTransfer : e.clipboardData, new DataTransfer()]
  for (const item of data?.types ?? []) if (item !== 'Files') kept.setData(item, data!.getData(item))
  for (const file of data?.files ?? []) kept.items.add(file)
  const on = { bubbles: true, cancelable: true }
  if (isDrag) return new DragEvent(e.type, { ...on, dataTransfer: kept, clientX: e.clientX, clientY: e.clientY })
  return new ClipboardEvent(e.type, { ...on, clipboardData: kept })
}
