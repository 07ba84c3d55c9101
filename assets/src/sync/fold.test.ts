import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Document } from '../notes/document.ts'
import type { Op, SingleOp } from '../notes/op.ts'
import { defaultLimits, nextFrame, onWire } from './frame.ts'
import type { Guard } from './guards.ts'
import { PendingList } from './pending.ts'

const set = (note: string, values: object): SingleOp => ({ kind: 'note.set', note, set: values })
const text = (note: string, ...delta: (number | string)[]): SingleOp => ({ kind: 'note.text', note, rev: 0, delta })
const create = (note: string): SingleOp => ({ kind: 'note.create', note, x: 0, y: 0, w: 40, h: 40, color: 'sky', z: 'a0', text: '' })

function list(...ops: Op[]): PendingList {
  const pending = new PendingList()
  for (const op of ops) pending.add(op, [], true, 0)
  return pending
}

/** The ops that are pending, after these were added one by one. */
function folded(...ops: Op[]): Op[] {
  return list(...ops).entries.map((e) => e.op)
}

test('ten moves of a note are one', () => {
  const ops = Array.from({ length: 10 }, (_, i) => set('a', { x: i }))
  assert.deepEqual(folded(...ops, set('a', { y: 1 })), [set('a', { x: 9, y: 1 })])
})

test('typing composes, past moves of the same note and anything of others', () => {
  assert.deepEqual(folded(text('a', 'h'), set('a', { x: 1 }), set('b', { x: 1 }), text('a', 1, 'i')), [text('a', 'hi'), set('a', { x: 1 }), set('b', { x: 1 })])
})

test('a creation takes up what follows', () => {
  assert.deepEqual(folded(create('a'), set('a', { x: 7 }), text('a', 'hi')), [{ ...create('a'), x: 7, text: 'hi' }])
})

test('a lock and the ends of a connector keep their place among the ops', () => {
  for (const values of [{ locked: true }, { locked: false, x: 2 }, { to: 'b' }, { from: 'b' }]) {
    assert.equal(folded(set('a', { x: 1 }), set('a', values), set('a', { x: 3 })).length, 3)
    assert.equal(folded(create('a'), set('a', values)).length, 2)
    const batch = (some: object): Op => ({ kind: 'batch', ops: [set('a', some), set('b', some)] })
    assert.equal(folded(batch({ x: 1 }), batch(values), batch({ x: 2 })).length, 3)
  }
})

test('nothing is folded past a deletion, a restoration or a batch of the same note', () => {
  const fences: Op[] = [{ kind: 'note.delete', note: 'a' }, { kind: 'note.restore', note: 'a' }, { kind: 'batch', ops: [set('a', { y: 2 }), create('b')] }]
  for (const fence of fences) assert.equal(folded(set('a', { x: 1 }), fence, set('a', { x: 2 })).length, 3, fence.kind)
})

test("a group's moves are one, another group's are not", () => {
  const move = (x: number, ...ids: string[]): Op => ({ kind: 'batch', ops: ids.map((id) => set(id, { x })) })
  assert.deepEqual(folded(move(1, 'a', 'b'), move(2, 'a', 'b')), [move(2, 'a', 'b')])
  assert.equal(folded(move(1, 'a', 'b'), move(2, 'a', 'c')).length, 2)
  assert.equal(folded(move(1, 'a', 'b'), move(2, 'a')).length, 2)
})

test('renames are one', () => {
  const rename = (name: string): Op => ({ kind: 'board.set', set: { name } })
  assert.deepEqual(folded(rename('a'), set('a', { x: 1 }), rename('b')), [rename('b'), set('a', { x: 1 })])
})

test('what was ever sent, is guarded or asked to stand alone is left as it is', () => {
  const sent = list(set('a', { x: 1 }))
  const [first] = sent.entries
  assert.ok(first)
  first.mid = 1
  sent.add(set('a', { x: 2 }), [], true, 0)
  assert.deepEqual(sent.entries.map((e) => e.op), [set('a', { x: 1 }), set('a', { x: 2 })])
  const guard: Guard = { note: 'a', field: 'x', base: 3, key: 0 }
  const guarded = list()
  guarded.add(set('a', { x: 1 }), [guard], true, 0)
  guarded.add(set('a', { x: 2 }), [], true, 0)
  guarded.add(set('a', { x: 3 }), [], false, 0)
  guarded.add(set('a', { x: 4 }), [], true, 0)
  assert.equal(guarded.size, 4)
})

const confirmed = new Document(1, 5, { name: 'B' }, [
  { id: 'a', x: 0, y: 0, w: 40, h: 40, color: 'sky', z: 'a0', text: 'abc', rev: 3, author: { id: '', name: '' }, created: 1 },
])

test('a frame holds one edit of a text, on the confirmed revision', () => {
  const pending = list(text('a', 'x'), { kind: 'note.delete', note: 'a' }, { kind: 'note.restore', note: 'a' }, text('a', 'y'), set('b', { x: 1 }))
  const frame = nextFrame(pending.entries, confirmed, defaultLimits)
  assert.deepEqual(frame.map((e) => e.op.kind), ['note.text', 'note.delete', 'note.restore'])
  assert.deepEqual(frame.slice(0, 1).map((e) => onWire(e, confirmed)), [{ mid: 0, kind: 'note.text', note: 'a', rev: 3, delta: ['x'] }])
})

test('text on a note that is about to be created is on revision 0, and each edit of a batch on the one before', () => {
  const pending = list(create('n'), { kind: 'note.delete', note: 'n' }, text('n', 'x'))
  const ops = nextFrame(pending.entries, confirmed, defaultLimits).map((e) => onWire(e, confirmed))
  assert.deepEqual(ops.map((op) => ('rev' in op ? op.rev : undefined)), [undefined, undefined, 0])
  const batch = onWire(list({ kind: 'batch', ops: [text('a', 'x'), text('a', 'y'), text('n', 'z')] }).entries[0] ?? assert.fail(), confirmed)
  assert.deepEqual(batch.kind === 'batch' && batch.ops.map((op) => ('rev' in op ? op.rev : undefined)), [3, 4, 0])
})

test('a frame keeps to the limits, but always holds one entry', () => {
  const many = list(...Array.from({ length: 80 }, (_, i) => create(`note-${i}`)))
  assert.equal(nextFrame(many.entries, confirmed, defaultLimits).length, 50)
  const small = nextFrame(many.entries, confirmed, { ops: 50, bytes: 1_000 })
  assert.ok(small.length > 4)
  assert.ok(JSON.stringify({ type: 'ops', gen: 123456, ops: small.map((e) => onWire(e, confirmed)) }).length <= 1_000)
  assert.equal(nextFrame(many.entries, confirmed, { ops: 50, bytes: 1 }).length, 1)
})

test('a guarded entry waits until its base is known, and is alone with its note', () => {
  const pending = list(set('a', { x: 1 }))
  pending.add(set('a', { x: 0 }), [{ note: 'a', field: 'x', base: 0, key: 1 }], false, 0)
  assert.equal(nextFrame(pending.entries, confirmed, defaultLimits).length, 1)
  const known = list(set('a', { y: 1 }))
  known.add(set('a', { x: 0 }), [{ note: 'a', field: 'x', base: 4, key: 0 }], false, 0)
  assert.equal(nextFrame(known.entries, confirmed, defaultLimits).length, 1)
  assert.deepEqual(onWire(known.entries[1] ?? assert.fail(), confirmed), { mid: 0, kind: 'note.set', note: 'a', set: { x: 0 }, base: { x: 4 } })
})

test('a frame ends with a batch: what is left of a refused one goes before anything later', () => {
  const pending = list(set('a', { x: 1 }), { kind: 'batch', ops: [set('a', { y: 2 })] }, set('b', { x: 3 }))
  assert.equal(nextFrame(pending.entries, confirmed, defaultLimits).length, 2)
})
