import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apply, applyEvent } from './apply.ts'
import { Document } from './document.ts'
import { newId } from './id.ts'
import { colors, isId, maxNotes, maxText } from './limits.ts'
import { fieldVersion, noteVersion } from './note.ts'
import type { Event, Op } from './op.ts'

const create = (note: string, text = ''): Op => ({ kind: 'note.create', note, x: 0, y: 0, w: 200, h: 200, color: 'yellow', z: 'a0', text })

function run(doc: Document, ...ops: Op[]): void {
  for (const op of ops) {
    const outcome = apply(doc, op)
    assert.ok('effect' in outcome, JSON.stringify(outcome))
    applyEvent(doc, { ...outcome.effect, seq: doc.seq + 1, client: 'c', mid: 1, actor: { id: '', name: '' }, at: '' } as Event)
  }
}

function board(...ops: Op[]): Document {
  const doc = new Document(1, 0, { name: 'B' }, [])
  run(doc, ...ops)
  return doc
}

test('versions are the seqs of the last changes, field by field', () => {
  const doc = board(create('note-aaaa', 'x'), { kind: 'note.set', note: 'note-aaaa', set: { x: 5 } }, { kind: 'note.text', note: 'note-aaaa', rev: 0, delta: ['y'] })
  const note = doc.note('note-aaaa')
  assert.ok(note)
  assert.deepEqual([fieldVersion(note, 'x'), fieldVersion(note, 'y'), fieldVersion(note, 'text'), noteVersion(note)], [2, 1, 3, 3])
})

test('a note that stands in a document is replaced, never changed', () => {
  const doc = board(create('note-aaaa'))
  const before = doc.note('note-aaaa')
  run(doc, { kind: 'note.set', note: 'note-aaaa', set: { x: 5 } })
  assert.equal(before?.x, 0)
  assert.notEqual(doc.note('note-aaaa'), before)
})

test('an event that does not follow is an error and changes nothing', () => {
  const doc = board(create('note-aaaa'))
  const event = { seq: 3, client: 'c', mid: 1, actor: { id: '', name: '' }, at: '', kind: 'note.delete', effect: { note: 'note-aaaa' } } as Event
  assert.throws(() => applyEvent(doc, event), RangeError)
  assert.equal(doc.size, 1)
})

test('a refused batch leaves everything as it was, and the document is counted right', () => {
  const doc = board(create('note-aaaa'), create('note-bbbb'))
  const hash = doc.hash()
  const outcome = apply(doc, { kind: 'batch', ops: [{ kind: 'note.delete', note: 'note-aaaa' }, { kind: 'note.set', note: 'note-aaaa', set: { x: 1 } }] })
  assert.ok('reject' in outcome && outcome.reject.code === 'deleted')
  assert.deepEqual([doc.hash(), doc.size], [hash, 2])
  run(doc, { kind: 'note.delete', note: 'note-aaaa' })
  assert.deepEqual([doc.size, doc.live().map((n) => n.id)], [1, ['note-bbbb']])
})

test('a full board takes no more notes, neither new nor restored', () => {
  const doc = board(create('note-gone'), { kind: 'note.delete', note: 'note-gone' })
  for (let i = 0; i < maxNotes; i++) {
    doc.put({ id: `note-${i}`, x: 0, y: 0, w: 40, h: 40, color: 'grey', z: 'a0', text: '', rev: 0, author: { id: '', name: '' }, created: 1 })
  }
  for (const op of [create('note-more'), { kind: 'note.restore', note: 'note-gone' }] as const) {
    const outcome = apply(doc, op)
    assert.ok('reject' in outcome && outcome.reject.code === 'too_many')
  }
})

test('what the server would refuse is refused here', () => {
  const doc = board(create('note-aaaa', 'x'.repeat(maxText)))
  const cases: [Op, string][] = [
    [{ kind: 'note.text', note: 'note-aaaa', rev: 0, delta: ['y'] }, 'too_long'],
    [{ kind: 'note.text', note: 'note-aaaa', rev: 0, delta: ['\ud800'] }, 'invalid'],
    [{ kind: 'note.text', note: 'note-aaaa', rev: 0, delta: ['\u0000'] }, 'invalid'],
    [{ kind: 'note.set', note: 'note-aaaa', set: { x: NaN } }, 'invalid'],
    [{ kind: 'note.set', note: 'note-aaaa', set: { color: 'mauve' } }, 'invalid'],
    [{ kind: 'board.set', set: { name: 'two\nlines' } }, 'invalid'],
    [{ kind: 'board.set', set: { name: '' } }, 'invalid'],
  ]
  for (const [op, code] of cases) {
    const outcome = apply(doc, op)
    assert.equal('reject' in outcome && outcome.reject.code, code, JSON.stringify(op).slice(0, 80))
  }
})

test('ids and colours are those of the protocol', () => {
  const ids = Array.from({ length: 1_000 }, newId)
  assert.ok(ids.every((id) => isId(id) && id.length === 21))
  assert.equal(new Set(ids).size, ids.length)
  assert.equal(colors.length, 14)
})
