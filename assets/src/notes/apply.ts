import { apply as applyDelta, type Delta, deltaSpan, length, transform } from './delta.ts'
import { checkName, checkText, checkValues } from './check.ts'
import { applyEffect, rounded } from './effect.ts'
import { isId, maxBatch, maxNotes, maxText } from './limits.ts'
import { type Author, type Extras, extrasOf, type Field, fieldVersion, isLive, type Note, type NoteKind, noteVersion, type Values, valueFields } from './note.ts'
import type {
  BatchOp, BoardOp, CreateOp, DeleteOp, Effect, Event, NoteOp, Op, Replica, RestoreOp, SetOp, SingleEffect, SingleOp, TextOp,
} from './op.ts'
import type { Document } from './document.ts'
import { Overlay } from './overlay.ts'
import { noop, type Outcome, reject, type Rejection } from './rejection.ts'

/** What deciding an op needs beside the document. */
export interface Context {
  seq: number // that the op would have
  actor: Author
  at?: string // when it is made; only the server knows
  /** Takes a connector's ends as they are given: what is shown of them is looked up later. */
  anyEnds?: boolean
  /** The deltas that led from revision rev to the note's; undefined when the log does not reach back. */
  history: (note: Note, rev: number) => Delta[] | undefined
}

/** Decides an op on the document, which it does not change. */
export function apply(doc: Replica & { seq: number }, op: Op, context: Partial<Context> = {}): Outcome<Effect> {
  const c: Context = {
    seq: doc.seq + 1,
    actor: { id: '', name: '' },
    history: (note, rev) => (rev === note.rev ? [] : undefined),
    ...context,
  }
  return op.kind === 'batch' ? batch(doc, op, c) : decide(doc, op, c)
}

/**
 * Moves the document on by the next event.
 * @throws RangeError when there is a gap; the document is then unchanged.
 */
export function applyEvent(doc: Document, event: Event): void {
  if (event.seq !== doc.seq + 1) throw new RangeError(`event ${event.seq} does not follow ${doc.seq}`)
  applyEffect(doc, event, event.seq)
  doc.seq = event.seq
}

/** Decides one op that is not a batch. */
export function decide(r: Replica, op: SingleOp, c: Context): Outcome<SingleEffect> {
  switch (op.kind) {
    case 'note.create':
      return create(r, op, c)
    case 'note.set':
      return set(r, op, c)
    case 'note.text':
      return text(r, op, c)
    case 'note.delete':
      return remove(r, op)
    case 'note.restore':
      return restore(r, op, c)
    case 'board.set':
      return board(r, op)
    default:
      return op satisfies never
  }
}

function batch(r: Replica, op: BatchOp, c: Context): Outcome<Effect> {
  if (op.ops.length > maxBatch) return reject('too_many', `A batch holds at most ${maxBatch} ops.`)
  const trial = new Overlay(r)
  const effects: SingleEffect[] = []
  for (const inner of op.ops) {
    if ((inner.kind as string) === 'batch') return reject('invalid', 'A batch cannot hold a batch.')
    const outcome = decide(trial, inner, c)
    if ('reject' in outcome) return outcome
    if ('noop' in outcome) continue
    applyEffect(trial, outcome.effect, c.seq)
    effects.push(outcome.effect)
  }
  return effects.length === 0 ? noop : { effect: { kind: 'batch', effect: { effects } } }
}

function create(r: Replica, op: CreateOp, c: Context): Outcome<SingleEffect> {
  if (!isId(op.note)) return reject('invalid', "A note's id has 8 to 32 characters of 0-9, A-Z, a-z, - and _.")
  const there = r.note(op.note)
  if (there) return reject('exists', `There is a note "${op.note}" already.`, there)
  if (r.size >= maxNotes) return full()
  const { as, x, y, w, h, color, z, text } = op
  const ends = as === 'connector' ? { from: op.from ?? '', to: op.to ?? '' } : {}
  const bad = checkKind(as) ?? checkValues({ ...op, ...ends }, as) ?? checkText(text) ?? (c.anyEnds ? undefined : joins(r, as, {}, op))
  if (bad) return { reject: bad }
  const place = rounded({ x, y, w, h }) as Pick<Note, 'x' | 'y' | 'w' | 'h'>
  const more = { ...extrasOf(op), rev: 0, author: c.actor, ...(c.at && { at: c.at }), created: c.seq }
  const note: Note = { id: op.note, ...(as && { kind: as }), ...place, color, z, text, ...more }
  return { effect: { kind: 'note.create', effect: { note } } }
}

function checkKind(kind: string | undefined): Rejection | undefined {
  if (kind === undefined || kind === 'frame' || kind === 'connector') return undefined
  return reject('invalid', `There is no kind of note "${kind}".`).reject
}

/** Refuses ends that a connector cannot be given on the board as it is. One that is not given anew may be gone. */
function joins(r: Replica, kind: NoteKind | undefined, now: Extras, set: Extras): Rejection | undefined {
  const given = [set.from, set.to].filter((end) => end !== undefined)
  if (kind !== 'connector' || given.length === 0) return undefined
  for (const end of given) {
    const note = r.note(end)
    if (!isLive(note) || note.kind === 'connector') return reject('invalid', 'A connector joins two notes that are on the board.').reject
  }
  const { from, to } = { ...now, ...set }
  return from === to ? reject('invalid', 'A connector joins two different notes.').reject : undefined
}

function full(note?: Note): Outcome<SingleEffect> {
  return reject('too_many', `The board is full: it holds ${maxNotes} notes.`, note)
}

function set(r: Replica, op: SetOp, c: Context): Outcome<SingleEffect> {
  const note = r.note(op.note)
  if (!isLive(note)) return notAlive(op, note)
  const bad = checkValues(op.set, note.kind)
  if (bad) return { reject: { ...bad, note } }
  const set = rounded(op.set)
  for (const f of valueFields) {
    if (set[f] === undefined || newerThan(note, f, op.base?.[f])) delete set[f]
  }
  if (Object.keys(set).length === 0) return noop
  if (note.locked && !unlocks(set)) return locked(note)
  const torn = c.anyEnds ? undefined : joins(r, note.kind, note, set)
  if (torn) return { reject: { ...torn, note } }
  return { effect: { kind: 'note.set', effect: { note: op.note, set } } }
}

function locked(note: Note): Outcome<SingleEffect> {
  return reject('locked', 'The note is locked. Unlock it to change it.', note)
}

/** Tells whether the values may be given to a locked note: they unlock it, or touch nothing but the lock. */
function unlocks(set: Partial<Values>): boolean {
  return set.locked === false || (set.locked === true && Object.keys(set).length === 1)
}

/** Tells whether the field has changed after its base; no base guards nothing. */
function newerThan(note: Note, field: Field, base: number | undefined): boolean {
  return base !== undefined && fieldVersion(note, field) > base
}

function notAlive(op: NoteOp, note: Note | undefined): Outcome<SingleEffect> {
  if (note === undefined) return reject('not_found', `There is no note "${op.note}" on this board.`)
  return reject('deleted', 'The note was deleted meanwhile.', note)
}

function text(r: Replica, op: TextOp, c: Context): Outcome<SingleEffect> {
  const note = r.note(op.note)
  if (!isLive(note)) return notAlive(op, note)
  if (note.locked) return locked(note)
  if (op.rev < 0 || op.rev > note.rev) return reject('invalid', `The note has no revision ${op.rev} yet.`, note)
  for (const part of op.delta) {
    const bad = typeof part === 'string' ? checkText(part) : undefined
    if (bad) return { reject: { ...bad, note } }
  }
  const since = c.history(note, op.rev)
  if (!since) return reject('stale', 'The edit was made on a text that is too old to merge with.', note)
  const delta = since.reduce((d, earlier) => transform(d, earlier, 'second'), op.delta)
  if (delta.length === 0) return noop
  if (deltaSpan(delta) > length(note.text)) {
    return reject('invalid', `The edit does not fit the text of revision ${op.rev}.`, note)
  }
  if (length(applyDelta(delta, note.text)) > maxText) {
    return reject('too_long', `A note holds at most ${maxText} characters.`, note)
  }
  return { effect: { kind: 'note.text', effect: { note: op.note, rev: note.rev + 1, delta } } }
}

function remove(r: Replica, op: DeleteOp): Outcome<SingleEffect> {
  const note = r.note(op.note)
  if (note === undefined) return notAlive(op, note)
  if (!isLive(note) || (op.base !== undefined && op.base > 0 && noteVersion(note) > op.base)) return noop
  if (note.locked) return locked(note)
  return { effect: { kind: 'note.delete', effect: { note: op.note } } }
}

function restore(r: Replica, op: RestoreOp, c: Context): Outcome<SingleEffect> {
  const note = r.note(op.note)
  if (note === undefined) return notAlive(op, note)
  if (note.deleted === undefined) return noop
  if (r.size >= maxNotes) return full(note)
  const { deleted: _, ...kept } = note
  const back: Note = { ...kept, versions: { ...note.versions, live: c.seq } }
  return { effect: { kind: 'note.restore', effect: { note: back } } }
}

function board(r: Replica, op: BoardOp): Outcome<SingleEffect> {
  const name = op.set.name
  if (name === undefined) return noop
  const bad = checkName(name)
  if (bad) return { reject: bad }
  if (op.base?.name !== undefined && (r.board.versions?.name ?? 0) > op.base.name) return noop
  return { effect: { kind: 'board.set', effect: { set: { name } } } }
}
