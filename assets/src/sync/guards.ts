import { type BoardFields, type Field, fieldVersion, type Note, noteVersion, type ValueField, valueFields } from '../notes/note.ts'
import type { Op, SingleEffect, SingleOp } from '../notes/op.ts'

/**
 * Keeps an undo from overwriting somebody else's later work. It names a field
 * and the seq of this client's own last write to it: `base`, once that write has
 * landed; until then `key` names the pending entry that will write it.
 */
export interface Guard {
  note: string // '' is the board
  field: Field | 'name' | 'note' // 'note': every change of the note counts
  base: number // 0 until the write has landed
  key: number // 0 when nothing is awaited
}

export function sameGuard(a: Guard, b: Guard): boolean {
  return a.note === b.note && a.field === b.field && a.base === b.base && a.key === b.key
}

/** Where guards look up what has been confirmed. */
export interface Confirmed {
  note(id: string): Note | undefined
  readonly board: BoardFields
}

/** The confirmed version of what a guard watches; 0 for what is not there. */
export function watched(guard: Pick<Guard, 'note' | 'field'>, confirmed: Confirmed): number {
  if (guard.field === 'name') return confirmed.board.versions?.name ?? 0
  const note = confirmed.note(guard.note)
  if (note === undefined) return 0
  return guard.field === 'note' ? noteVersion(note) : fieldVersion(note, guard.field)
}

/** Tells whether somebody else has written after the guarded write, or that write came to nothing. */
export function isSuperseded(guard: Guard, confirmed: Confirmed): boolean {
  if (guard.key !== 0) return false
  return guard.base === 0 || watched(guard, confirmed) > guard.base
}

/** The op without what its guards no longer allow; undefined when nothing is left. */
export function allowed<O extends SingleOp>(op: O, guards: readonly Guard[], confirmed: Confirmed): O | undefined {
  const lost = guards.filter((g) => isAbout(g, op) && isSuperseded(g, confirmed))
  if (lost.length === 0) return op
  if (op.kind !== 'note.set') return undefined
  const set = { ...op.set }
  for (const g of lost) delete set[g.field as keyof typeof set]
  return Object.keys(set).length === 0 ? undefined : { ...op, set }
}

function isAbout(guard: Guard, op: SingleOp): boolean {
  switch (op.kind) {
    case 'board.set':
      return guard.field === 'name'
    case 'note.set':
      return guard.note === op.note && guard.field in op.set
    case 'note.delete':
      return guard.note === op.note && guard.field === 'note'
    default:
      return false
  }
}

/**
 * The op as it goes over the wire: with the seqs of its guards as base, and
 * without what they no longer allow, for that has no seq that could guard it.
 */
export function withBases(op: Op, guards: readonly Guard[], confirmed: Confirmed): Op {
  if (guards.length === 0) return op
  const free = (o: SingleOp): SingleOp | undefined => allowed(o, guards, confirmed)
  if (op.kind !== 'batch') return withBase(free(op) ?? op, guards)
  const ops = op.ops.flatMap((o) => free(o) ?? [])
  return { ...op, ops: (ops.length > 0 ? ops : op.ops).map((o) => withBase(o, guards)) }
}

function withBase(op: SingleOp, guards: readonly Guard[]): SingleOp {
  const mine = guards.filter((g) => isAbout(g, op) && g.base > 0)
  if (mine.length === 0) return op
  switch (op.kind) {
    case 'note.set':
    case 'board.set':
      return { ...op, base: Object.fromEntries(mine.map((g) => [g.field, g.base])) } as SingleOp
    case 'note.delete':
      return { ...op, base: Math.max(...mine.map((g) => g.base)) }
    default:
      return op
  }
}

/** All guards in use, so that they can follow this client's own writes. */
export class GuardBook {
  private readonly byNote = new Map<string, Set<Guard>>()

  track(guards: Iterable<Guard>): void {
    for (const g of guards) {
      const set = this.byNote.get(g.note) ?? new Set()
      this.byNote.set(g.note, set.add(g))
    }
  }

  untrack(guards: Iterable<Guard>): void {
    for (const g of guards) {
      const set = this.byNote.get(g.note)
      set?.delete(g)
      if (set?.size === 0) this.byNote.delete(g.note)
    }
  }

  /**
   * An own write of the pending entry `key` is about to be confirmed at seq.
   * Guards that awaited it are settled; guards whose write it directly follows
   * go along, for nobody else wrote in between.
   */
  follow(effect: SingleEffect, confirmed: Confirmed, seq: number, key: number): void {
    for (const write of writesOf(effect)) {
      const before = watched(write, confirmed)
      for (const g of this.byNote.get(write.note) ?? []) {
        if (g.field === write.field) advance(g, before, seq, key)
      }
    }
  }

  /** The entry `key` writes no more: who still awaits it falls back to the write before. */
  dropped(key: number): void {
    for (const set of this.byNote.values()) {
      for (const g of set) if (g.key === key) g.key = 0
    }
  }

  /** The entry `key` landed unseen at seq; at 0, when that is not known, what is there now counts as its write. */
  assume(key: number, seq: number, confirmed: Confirmed): void {
    for (const set of this.byNote.values()) {
      for (const g of set) if (g.key === key) advance(g, 0, seq || watched(g, confirmed), key)
    }
  }

  /** The guards that await something no longer do so, unless it is one of these entries. */
  release(keys: ReadonlySet<number>): void {
    for (const set of this.byNote.values()) {
      for (const g of set) if (!keys.has(g.key)) g.key = 0
    }
  }

  clear(): void {
    this.byNote.clear()
  }
}

function advance(g: Guard, before: number, seq: number, key: number): void {
  if (g.key === key) {
    g.key = 0
    g.base = seq
  } else if (g.base > 0 && g.base === before) {
    g.base = seq
  }
}

/** What an effect writes, as guards see it. */
function writesOf(e: SingleEffect): Pick<Guard, 'note' | 'field'>[] {
  switch (e.kind) {
    case 'board.set':
      return [{ note: '', field: 'name' }]
    case 'note.create':
      return fieldsOf(e.effect.note.id, [...valueFields, 'text', 'live'])
    case 'note.set':
      return fieldsOf(e.effect.note, Object.keys(e.effect.set) as ValueField[])
    case 'note.text':
      return fieldsOf(e.effect.note, ['text'])
    case 'note.delete':
      return fieldsOf(e.effect.note, ['live'])
    case 'note.restore':
      return fieldsOf(e.effect.note.id, ['live'])
  }
}

function fieldsOf(note: string, fields: Field[]): Pick<Guard, 'note' | 'field'>[] {
  return [...fields, 'note' as const].map((field) => ({ note, field }))
}
