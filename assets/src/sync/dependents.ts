import type { NoteOp } from '../notes/op.ts'
import type { Entry } from './pending.ts'

/**
 * The entries that make no sense without one that was refused with this code, of
 * those behind it that wait: what was typed behind typing that came too late for
 * its note belongs to it, up to where the note is restored or unlocked here.
 */
export function dependents(entry: Entry, code: string, waiting: readonly Entry[]): Entry[] {
  const made = new Set(creates(entry))
  if (made.size > 0) return waiting.filter((e) => !e.touchesBoard && [...e.touches.keys()].every((id) => made.has(id)))
  if ((code !== 'deleted' && code !== 'locked') || entry.op.kind !== 'note.text') return []
  const { note } = entry.op
  const opened = waiting.findIndex((e) => e.touches.get(note)?.some(opens))
  return waiting
    .slice(0, opened < 0 ? undefined : opened)
    .filter((e) => e.op.kind === 'note.text' && e.op.note === note)
}

function opens(op: NoteOp): boolean {
  return op.kind === 'note.restore' || (op.kind === 'note.set' && op.set.locked === false)
}

function creates(entry: Entry): string[] {
  return [...entry.touches].filter(([, ops]) => ops.some((op) => op.kind === 'note.create')).map(([id]) => id)
}
