import { decide } from '../notes/apply.ts'
import { apply, compose, type Delta, deltaSpan, diff, length } from '../notes/delta.ts'
import { Document, type Snapshot } from '../notes/document.ts'
import { applyEffect } from '../notes/effect.ts'
import { defaultColor, defaultSize } from '../notes/limits.ts'
import type { Author, BoardFields, Note } from '../notes/note.ts'
import { effectNote, type Event, type NoteOp, type Op, type Replica, type SingleEffect, singleEffects, singles, type TextOp } from '../notes/op.ts'
import { firstKey } from '../notes/zorder.ts'
import { Changes } from './changes.ts'
import { allowed, type Guard, type GuardBook } from './guards.ts'
import { Holder } from './holder.ts'
import { type Entry, PendingList, rebaseText } from './pending.ts'

// Of a note whose deletion was not seen: no text has it, so that an edit on it
// is refused rather than merged wrongly.
const unknownRev = 2 ** 31 - 1

/** What Rebase tells its owner. */
export interface RebaseHooks {
  /** The shown text of a note was patched by something else than an op made here just now. */
  patched(note: string, delta: Delta): void
  /** Words that were erased here stand in the note again: erasing them came to nothing. */
  returned(note: string): void
  /** An own edit landed otherwise than foreseen. Never with a server that keeps the rules. */
  drifted(note: string, foreseen: string, landed: string): void
}

/**
 * The document three times: confirmed + pending = view (I6). Confirmed changes
 * only by the next event or by a snapshot; a note's view is its confirmed state
 * with the pending ops that touch it applied in mid order, and is made anew
 * whenever one of the two changes.
 */
export class Rebase {
  readonly pending = new PendingList()
  readonly changes = new Changes()
  readonly view: Document
  private readonly lastBy = new Map<string, string>() // by note, '' is the board: whom of the others it was seen changed by last

  constructor(
    public confirmed: Document,
    private readonly me: Author,
    private readonly guards: GuardBook,
    private readonly hooks: RebaseHooks,
  ) {
    this.view = new Document(confirmed.epoch, confirmed.seq, confirmed.board, confirmed.notes.values())
  }

  /** Adds an op that was made on the view. */
  add(op: Op, guards: Guard[], foldable: boolean, due: number, inHand = false): Entry {
    const entry = this.pending.add(op, guards, foldable, due, inHand)
    this.guards.track(guards)
    for (const one of singles(op)) {
      if (one.kind === 'board.set') continue
      const before = this.view.note(one.note)
      this.step(this.view, one, guards)
      this.changes.note(one.note, before, this.view.note(one.note))
    }
    if (entry.touchesBoard) this.showBoard()
    return entry
  }

  /** Moves confirmed on by the next event; own is the entry that it settles. */
  confirm(event: Event, own: Entry | undefined): void {
    const foreseen = own ? this.notesWith([own]) : undefined
    const touched = new Set(own?.touches.keys())
    if (own) this.forget(own)
    for (const effect of singleEffects(event)) {
      const id = effectNote(effect)
      if (id !== undefined) touched.add(id)
      if (!own) this.lastBy.set(id ?? '', event.actor.name)
      if (own) this.guards.follow(effect, this.confirmed, event.seq, own.key)
      else if (id !== undefined) this.patch(id, this.patchOf(id, effect))
      applyEffect(this.confirmed, effect, event.seq)
    }
    if (own) this.guards.dropped(own.key)
    this.confirmed.seq = event.seq
    this.view.seq = event.seq
    if (own && foreseen) this.compare(own, foreseen)
    this.show(touched)
  }

  /** The one other person who was seen to change what an op is about; undefined when there are several, or none was seen. */
  changedBy(op: Op): string | undefined {
    const names = new Set(singles(op).map((one) => this.lastBy.get(one.kind === 'board.set' ? '' : one.note)))
    return names.size === 1 ? [...names][0] : undefined
  }

  /** Takes an entry back out: it came to nothing. */
  withdraw(entry: Entry): void {
    const texts = entry.textNotes().map((id) => [id, this.view.note(id)?.text ?? ''] as const)
    for (const [id] of texts) this.unwrite(entry, id)
    this.forget(entry)
    this.guards.dropped(entry.key)
    this.show(entry.touches.keys())
    for (const [id, before] of texts) {
      const after = this.view.note(id)?.text
      if (after === undefined) continue
      const patch = diff(before, after)
      if (patch.some((part) => typeof part === 'string')) this.hooks.returned(id)
      this.report(id, patch)
    }
  }

  /** Lets go of an entry that confirmed holds already. */
  absorb(entry: Entry): void {
    this.forget(entry)
    this.guards.assume(entry.key, entry.seq, this.confirmed)
    this.show(entry.touches.keys())
  }

  /**
   * Replaces confirmed. `landed` are entries that the snapshot holds already; what
   * is pending behind them is carried over to the new texts.
   */
  replace(snapshot: Snapshot, epoch: number, landed: readonly Entry[]): void {
    const before = this.confirmed
    const known = this.notesWith(landed)
    for (const entry of landed) this.forget(entry)
    this.confirmed = new Document(epoch, snapshot.seq, snapshot.board, snapshot.notes)
    if (epoch === before.epoch) this.keepDeleted([...known.values(), ...before.notes.values()])
    for (const entry of landed) this.guards.assume(entry.key, entry.seq, this.confirmed)
    for (const note of snapshot.notes) {
      const base = (known.get(note.id) ?? before.note(note.id))?.text
      if (base !== undefined && base !== note.text) this.patch(note.id, diff(base, note.text))
    }
    this.showAll()
  }

  /**
   * Puts entries before all others that wait, each reading on what is confirmed
   * now. `landed` are those of their page that confirmed holds already.
   */
  insert(entries: readonly Entry[], landed: readonly Entry[]): void {
    for (const id of new Set(entries.flatMap((e) => e.textNotes()))) {
      const made = entries.flatMap((e) => e.touches.get(id) ?? []).flatMap((op) => (op.kind === 'note.text' ? [op.delta] : []))
      this.patch(id, made.reduce(compose, []))
    }
    this.pending.entries.unshift(...entries)
    for (const entry of entries) this.guards.track(entry.guards)
    for (const entry of landed) this.guards.assume(entry.key, entry.seq, this.confirmed)
    this.guards.release(new Set(this.pending.entries.map((e) => e.key)))
    this.showAll()
  }

  /** Remembers a note that is no longer on the board, for the words that pending text still reads on. */
  recall(id: string, text: string): void {
    const place = { x: 0, y: 0, w: defaultSize, h: defaultSize, color: defaultColor, z: firstKey }
    const { seq } = this.confirmed
    this.confirmed.put({ id, ...place, text, rev: unknownRev, author: { id: '', name: '' }, created: 0, deleted: seq })
  }

  /** Remembers a note that was deleted, as it was shown before, until it is brought back. */
  remember(note: Note): void {
    this.keepDeleted([note])
    this.showNote(note.id)
  }

  /** Makes the whole view anew. */
  showAll(): void {
    const { epoch, seq, board, notes } = this.confirmed
    this.view.epoch = epoch
    this.view.reset(seq, board, notes.values())
    for (const entry of this.pending.entries) {
      for (const op of singles(entry.op)) if (op.kind !== 'board.set') this.step(this.view, op, entry.guards)
    }
    this.showBoard()
    this.changes.everything()
  }

  /** Makes the view of these notes, and of the board's fields, anew. */
  show(ids: Iterable<string>): void {
    for (const id of ids) this.showNote(id)
    this.showBoard()
  }

  /** Carries an edit of a note's confirmed text through the pending ones to the view. */
  patch(id: string, delta: Delta): void {
    if (delta.length > 0) this.report(id, rebaseText(this.pending.entries, id, delta))
  }

  private showNote(id: string): void {
    const holder = new Holder(this.confirmed.note(id), this.confirmed.board)
    this.write(holder, id, this.pending.entries)
    const before = this.view.note(id)
    if (holder.held) this.view.put(holder.held)
    else this.view.drop(id)
    this.changes.note(id, before, holder.held)
  }

  private showBoard(): void {
    let board: BoardFields = this.confirmed.board
    for (const entry of this.pending.entries) {
      if (!entry.touchesBoard) continue
      for (const op of singles(entry.op)) {
        const name = op.kind === 'board.set' ? allowed(op, entry.guards, this.confirmed)?.set.name : undefined
        if (name !== undefined) board = { ...board, name }
      }
    }
    if (board.name !== this.view.board.name) this.changes.board()
    this.view.setBoard(board)
  }

  /** What the entries do to one note. */
  private write(holder: Holder, id: string, entries: Iterable<Entry>): void {
    for (const entry of entries) {
      for (const op of entry.touches.get(id) ?? []) this.step(holder, op, entry.guards)
    }
  }

  /** One pending op on top of what is shown so far. What does not fit changes nothing. */
  private step(on: Replica, op: NoteOp, guards: readonly Guard[]): void {
    const free = allowed(op, guards, this.confirmed)
    if (!free) return
    if (free.kind === 'note.text') return typeOn(on, free)
    const seq = this.confirmed.seq + 1
    const outcome = decide(on, free, { seq, actor: this.me, anyEnds: true, history: () => [] })
    if ('effect' in outcome) applyEffect(on, outcome.effect, seq)
  }

  private forget(entry: Entry): void {
    this.pending.remove(entry)
    this.guards.untrack(entry.guards)
  }

  /** What an effect of somebody else does to the text of a note that is known here. */
  private patchOf(id: string, effect: SingleEffect): Delta {
    if (effect.kind === 'note.text') return effect.effect.delta
    const before = this.confirmed.note(id)
    if (!before || (effect.kind !== 'note.create' && effect.kind !== 'note.restore')) return []
    return diff(before.text, effect.effect.note.text)
  }

  private report(id: string, delta: Delta): void {
    if (delta.length === 0) return
    this.changes.text(id, delta)
    this.hooks.patched(id, delta)
  }

  /** The notes that entries touch, as they would be confirmed with these landed. */
  private notesWith(entries: readonly Entry[]): Map<string, Note> {
    const notes = new Map<string, Note>()
    for (const id of new Set(entries.flatMap((e) => [...e.touches.keys()]))) {
      const holder = new Holder(this.confirmed.note(id), this.confirmed.board)
      this.write(holder, id, entries)
      if (holder.held) notes.set(id, holder.held)
    }
    return notes
  }

  /** A restored note may have another text than the one that was known here; own text lands as foreseen. */
  private compare(own: Entry, foreseen: Map<string, Note>): void {
    const written = own.textNotes()
    for (const [id, { text }] of foreseen) {
      const landed = this.confirmed.note(id)?.text
      if (landed === undefined || landed === text) continue
      if (written.includes(id)) this.hooks.drifted(id, text, landed)
      this.patch(id, diff(text, landed))
    }
  }

  /** Carries the pending text behind an entry over the loss of that entry's. */
  private unwrite(entry: Entry, id: string): void {
    const at = this.pending.entries.indexOf(entry)
    const holder = new Holder(this.confirmed.note(id), this.confirmed.board)
    this.write(holder, id, this.pending.entries.slice(0, at))
    const without = holder.held?.text ?? ''
    this.write(holder, id, [entry])
    rebaseText(this.pending.entries.slice(at + 1), id, diff(holder.held?.text ?? '', without))
  }

  /** Notes that a snapshot no longer holds are deleted, not unknown; only their last words and revision are. */
  private keepDeleted(known: Iterable<Note>): void {
    for (const note of known) {
      if (this.confirmed.note(note.id)) continue
      this.confirmed.put({ ...note, deleted: note.deleted ?? this.confirmed.seq, rev: unknownRev })
    }
  }
}

/**
 * Pending text is carried along on a deleted note too, where nobody sees it: the
 * note may come back, and until then the words are not lost. The text stays on
 * the revision that is confirmed.
 */
function typeOn(on: Replica, op: TextOp): void {
  const note = on.note(op.note)
  if (note && deltaSpan(op.delta) <= length(note.text)) on.put({ ...note, text: apply(op.delta, note.text) })
}
