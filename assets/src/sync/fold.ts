import { apply, compose } from '../notes/delta.ts'
import type { BatchOp, NoteOp, Op, SetOp } from '../notes/op.ts'
import type { Entry } from './pending.ts'

/**
 * Merges op into an entry that waits, so that ten moves of a note are one op.
 * Answers with that entry, or undefined when op must stand on its own. What was
 * ever sent is never touched.
 */
export function fold(entries: readonly Entry[], op: Op): Entry | undefined {
  if (op.kind === 'batch') return foldBatch(entries, op)
  if (op.kind === 'board.set') return foldBoard(entries, op)
  if (op.kind !== 'note.set' && op.kind !== 'note.text') return undefined
  for (let i = entries.length - 1; i >= 0; i--) {
    const entry = entries[i]
    if (!entry || entry.mid > 0) return undefined
    if (!entry.touches.has(op.note)) continue
    if (!isOpen(entry) || entry.op.kind === 'batch') return undefined
    const merged = merge(entry.op as NoteOp, op)
    if (merged) {
      entry.op = merged
      return entry
    }
    if (!commute(entry.op.kind, op.kind)) return undefined
  }
  return undefined
}

/** Tells whether what the op sets lets other ops go through or not: it keeps its place among them. */
function isOrdered(op: Op): boolean {
  return op.kind === 'note.set' && (op.set.locked ?? op.set.from ?? op.set.to) !== undefined
}

/** Tells whether ops may still be merged into the entry. */
function isOpen(entry: Entry): boolean {
  return entry.mid === 0 && entry.foldable && entry.guards.length === 0
}

/** A note's measures and its text do not disturb one another. */
function commute(a: Op['kind'], b: Op['kind']): boolean {
  return (a === 'note.set' && b === 'note.text') || (a === 'note.text' && b === 'note.set')
}

function merge(host: NoteOp, op: NoteOp): NoteOp | undefined {
  if (isOrdered(host) || isOrdered(op)) return undefined
  if (host.kind === 'note.create' && op.kind === 'note.set') return { ...host, ...op.set }
  if (host.kind === 'note.create' && op.kind === 'note.text') return { ...host, text: apply(op.delta, host.text) }
  if (host.kind === 'note.set' && op.kind === 'note.set') return { ...host, set: { ...host.set, ...op.set } }
  if (host.kind === 'note.text' && op.kind === 'note.text') return { ...host, delta: compose(host.delta, op.delta) }
  return undefined
}

function foldBoard(entries: readonly Entry[], op: Op & { kind: 'board.set' }): Entry | undefined {
  const last = entries.findLast((e) => e.touchesBoard)
  if (!last || !isOpen(last) || last.op.kind !== 'board.set') return undefined
  last.op = { ...last.op, set: { ...last.op.set, ...op.set } }
  return last
}

/** A group's move folds into the same group's move before it. */
function foldBatch(entries: readonly Entry[], op: BatchOp): Entry | undefined {
  const last = entries.at(-1)
  if (!last || !isOpen(last) || last.op.kind !== 'batch') return undefined
  const host = setsByNote(last.op)
  const more = setsByNote(op)
  if (!host || !more || host.size !== more.size) return undefined
  const ops: SetOp[] = []
  for (const [id, set] of host) {
    const next = more.get(id)
    if (!next) return undefined
    ops.push({ ...set, set: { ...set.set, ...next.set } })
  }
  last.op = { kind: 'batch', ops }
  return last
}

/** The batch's ops by note, if each sets values of another note. */
function setsByNote(batch: BatchOp): Map<string, SetOp> | undefined {
  const sets = new Map<string, SetOp>()
  for (const op of batch.ops) {
    if (op.kind !== 'note.set' || op.base || isOrdered(op) || sets.has(op.note)) return undefined
    sets.set(op.note, op)
  }
  return sets
}
