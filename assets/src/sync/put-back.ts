import { diff, transform } from '../notes/delta.ts'
import type { Document } from '../notes/document.ts'
import { isLive, type Note } from '../notes/note.ts'
import { type CreateOp, creationOf, type NoteOp, type SingleOp, singles } from '../notes/op.ts'
import { applied, byNote, endsDeleted, type Offer, outcome, textDelta } from './offers.ts'

/**
 * What puts an offer back onto the board as it is now: an edit goes into its note
 * where that is still there, merged with what the others wrote; a note that is
 * gone is made anew.
 */
export function putBack(offer: Offer, view: Document, newId: () => string): SingleOp[] {
  const name = offer.ops.flatMap(singles).findLast((op) => op.kind === 'board.set')
  const anew = new Map<string, CreateOp>()
  const onThere: SingleOp[] = []
  for (const [id, ops] of byNote(offer)) {
    const now = view.note(id)
    const look = isLive(now) ? undefined : outcome(id, ops, offer)
    if (isLive(now)) onThere.push(...onto(now, ops, offer))
    else if (look) anew.set(id, creationOf(look, newId(), { locked: false }))
  }
  return [...joined(anew, view), ...onThere, ...(name ? [name] : [])]
}

/** Notes first, then the connectors between those that will be there. */
function joined(anew: ReadonlyMap<string, CreateOp>, view: Document): CreateOp[] {
  const end = (id = ''): string | undefined => anew.get(id)?.note ?? (isLive(view.note(id)) ? id : undefined)
  const all = [...anew.values()]
  const connectors = all.filter(({ as }) => as === 'connector').flatMap((op) => {
    const [from, to] = [end(op.from), end(op.to)]
    return from && to ? [{ ...op, from, to }] : []
  })
  return [...all.filter(({ as }) => as !== 'connector'), ...connectors]
}

/** Edits on a note that is there; it has been made and restored already. */
function onto(now: Note, ops: readonly NoteOp[], offer: Offer): SingleOp[] {
  const out: SingleOp[] = ops.flatMap((op) => (op.kind === 'note.set' ? [{ kind: op.kind, note: op.note, set: op.set }] : []))
  const base = ops.find((op) => op.kind === 'note.create')?.text ?? offer.texts[now.id] ?? now.text
  const mine = textDelta(ops)
  const isThere = applied(mine, base) === now.text
  const delta = isThere ? [] : transform(mine, diff(base, now.text), 'second')
  if (delta.length > 0) out.push({ kind: 'note.text', note: now.id, rev: 0, delta })
  return endsDeleted(ops) ? [{ kind: 'note.delete', note: now.id }] : out
}
