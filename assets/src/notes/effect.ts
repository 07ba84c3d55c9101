import { apply } from './delta.ts'
import { round } from './limits.ts'
import { extraFields, type Field, type Note, type ValueField, type Values } from './note.ts'
import { type Effect, type Replica, type SingleEffect, singleEffects } from './op.ts'

/** Changes the replica by an effect that was committed at seq. */
export function applyEffect(to: Replica, effect: Effect, seq: number): void {
  for (const e of singleEffects(effect)) applySingle(to, e, seq)
}

function applySingle(to: Replica, e: SingleEffect, seq: number): void {
  switch (e.kind) {
    case 'board.set':
      if (e.effect.set.name !== undefined) to.setBoard({ name: e.effect.set.name, versions: { name: seq } })
      return
    case 'note.create':
    case 'note.restore':
      to.put(e.effect.note)
      return
    case 'note.set':
      change(to, e.effect.note, seq, Object.keys(e.effect.set) as ValueField[], () => rounded(e.effect.set))
      return
    case 'note.text':
      change(to, e.effect.note, seq, ['text'], (n) => ({ text: apply(e.effect.delta, n.text), rev: e.effect.rev }))
      return
    case 'note.delete':
      change(to, e.effect.note, seq, ['live'], () => ({ deleted: seq }))
  }
}

function change(to: Replica, id: string, seq: number, fields: Field[], how: (n: Note) => Partial<Note>): void {
  const note = to.note(id)
  if (note === undefined) return
  const versions = { ...note.versions }
  for (const f of fields) versions[f] = seq
  const next = { ...note, ...how(note), versions }
  for (const f of extraFields) if (!next[f]) delete next[f]
  to.put(next)
}

/** The values with their measures kept to hundredths. */
export function rounded(set: Partial<Values>): Partial<Values> {
  const out = { ...set }
  for (const f of ['x', 'y', 'w', 'h'] as const) {
    const v = out[f]
    if (v !== undefined) out[f] = round(v)
  }
  return out
}
