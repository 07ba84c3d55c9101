// Which note lies on top: the selected ones to the front or to the back, keeping
// their order among themselves.

import { below, type Note } from '../notes/note.ts'
import { between } from '../notes/zorder.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { meets } from './geometry.ts'
import { unlocked } from './lock.ts'
import { sendSets } from './send.ts'

/** The selected notes from the lowest to the highest. */
export function inOrder(board: Board): Note[] {
  const notes = [...board.selection.ids].flatMap((id) => board.stage.note(id) ?? [])
  return notes.sort(below)
}

/** New order keys, one for each, above `low` and below `high`. */
export function keysBetween(n: number, low: string | null, high: string | null): string[] {
  const out: string[] = []
  if (high === null) {
    for (let z = low; out.length < n; ) out.push((z = between(z, null)))
  } else {
    for (let z: string | null = high; out.length < n; ) out.unshift((z = between(low, z)))
  }
  return out
}

export function toFront(board: Board): void {
  reorder(board, (n) => keysBetween(n, board.stage.highest()?.z ?? null, null))
}

export function toBack(board: Board): void {
  reorder(board, (n) => keysBetween(n, null, board.stage.lowest()?.z ?? null))
}

/** Over the next note that lies on one of them. */
export function forward(board: Board): void {
  const [mine, others] = [inOrder(board), unselected(board)]
  const over = others.find((n) => below(n, mine.at(-1)!) > 0 && mine.some((m) => meets(m, n)))
  if (!over) return
  const next = others.find((n) => n.z > over.z)
  reorder(board, (n) => keysBetween(n, over.z, next?.z ?? null))
}

/** Under the next note that one of them lies on. */
export function backward(board: Board): void {
  const [mine, others] = [inOrder(board), unselected(board)]
  const under = others.findLast((n) => below(n, mine[0]!) < 0 && mine.some((m) => meets(m, n)))
  if (!under) return
  const next = others.findLast((n) => n.z < under.z)
  reorder(board, (n) => keysBetween(n, next?.z ?? null, under.z))
}

/** All other notes from the lowest to the highest. */
function unselected(board: Board): Note[] {
  return board.stage.ids().flatMap((id) => (board.selection.has(id) ? [] : (board.stage.note(id) ?? [])))
}

function reorder(board: Board, keys: (n: number) => string[]): void {
  if (!board.canEdit() || board.selection.size === 0) return
  const free = new Set(unlocked(board, board.selection.ids))
  const notes = inOrder(board).filter((note) => free.has(note.id))
  const zs = keys(notes.length)
  sendSets(board.client, notes.map((note, i) => ({ note: note.id, set: { z: zs[i]! } })))
}

export function ordering(board: Board): void {
  const shared = { group: 'arranging', edits: true, enabled: () => board.selection.size > 0 } as const
  board.actions.add(
    { ...shared, id: 'order.front', title: say('Bring to front'), keys: '] Ctrl+]', run: () => toFront(board) },
    { ...shared, id: 'order.forward', title: say('Bring forward'), keys: 'Alt+]', run: () => forward(board) },
    { ...shared, id: 'order.backward', title: say('Send backward'), keys: 'Alt+[', run: () => backward(board) },
    { ...shared, id: 'order.back', title: say('Send to back'), keys: '[ Ctrl+[', run: () => toBack(board) },
  )
}
