import assert from 'node:assert/strict'
import type { Document } from '../notes/document.ts'
import type { Note } from '../notes/note.ts'
import type { PendingList } from '../sync/pending.ts'
import type { Rejected } from '../sync/types.ts'
import type { OpenPage } from './page.ts'

/** What may be looked at inside a client, to check what it shows. */
interface Inside {
  rebase: { pending: PendingList; showAll(): void }
}

/** Keeps account of what people did, and checks what they see. */
export class Checks {
  private readonly all = new Set<string>()
  private readonly gone = new Set<string>()
  private readonly deletedNotes = new Set<string>()
  private readonly written = new Map<string, { page: OpenPage; note: string; set: Partial<Note> }>()

  typed(char: string): void {
    this.all.add(char)
  }

  erased(char: string): void {
    this.gone.add(char)
  }

  deleted(note: string): void {
    this.deletedNotes.add(note)
  }

  /** A person set fields: until that is settled they see them so. */
  wrote(page: OpenPage, note: string, set: Partial<Note>): void {
    const key = `${page.browser.name} ${note}`
    const before = this.written.get(key)?.set
    this.written.set(key, { page, note, set: { ...before, ...set } })
  }

  /** After an undo or a reload other values than the last written ones may be right. */
  turned(page: OpenPage): void {
    for (const [key, w] of this.written) if (w.page === page) this.written.delete(key)
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

  /** I9: every typed character is there once, unless somebody took it away. I12: or somebody was told. */
  characters(doc: Document, rejected: readonly Rejected[]): void {
    const found = new Map<string, number>()
    for (const note of doc.live()) for (const c of note.text) found.set(c, (found.get(c) ?? 0) + 1)
    const told = new Set(rejected.flatMap((r) => [...(r.text ?? '')]))
    const withNotes = new Set([...this.deletedNotes].flatMap((id) => [...(doc.note(id)?.text ?? '')]))
    for (const c of this.all) {
      const n = found.get(c) ?? 0
      assert.ok(n <= 1, `I9: ${c} is there ${n} times`)
      if (n === 1) assert.ok(!this.gone.has(c) || told.has(c), `I9: ${c} was erased and is there`)
      if (n === 0) assert.ok(this.gone.has(c) || told.has(c) || withNotes.has(c), `I9, I12: ${c} is lost`)
    }
    for (const c of found.keys()) assert.ok(this.all.has(c), `I9: nobody typed ${c}`)
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
