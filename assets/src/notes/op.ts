import type { Delta } from './parts.ts'
import { type Author, type BoardFields, extrasOf, type Note, type NoteKind, type ValueField, type Values } from './note.ts'

/**
 * Makes a note under an id of the client's making: a sticky note, or what `as`
 * names. A connector has `from` and `to`, and 0 for x, y, w and h.
 */
export interface CreateOp extends Values {
  kind: 'note.create'
  note: string
  as?: NoteKind
  text: string
}

/**
 * Changes fields. A field that base names is left alone when it has changed
 * after that seq, so that an undo never overwrites somebody else's later work.
 */
export interface SetOp {
  kind: 'note.set'
  note: string
  set: Partial<Values>
  base?: Partial<Record<ValueField, number>>
}

/** Edits the text as it was at revision rev. */
export interface TextOp {
  kind: 'note.text'
  note: string
  rev: number
  delta: Delta
}

/** Deletes a note, unless base is given and the note has changed after it. */
export interface DeleteOp {
  kind: 'note.delete'
  note: string
  base?: number
}

/** Brings a deleted note back as it was. */
export interface RestoreOp {
  kind: 'note.restore'
  note: string
}

/** Changes fields of the board. */
export interface BoardOp {
  kind: 'board.set'
  set: { name?: string }
  base?: { name?: number }
}

/** An op on exactly one note. */
export type NoteOp = CreateOp | SetOp | TextOp | DeleteOp | RestoreOp

/** An op that may stand in a batch. */
export type SingleOp = NoteOp | BoardOp

/** All or nothing: a paste, an import, a group's move. */
export interface BatchOp {
  kind: 'batch'
  ops: SingleOp[]
}

/** A proposed edit, without the mid that its client gives it. */
export type Op = SingleOp | BatchOp

/** What one committed op changed; applying it needs no decision. */
export type SingleEffect =
  | { kind: 'note.create'; effect: { note: Note } }
  | { kind: 'note.set'; effect: { note: string; set: Partial<Values> } }
  | { kind: 'note.text'; effect: { note: string; rev: number; delta: Delta } }
  | { kind: 'note.delete'; effect: { note: string } }
  | { kind: 'note.restore'; effect: { note: Note } }
  | { kind: 'board.set'; effect: { set: { name?: string } } }

/** What a committed op changed. */
export type Effect = SingleEffect | { kind: 'batch'; effect: { effects: SingleEffect[] } }

/** A committed op. */
export type Event = Effect & {
  seq: number
  client: string
  mid: number
  actor: Author
  at: string
}

/** What ops are decided on and effects are applied to. */
export interface Replica {
  note(id: string): Note | undefined
  put(note: Note): void
  readonly size: number
  readonly board: BoardFields
  setBoard(board: BoardFields): void
}

/** What makes a note like this one, under another id; `change` says what is different. */
export function creationOf(like: Pick<Note, 'kind' | 'text' | ValueField>, note: string, change: Partial<Values> = {}): CreateOp {
  const { x, y, w, h, color, z, text, kind } = like
  return { kind: 'note.create', note, ...(kind && { as: kind }), x, y, w, h, color, z, ...extrasOf(like), text, ...change }
}

/** The single ops of an op, in order. */
export function singles(op: Op): SingleOp[] {
  return op.kind === 'batch' ? op.ops : [op]
}

/** The single effects of an effect, in order. */
export function singleEffects(effect: Effect): SingleEffect[] {
  return effect.kind === 'batch' ? effect.effect.effects : [effect]
}

/** The note that an effect is about; undefined for the board's own fields. */
export function effectNote(e: SingleEffect): string | undefined {
  switch (e.kind) {
    case 'board.set':
      return undefined
    case 'note.create':
    case 'note.restore':
      return e.effect.note.id
    case 'note.set':
    case 'note.text':
    case 'note.delete':
      return e.effect.note
  }
}
