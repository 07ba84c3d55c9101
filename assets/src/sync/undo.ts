import type { Document } from '../notes/document.ts'
import { isLive, type ValueField } from '../notes/note.ts'
import type { Op, SingleOp } from '../notes/op.ts'
import { type Confirmed, type Guard, isSuperseded } from './guards.ts'
import type { Action, Step } from './history.ts'
import type { Rejected } from './types.ts'

/** An op that takes back a part of a step. */
export interface Takeback {
  op: Op
  guards: Guard[]
}

/** How a step can be taken back now. */
export interface Plan {
  parts: Takeback[]
  lost: SingleOp[] // what somebody else's later work has made impossible
}

/** An undo that came to nothing, or did only a part: somebody has written since. */
export function superseded(op: Op, by: string | undefined, partly = false): Rejected {
  return { op, code: 'superseded', reason: '', by, partly }
}

/** Plans how to take a step back: text each on its own, the rest of a run all or nothing. */
export function planOf(step: Step, view: Document, confirmed: Confirmed): Plan {
  const plan: Plan = { parts: [], lost: [] }
  let run: { op: SingleOp; guards: Guard[] }[] = []
  const restored = new Set<string>()
  const close = (): void => {
    if (run.length > 0) plan.parts.push(together(run))
    run = []
  }
  for (const action of step.actions.toReversed()) {
    const there = action.kind === 'board' || restored.has(action.note) || isLive(view.note(action.note))
    const part = there === (action.kind === 'restore') ? undefined : possible(action, confirmed)
    if (!part) {
      plan.lost.push(opOf(action))
      continue
    }
    if (action.kind === 'restore') restored.add(action.note)
    if (action.kind === 'text') close()
    run.push(part)
    if (action.kind === 'text') close()
  }
  close()
  return plan
}

function together(run: { op: SingleOp; guards: Guard[] }[]): Takeback {
  const [first] = run
  if (first && run.length === 1) return first
  return { op: { kind: 'batch', ops: run.map((part) => part.op) }, guards: run.flatMap((part) => part.guards) }
}

/** What of an action nobody else has overwritten since. */
function possible(action: Action, confirmed: Confirmed): { op: SingleOp; guards: Guard[] } | undefined {
  const op = opOf(action)
  switch (action.kind) {
    case 'restore':
      return { op, guards: [] }
    case 'text':
      return action.delta.length > 0 ? { op, guards: [] } : undefined
    case 'delete':
    case 'board':
      return action.guards.some((g) => isSuperseded(g, confirmed)) ? undefined : { op, guards: action.guards }
    case 'set': {
      const guards = action.guards.filter((g) => !isSuperseded(g, confirmed))
      if (guards.length === 0) return undefined
      const set = Object.fromEntries(guards.map((g) => [g.field, action.set[g.field as ValueField]]))
      return { op: { kind: 'note.set', note: action.note, set }, guards }
    }
  }
}

export function opOf(action: Action): SingleOp {
  switch (action.kind) {
    case 'restore':
      return { kind: 'note.restore', note: action.note }
    case 'text':
      return { kind: 'note.text', note: action.note, rev: 0, delta: action.delta }
    case 'delete':
      return { kind: 'note.delete', note: action.note }
    case 'board':
      return { kind: 'board.set', set: { name: action.name } }
    case 'set':
      return { kind: 'note.set', note: action.note, set: action.set }
  }
}
