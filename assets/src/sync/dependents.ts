import type { Entry } from './pending.ts'

/**
 * The entries that make no sense without one that was refused with this code, of
 * those behind it that wait.
 */
export function dependents(entry: Entry, code: string, waiting: readonly Entry[]): Entry[] {
  const made = new Set(creates(entry))
  if (made.size > 0) return waiting.filter((e) => !e.touchesBoard && [...e.touches.keys()].every((id) => made.has(id)))
  if (code !== 'deleted' || entry.op.kind !== 'note.text') return []
  const { note } = entry.op
  const restored = waiting.findIndex((e) => e.touches.get(note)?.some((op) => op.kind === 'note.restore'))
  return waiting
    .slice(0, restored < 0 ? undefined : restored)
    .filter((e) => e.op.kind === 'note.text' && e.op.note === note)
}

function creates(entry: Entry): string[] {
  return [...entry.touches].filter(([, ops]) => ops.some((op) => op.kind === 'note.create')).map(([id]) => id)
}
