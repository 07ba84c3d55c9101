// What others have in hand lies above the rest while they move it, as it does in
// one's own hand. Nothing of that is stored: it is back at its depth when it is put
// down.

import type { Board } from './board.ts'
import { carried } from './carried.ts'
import { isLocked } from './lock.ts'

export function raising(board: Board): void {
  const { client: { roster }, stage } = board
  const hands = new Map<string, string[]>() // what each of them has taken up
  let raised = new Set<string>()
  const update = (): void => {
    const before = raised
    for (const id of hands.keys()) if (!roster.peers.get(id)?.holding) hands.delete(id)
    for (const [id, peer] of roster.peers) if (peer.holding && !hands.has(id)) hands.set(id, takenUp(board, peer.selection))
    raised = new Set([...hands.values()].flat())
    if (before.size + raised.size === 0) return
    stage.raise(raised)
    for (const id of new Set([...before, ...raised])) show(stage.element(id), raised.has(id))
  }
  roster.onPeople(() => board.frame.ask('camera', update))
  stage.onRender((id, element) => raised.has(id) && show(element, true))
  update()
}

/** What moves with a selection of somebody else's, as they took it up. */
function takenUp(board: Board, selection: readonly string[]): string[] {
  const free = selection.filter((id) => !isLocked(board, id))
  return [...free, ...[...carried(board, free).keys()].filter((id) => !isLocked(board, id))]
}

function show(element: HTMLElement | undefined, isRaised: boolean): void {
  element?.classList.toggle('is-raised', isRaised)
  element?.classList.toggle('is-dropped', !isRaised)
}
