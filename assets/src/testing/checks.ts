import assert from 'node:assert/strict'
import type { Document } from '../notes/document.ts'
import { isLive, type Note } from '../notes/note.ts'
import { type Event, type Op, singleEffects, singles } from '../notes/op.ts'
import { type Offer, wordsIn } from '../sync/offers.ts'
import type { PendingList } from '../sync/pending.ts'
import type { OpenPage } from './page.ts'

/** What may be looked at inside a client, to check what it shows. */
interface Inside {
  rebase: { pending: PendingList; showAll(): void }
}

/** Keeps account of what people did, and checks what they see. */
export class Checks {
  private readonly typedBy = new Map<string, string>() // by code point: who typed it
  private readonly erasedChars = new Set<string>() // by themselves, or with the note that somebody saw them in
  private readonly told = new Set<string>() // came back to its author as words
  private readonly excused = new Set<string>() // was on a board whose backup was restored
  private readonly landed = new Set<string>()
  private readonly copies = new Map<string, number>() // how often it was put back from an offer
  private readonly deletedNotes = new Set<string>()
  private readonly undoers = new Set<string>()
  private readonly written = new Map<string, { page: OpenPage; note: string; set: Partial<Note> }>()
  private readonly writers = new Map<string, string>() // by note and field: who wrote it last
  /** Whether an erased code point may be there again: an undo, a refusal or a backup has brought it back. */
  mayComeBack = false

  typed(page: OpenPage, text: string): void {
    for (const c of text) this.typedBy.set(c, page.browser.name)
  }

  erased(text: string): void {
    for (const c of text) this.erasedChars.add(c)
  }

  deleted(note: Note): void {
    this.deletedNotes.add(note.id)
    this.erased(note.text)
  }

  /** Words that the person was shown: those of a refusal, or of an offer. */
  tell(text: string | undefined): void {
    for (const c of text ?? '') this.told.add(c)
  }

  putBack(page: OpenPage, offer: Offer): void {
    this.mayComeBack = true
    this.turned(page)
    for (const { text } of wordsIn(offer)) for (const c of text) this.copies.set(c, (this.copies.get(c) ?? 0) + 1)
  }

  undid(page: OpenPage): void {
    this.mayComeBack = true
    this.undoers.add(page.browser.name)
    this.turned(page)
  }

  /** A backup was restored: what had landed may be gone, and what was gone may be there. */
  restored(): void {
    this.mayComeBack = true
    for (const c of this.landed) this.excused.add(c)
    this.writers.clear()
  }

  /** A person set fields: until that is settled they see them so. */
  wrote(page: OpenPage, note: string, set: Partial<Note>): void {
    const key = `${page.number} ${note}`
    const before = this.written.get(key)?.set
    this.written.set(key, { page, note, set: { ...before, ...set } })
  }

  /** After an undo or a reload other values than the last written ones may be right. */
  turned(page: OpenPage): void {
    for (const [key, w] of this.written) if (w.page === page || w.page.browser === page.browser) this.written.delete(key)
  }

  /** An op was committed: one that takes back something touches only what its own author wrote last. */
  committed(op: Op, event: Event): void {
    const who = event.client.split('-')[0] ?? ''
    const guarded = new Set(singles(op).flatMap((o) => (o.kind === 'note.set' && o.base ? [o.note] : [])))
    for (const effect of singleEffects(event)) {
      if (effect.kind === 'note.create') for (const c of effect.effect.note.text) this.landed.add(c)
      if (effect.kind === 'note.text') for (const part of effect.effect.delta) if (typeof part === 'string') for (const c of part) this.landed.add(c)
      if (effect.kind !== 'note.set') continue
      for (const field of Object.keys(effect.effect.set)) {
        const key: string = `${effect.effect.note} ${field}`
        const last: string = this.writers.get(key) ?? who
        if (guarded.has(effect.effect.note)) assert.equal(last, who, `undo: ${key} was written by ${last} since`)
        this.writers.set(key, who)
      }
    }
  }

  /** I6: the view is confirmed + pending. I7: what is pending is what is seen. */
  view(page: OpenPage): void {
    const inside = page.client as unknown as Inside
    const { pending } = inside.rebase
    const shown = page.client.hash()
    this.pendingIsSeen(page, pending)
    const mids = pending.entries.map((e) => e.mid)
    const sent = mids.filter((mid) => mid > 0)
    assert.deepEqual(mids.slice(0, sent.length), sent, 'sent entries come first')
    sent.forEach((mid, i) => assert.ok(mid > (sent[i - 1] ?? 0), 'I4: in mid order'))
    const again = rebuilt(page)
    assert.equal(shown, again, 'I6')
  }

  private pendingIsSeen(page: OpenPage, pending: PendingList): void {
    for (const [key, { page: of, note, set }] of this.written) {
      if (of !== page) continue
      const waiting = writtenFields(pending, note)
      const seen = page.note(note)
      if (waiting.size === 0 || !seen) this.written.delete(key)
      else {
        for (const [field, value] of Object.entries(set)) {
          if (waiting.has(field)) assert.equal(seen[field as 'x'], value, `I7: ${note}.${field}`)
        }
      }
    }
  }

  /** I9: every typed code point is there once, unless somebody took it away. I12: or its author was told. */
  characters(doc: Document): void {
    const found = new Map<string, number>()
    for (const note of doc.live()) for (const c of note.text) found.set(c, (found.get(c) ?? 0) + 1)
    const withNotes = new Set([...this.deletedNotes].filter((id) => !isLive(doc.note(id))).flatMap((id) => [...(doc.note(id)?.text ?? '')]))
    for (const [c, author] of this.typedBy) {
      const n = found.get(c) ?? 0
      assert.ok(n <= this.most(c), `I9: ${c} is there ${n} times`)
      if (n > 0) assert.ok(this.mayComeBack || !this.erasedChars.has(c) || this.told.has(c), `I9: ${c} was erased and is there`)
      const isTaken = this.erasedChars.has(c) || withNotes.has(c) || this.excused.has(c) || this.undoers.has(author)
      if (n === 0) assert.ok(isTaken || this.told.has(c), `I9, I12: ${c}, typed by ${author}, is lost`)
    }
    for (const c of found.keys()) assert.ok(this.typedBy.has(c), `I9: nobody typed ${c}`)
  }

  /** How often it may be there: two who erase the same at one time and both take that back bring it back twice. */
  private most(c: string): number {
    const undone = this.erasedChars.has(c) ? Math.max(0, this.undoers.size - 1) : 0
    return 1 + undone + (this.copies.get(c) ?? 0)
  }
}

/** What the page would show if it made its view anew. */
function rebuilt(page: OpenPage): string {
  const inside = page.client as unknown as Inside
  inside.rebase.showAll()
  return page.client.hash()
}

/** The fields of a note that wait to be written, whatever others do. */
function writtenFields(pending: PendingList, note: string): Set<string> {
  const ops = pending.touching(note).filter((e) => e.guards.length === 0).flatMap((e) => e.touches.get(note) ?? [])
  return new Set(ops.flatMap((op) => (op.kind === 'note.set' ? Object.keys(op.set) : op.kind === 'note.create' ? Object.keys(op) : [])))
}
