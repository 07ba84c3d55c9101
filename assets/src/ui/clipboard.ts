// The clipboard by the browser's own events: they bring it along, and nobody is
// asked for leave. What reads and writes it comes later. An event that comes
// before that is kept, and happens again when there is somebody to take it.

import type { Board } from './board.ts'
import { later } from './later.ts'

const TYPES = ['copy', 'cut', 'paste', 'dragover', 'drop'] as const

type Carrier = ClipboardEvent | DragEvent

export function clipboard(board: Board): void {
  let take: ((e: Carrier, plain: boolean) => void) | undefined
  let plain = false // the last key was that which pastes words alone
  const load = later(async () => (take ??= (await import('./clipping.ts')).clipping(board)))
  document.addEventListener('keydown', (e) => (plain = e.shiftKey && e.code === 'KeyV'), true)
  for (const type of TYPES) {
    document.addEventListener(type, (e) => {
      if (e.defaultPrevented) return
      if (take) return take(e, plain)
      if (e instanceof DragEvent) return e.preventDefault() // or the browser would leave the board for what is dropped on it
      const again = anew(e)
      load(() => (type === 'paste' ? e.target?.dispatchEvent(again) : document.execCommand(type)))
    })
  }
}

/** What an event brought is gone when it is over. */
function anew({ type, clipboardData: data }: ClipboardEvent): ClipboardEvent {
  const clipboardData = new DataTransfer()
  for (const item of data?.types ?? []) if (item !== 'Files') clipboardData.setData(item, data!.getData(item))
  for (const file of data?.files ?? []) clipboardData.items.add(file)
  return new ClipboardEvent(type, { clipboardData, bubbles: true, cancelable: true })
}
