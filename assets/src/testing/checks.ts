import assert from 'node:assert/strict'
import type { Document, Snapshot } from '../notes/document.ts'
import { isLive, type Note, type ValueField, valueOf } from '../notes/note.ts'
import { type Event, type Op, singleEffects, singles } from '../notes/op.ts'
import { type Offer, wordsIn } from '../sync/offers.ts'
import type { PendingList } from '../sync/pending.ts'
import type { OpenPage } from './page.ts'

/** What may be looked at inside a client, to check what it shows. */
interface Inside {
  rebase: { pending: PendingList; confirmed: Document; showAll(): void }
}

/** Keeps account of what people did, and checks what they see. */
export class Checks {
  private readonly typedBy = new Map<string, string>() // by code point: who typed it
  private readonly erasedBy = new Map<string, Set<number>>() // by themselves, or with the note that somebody saw them in: on which pages
  private readonly told = new Map<string, Set<string>>() // came back as words: to whom
  private readonly excused = new Set<string>() // was on a board whose backup was restored
  private readonly landed = new Set<string>()
  private readonly copies = new Map<string, number>() // how often it was put back from an offer
  private readonly deletedNotes = new Set<string>()
  private readonly undoers = new Set<string>()
  private readonly written = new Map<string, { page: OpenPage; note: string; set: Partial<Note> }>()
  private readonly writers = new Map<string, string>() // by note and field: who wrote it last
  private readonly open = new Map<string, { browser: string; offer: Offer }>() // offers, by id
  private readonly chosen = new Set<string>()
  private readonly holders = new Map<string, Set<string>>() // who brought it back, besides who typed it
  /** Whether an erased code point may be there again: an undo, a refusal or a backup has brought it back. */
  mayComeBack = false

  typed(page: OpenPage, text: string): void {
    for (const c of text) this.typedBy.set(c, page.browser.name)
  }

  erased(page: OpenPage, text: string): void {
    for (const c of text) add(this.erasedBy, c, page.number)
  }

  deleted(page: OpenPage, note: Note): void {
    this.deletedNotes.add(note.id)
    this.erased(page, note.text)
  }

  /** Words that the person was shown: those of a refusal, or of an offer. */
  tell(page: OpenPage, text: string | undefined): void {
    for (const c of text ?? '') add(this.told, c, page.browser.name)
  }

  /** What a page offers; each offer stays until the person chooses, or its note is back with the words. */
  offers(page: OpenPage, offers: readonly Offer[]): void {
    for (const [id, { browser, offer }] of this.open) {
      if (browser === page.browser.name && !offers.some((o) => o.id === id) && isWritten(page, offer)) this.open.delete(id)
    }
    for (const offer of offers) {
      for (const { text } of wordsIn(offer)) this.tell(page, text)
      this.deletedWithin(page, offer)
      if (!this.chosen.has(offer.id)) this.open.set(offer.id, { browser: page.browser.name, offer })
    }
  }

  /** Words of an offer that its own later deletion of their note takes along: as it would have on the board. */
  private deletedWithin(page: OpenPage, offer: Offer): void {
    const written = new Map<string, string>()
    for (const op of offer.ops.flatMap(singles)) {
      if (op.kind === 'note.create') written.set(op.note, op.text)
      if (op.kind === 'note.text') written.set(op.note, (written.get(op.note) ?? '') + op.delta.filter((part) => typeof part === 'string').join(''))
      if (op.kind === 'note.delete') this.erased(page, written.get(op.note) ?? '')
    }
  }

  /** The person chose what becomes of an offer, and with it of those that it stands for. */
  choice(page: OpenPage, offer: Offer): void {
    this.chosen.add(offer.id)
    this.open.delete(offer.id)
    const shown = new Set(page.client.shelf.offers.map(({ id }) => id))
    for (const [id, known] of this.open) {
      if (known.browser === page.browser.name && !shown.has(id) && holds([offer], known.offer)) this.open.delete(id)
    }
  }

  /** I12: what nobody has chosen about is still offered, in that browser, itself or by one that says all of it. */
  stillOffered(pages: readonly OpenPage[]): void {
    for (const { browser, offer } of this.open.values()) {
      const now = pages.filter((page) => page.browser.name === browser).flatMap((page) => page.client.shelf.offers)
      // One that was made just before its page ended is made anew, from the same edits.
      const isThere = now.some(({ id, ops }) => id === offer.id || JSON.stringify(ops) === JSON.stringify(offer.ops)) || holds(now, offer)
      assert.ok(isThere, `I12: the offer ${offer.id} (${offer.code}) of ${browser} went by itself`)
    }
  }

  /** What an offer's own edits write is on its way again: being told of it once is no excuse any more. */
  putBack(page: OpenPage, offer: Offer, deed: () => void): void {
    this.mayComeBack = true
    this.turned(page)
    for (const { text } of wordsIn(offer)) for (const c of text) this.copies.set(c, (this.copies.get(c) ?? 0) + 1)
    const before = seen(page)
    deed()
    for (const c of seen(page)) if (!before.has(c)) this.back(page, c)
  }

  /** An undo or a redo: what goes from the person's view they have erased, what comes back must stay. */
  undid(page: OpenPage, deed: () => void): void {
    this.mayComeBack = true
    this.undoers.add(page.browser.name)
    this.turned(page)
    const before = seen(page)
    const notes = page.client.view.live()
    deed()
    const after = seen(page)
    for (const note of notes) if (!page.note(note.id)) this.deleted(page, note)
    for (const c of before) if (!after.has(c)) add(this.erasedBy, c, page.number)
    for (const c of after) if (!before.has(c)) this.back(page, c)
  }

  /** The person brought it back: neither that they erased it nor that they were told of it excuses its loss. */
  private back(page: OpenPage, c: string): void {
    this.erasedBy.get(c)?.delete(page.number)
    this.told.get(c)?.delete(page.browser.name)
    add(this.holders, c, page.browser.name)
  }

  /** A backup was restored: what had landed since may be gone, and what was gone may be there. */
  restored(backup: Snapshot): void {
    this.mayComeBack = true
    const kept = new Set(backup.notes.flatMap((note) => [...note.text]))
    for (const c of this.landed) if (!kept.has(c)) this.excused.add(c)
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
  committed(op: Op, event: Event, pages: readonly OpenPage[]): void {
    const who = event.client.split('-')[0] ?? ''
    const page = pages.find(({ client }) => client.clientId === event.client)
    const guards = page ? ((page.client as unknown as Inside).rebase.pending.byMid(event.mid)?.guards ?? []) : []
    const guarded = new Set(singles(op).flatMap((o) => (o.kind === 'note.set' && o.base ? [o.note] : [])))
    for (const effect of singleEffects(event)) {
      if (effect.kind === 'note.create') for (const c of effect.effect.note.text) this.landed.add(c)
      if (effect.kind === 'note.text') for (const part of effect.effect.delta) if (typeof part === 'string') for (const c of part) this.landed.add(c)
      if (effect.kind !== 'note.set') continue
      for (const field of Object.keys(effect.effect.set)) {
        const key: string = `${effect.effect.note} ${field}`
        const last: string = this.writers.get(key) ?? who
        if (guarded.has(effect.effect.note) || guards.some((g) => g.note === effect.effect.note && g.field === field)) assert.equal(last, who, `undo: ${key} was written by ${last} since`)
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

  /** It was locked meanwhile, by somebody or by an earlier page: what waits will be refused, and is not shown any more. */
  private isShut(page: OpenPage, note: string): boolean {
    const { confirmed } = (page.client as unknown as Inside).rebase
    return [confirmed.note(note), page.note(note)].some((n) => n?.locked)
  }

  private pendingIsSeen(page: OpenPage, pending: PendingList): void {
    for (const [key, { page: of, note, set }] of this.written) {
      if (of !== page) continue
      const waiting = writtenFields(pending, note)
      const seen = page.note(note)
      if (waiting.size === 0 || !seen || this.isShut(page, note)) this.written.delete(key)
      else {
        for (const [field, value] of Object.entries(set)) {
          if (waiting.has(field)) assert.equal(valueOf(seen, field as ValueField), value, `I7: ${note}.${field}`)
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
      if (n > 0) assert.ok(this.mayComeBack || !this.isErased(c) || this.told.has(c), `I9: ${c} was erased and is there`)
      const isTaken = this.isErased(c) || withNotes.has(c) || this.excused.has(c)
      if (n === 0) assert.ok(isTaken || this.isTold(c, author), `I9, I12: ${c}, typed by ${author}, is lost`)
    }
    for (const c of found.keys()) assert.ok(this.typedBy.has(c), `I9: nobody typed ${c}`)
  }

  private isErased(c: string): boolean {
    return (this.erasedBy.get(c)?.size ?? 0) > 0
  }

  /** Tells whether somebody whose edit it was has been told of it. */
  private isTold(c: string, author: string): boolean {
    const told = this.told.get(c) ?? new Set()
    return told.has(author) || [...(this.holders.get(c) ?? [])].some((name) => told.has(name))
  }

  /** How often it may be there: two who erase the same at one time and both take that back bring it back twice. */
  private most(c: string): number {
    const undone = this.erasedBy.has(c) ? Math.max(0, this.undoers.size - 1) : 0
    return 1 + undone + (this.copies.get(c) ?? 0)
  }
}

function add<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
  sets.set(key, (sets.get(key) ?? new Set()).add(value))
}

/** Tells whether all words of an offer stand in others. */
function holds(others: readonly Offer[], offer: Offer): boolean {
  const words = new Set(others.flatMap(wordsIn).flatMap(({ text }) => [...text]))
  return wordsIn(offer).length > 0 && wordsIn(offer).every(({ text }) => [...text].every((c) => words.has(c)))
}

/** Whether the note in which the offered words were written is saved, with every code point of them. */
function isWritten(page: OpenPage, offer: Offer): boolean {
  const note = page.client.confirmed.note(offer.from ?? '')
  return isLive(note) && wordsIn(offer).every(({ text }) => [...text].every((c) => note.text.includes(c)))
}

/** The code points that a person sees on the board. */
function seen(page: OpenPage): Set<string> {
  return new Set(page.client.view.live().flatMap((note) => [...note.text]))
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
