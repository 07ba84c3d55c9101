import { decide } from '../notes/apply.ts'
import { invert } from '../notes/delta.ts'
import { applyEffect } from '../notes/effect.ts'
import { isLive, type Note, type ValueField, valueOf, type Values } from '../notes/note.ts'
import { type BoardOp, type Op, type Replica, type SingleOp, singles } from '../notes/op.ts'
import { Overlay } from '../notes/overlay.ts'
import type { Guard } from './guards.ts'
import type { Action } from './history.ts'

/**
 * What takes an op back, in the order in which the op does it. `view` is what the
 * op is about to be applied to. The guards do not yet know which entry they await.
 */
export function inverseOf(op: Op, view: Replica): Action[] {
  const on = new Overlay(view)
  const actions: Action[] = []
  for (const one of singles(op)) {
    const action = one.kind === 'board.set' ? inverseBoard(one, on) : inverseNote(one, on.note(one.note))
    if (action) actions.push(action)
    const free = one.kind === 'note.text' ? { ...one, rev: on.note(one.note)?.rev ?? 0 } : one
    const outcome = decide(on, free, { seq: 0, actor: { id: '', name: '' }, history: () => [] })
    if ('effect' in outcome) applyEffect(on, outcome.effect, 0)
  }
  return actions
}

function inverseBoard(op: BoardOp, on: Replica): Action | undefined {
  if (op.set.name === undefined) return undefined
  return { kind: 'board', name: on.board.name, guards: [guard('', 'name')] }
}

function inverseNote(op: Exclude<SingleOp, BoardOp>, note: Note | undefined): Action | undefined {
  const id = op.note
  switch (op.kind) {
    case 'note.create':
    case 'note.restore':
      return isLive(note) ? undefined : { kind: 'delete', note: id, guards: [guard(id, 'note')] }
    case 'note.delete':
      return isLive(note) ? { kind: 'restore', note: id } : undefined
    case 'note.text':
      return isLive(note) ? { kind: 'text', note: id, delta: invert(op.delta, note.text) } : undefined
    case 'note.set': {
      if (!isLive(note)) return undefined
      const fields = Object.keys(op.set) as ValueField[]
      const set = Object.fromEntries(fields.map((f) => [f, valueOf(note, f)])) as Partial<Values>
      return { kind: 'set', note: id, set, guards: fields.map((f) => guard(id, f)) }
    }
  }
}

function guard(note: string, field: Guard['field']): Guard {
  return { note, field, base: 0, key: 0 }
}
