// The connectors of a board: what shows them is loaded once there is one. A press
// on one selects it, a double click writes its label.

import type { Board } from './board.ts'
import type { Connectors } from './connectors.ts'
import { later } from './later.ts'
import { connectorOf, type Gesture } from './pointer.ts'

export const connectors = later(() => import('./connectors.ts'))

export function connected(board: Board): void {
  let layer: Connectors | null = null
  const show = (then = (_: Connectors): void => {}): unknown => connectors((m) => then((layer ??= new m.Connectors(board))))
  const isConnector = (id: string): boolean => board.client.view.note(id)?.kind === 'connector'
  if ([...board.client.view.notes.values()].some((n) => n.kind === 'connector')) show()
  else board.client.onChange((change) => !layer && (change.all || [...change.notes].some(isConnector)) && show())
  let pressed: string | undefined // the desk has the click: it captures what is pressed
  board.pointer.add((e) => pick(board, e, (pressed = connectorOf(e))))
  board.page.desk.addEventListener('dblclick', (e) => {
    if (!pressed || e.target !== board.page.desk) return
    e.stopImmediatePropagation() // it is no double click on the desk
    board.editor.begin(pressed)
  })
  board.editor.onElsewhere((id) => isConnector(id) && show((l) => l.write()))
}

function pick(board: Board, e: PointerEvent, id: string | undefined): Gesture | null {
  if (!id || e.button !== 0 || board.tool.current !== 'select') return null
  return { end: () => (e.shiftKey ? board.selection.toggle(id) : board.selection.set([id])) }
}
