// Copies of notes, by whatever road they come: duplicated, dragged or pasted.

import { newId } from '../notes/id.ts'
import type { Values } from '../notes/note.ts'
import { type CreateOp, creationOf } from '../notes/op.ts'
import { keysBetween } from '../notes/zorder.ts'
import type { Board } from './board.ts'
import { onBoard } from './bounded.ts'
import { carried } from './carried.ts'

/** The selected notes with what lies in frames among them and what connects two of them, the lowest first. */
export function gathered(board: Board): CreateOp[] {
  const selected = board.selection.ids
  const ids = new Set([...selected, ...carried(board, selected).keys()])
  const all = board.client.view.live().filter((n) => ids.has(n.id) || (n.kind === 'connector' && ids.has(n.from!) && ids.has(n.to!)))
  return all.map((n) => creationOf(n, n.id)).sort(connectorsLast)
}

/** What a connector ties must be there before it. */
function connectorsLast(a: CreateOp, b: CreateOp): number {
  return Number(a.as === 'connector') - Number(b.as === 'connector')
}

/**
 * What makes notes like these, on top of everything and in the same order, moved
 * by so much. Groups are groups of their own, connectors tie copies to copies,
 * and no copy is locked.
 */
export function copies(notes: readonly CreateOp[], top: string | null, dx: number, dy: number): CreateOp[] {
  const zs = keysBetween(notes.length, top, null)
  const ids = new Map(notes.map((n) => [n.note, newId()]))
  const groups = new Map(notes.map((n) => [n.group, newId()]))
  return notes.flatMap((n, i) => {
    const change: Partial<Values> = { z: zs[i]!, locked: false }
    if (n.group) change.group = groups.get(n.group)!
    if (n.as !== 'connector') Object.assign(change, { x: onBoard(n.x + dx), y: onBoard(n.y + dy) })
    else if (!ids.has(n.from!) || !ids.has(n.to!)) return []
    else Object.assign(change, { from: ids.get(n.from!), to: ids.get(n.to!) })
    const { as, kind: _, ...like } = n
    return creationOf({ ...like, ...(as && { kind: as }), ...change }, ids.get(n.note)!)
  })
}
