import { apply, compose, type Delta, diff } from '../notes/delta.ts'
import type { Document } from '../notes/document.ts'
import { defaultColor, defaultSize } from '../notes/limits.ts'
import { isLive, type Note, type ValueField } from '../notes/note.ts'
import { type CreateOp, type NoteOp, type Op, singles } from '../notes/op.ts'
import { firstKey } from '../notes/zorder.ts'
import { type SavedWork, shownIn, textsOf } from './store.ts'
import type { Rejected } from './types.ts'
import { writes } from './words.ts'

/**
 * Edits that are not on the board and would be lost if nobody asked: they are
 * kept, over a reload too, until the person puts them back or lets them go.
 */
export interface Offer {
  id: string
  code: string // why: that of the refusal, or one of ours
  reason: string // the sentence of the refusal, for whoever writes programs
  ops: Op[]
  texts: Record<string, string> // what the text ops read on, by note
  shown: Record<string, Note> // the notes as the person saw them
  from?: string // the note in which the words of a refused edit were written
}

/** The code of words whose note was deleted while they were written. */
export const deletedWhileWriting = 'deleted_while_writing'

/** Offers pending work that cannot be done again without asking; undefined when there is none. */
export function offerOfWork(work: SavedWork, code: 'epoch' | 'forgotten', id: string): Offer | undefined {
  if (work.entries.length === 0) return undefined
  const ops = work.entries.map((e) => e.op)
  return { id, code, reason: '', ops, texts: textsOf(work), shown: shownIn(work) }
}

/** Offers the words of a refused edit as a new note in its place; undefined when it held none. */
export function offerOfRefusal(r: Rejected, view: Document, newId: () => string): Offer | undefined {
  if (!r.text?.trim()) return undefined
  const ids = singles(r.op).filter(writes).map((op) => (op as NoteOp).note)
  const made = singles(r.op).find((op): op is CreateOp => op.kind === 'note.create')
  return offerOfWords(r.text, r.note ?? view.note(ids[0] ?? '') ?? (made && { ...made, kind: made.as }), ids.join(), r, newId)
}

type Look = Pick<Note, 'kind' | ValueField>

const someLook: Look = { x: 0, y: 0, w: defaultSize, h: defaultSize, color: defaultColor, z: firstKey }

/** Offers words as a new note that looks as the one, named by `from`, that they were written in. */
export function offerOfWords(text: string, look: Look | undefined, from: string, why: Pick<Rejected, 'code' | 'reason'>, newId: () => string): Offer {
  const { x, y, w, h, color, z } = look && look.kind !== 'connector' ? look : someLook
  const op: CreateOp = { kind: 'note.create', note: newId(), x, y, w, h, color, z, text }
  return { id: newId(), code: why.code, reason: why.reason, ops: [op], texts: {}, shown: {}, from }
}

/** The words that an offer holds, a note each, with their colour. */
export function wordsIn(offer: Offer): { note: string; text: string; color: string }[] {
  return [...byNote(offer)].flatMap(([note, ops]) => {
    const { text, color } = outcome(note, ops, offer) ?? {}
    return text?.trim() && ops.some(writes) ? [{ note, text, color: color ?? defaultColor }] : []
  })
}

/** Tells whether a later offer says all that an earlier one of the same note says, so that one is enough. */
export function covers(later: Offer, earlier: Offer): boolean {
  if (!later.from || later.from !== earlier.from) return false
  const [now, before] = [wordsIn(later), wordsIn(earlier)]
  return before.every((b) => now.some((n) => holds(n.text, b.text)))
}

/** Tells whether a note that had been deleted is there again, with all the words in it that are offered. */
export function isBack(offer: Offer, doc: Document): boolean {
  const note = doc.note(offer.from ?? '')
  return ['deleted', deletedWhileWriting].includes(offer.code) && isLive(note) && wordsIn(offer).every(({ text }) => holds(note.text, text))
}

/** Tells whether nothing of the words is missing in a text. */
function holds(text: string, words: string): boolean {
  return diff(words, text).every((part) => typeof part === 'string' || part > 0)
}

/** The offered edits of each note. */
export function byNote(offer: Offer): Map<string, NoteOp[]> {
  const notes = new Map<string, NoteOp[]>()
  for (const op of offer.ops.flatMap(singles)) {
    if (op.kind !== 'board.set') notes.set(op.note, [...(notes.get(op.note) ?? []), op])
  }
  return notes
}

/** The note as the offered edits leave it, as far as that is known; undefined when they leave none. */
export function outcome(id: string, ops: readonly NoteOp[], offer: Offer): (Look & { text: string }) | undefined {
  if (endsDeleted(ops)) return undefined
  const made = ops.find((op): op is CreateOp => op.kind === 'note.create')
  const seen = offer.shown[id]
  if (seen) return seen
  const text = made?.text ?? offer.texts[id]
  if (text === undefined) return undefined
  const look = made ? { ...made, kind: made.as } : someLook
  return { ...look, text: applied(textDelta(ops), text) }
}

/**
 * Tells whether the edits delete the note for good. Words that were written behind
 * it, on a page that did not know of it yet, are no less its author's.
 */
export function endsDeleted(ops: readonly NoteOp[]): boolean {
  const last = ops.findLastIndex((op) => op.kind === 'note.delete')
  return last >= 0 && !ops.slice(last + 1).some((op) => op.kind === 'note.restore' || writes(op))
}

export function applied(delta: Delta, text: string): string {
  return delta.length === 0 ? text : apply(delta, text)
}

/** What the edits do to the note's text, in one. */
export function textDelta(ops: readonly NoteOp[]): Delta {
  return ops.reduce<Delta>((all, op) => (op.kind === 'note.text' ? compose(all, op.delta) : all), [])
}
