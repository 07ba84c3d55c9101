import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CreateOp } from '../notes/op.ts'
import { clipIn } from './clip.ts'
import { type Clip, formsOf, TYPE } from './forms.ts'

const note = (id: string, text: string, more: Partial<CreateOp> = {}): CreateOp =>
  ({ kind: 'note.create', note: id, x: 0, y: 0, w: 200, h: 200, color: 'pink', z: 'a0', text, ...more })
const clip = (...notes: CreateOp[]): Clip => ({ origin: 'https://board.example.com', board: 'b_1', notes })
const read = (change: object): Clip | null => clipIn(JSON.stringify({ corkboard: 1, ...clip(note('aaaaaaaa', 'a')), ...change }), '')

test('what is copied is what is pasted', () => {
  const copied = clip(note('aaaaaaaa', 'one', { locked: true }), note('bbbbbbbb', 'two', { as: 'frame', link: 'https://example.com/' }))
  assert.deepEqual({ ...clipIn(formsOf(copied)[TYPE]!, '') }, copied)
})

test('other programs get the words in reading order, and nothing that runs', () => {
  const forms = formsOf(clip(note('aaaaaaaa', '<b>below</b> & "so"', { y: 900 }), note('bbbbbbbb', 'above'), note('cccccccc', ' ')))
  assert.equal(forms['text/plain'], 'above\n<b>below</b> & "so"')
  assert.ok(forms['text/html']!.endsWith('<p>above</p><p>&lt;b&gt;below&lt;/b&gt; &amp; &quot;so&quot;</p></div>'))
  const [left, right] = [{ as: 'frame', w: 900, h: 900 }, { as: 'frame', x: 1000, w: 900, h: 900 }] as const
  const framed = clip(
    note('frameaaa', 'Left', left), note('framebbb', 'Right', right), note('aaaaaaaa', 'second', { y: 500 }), note('bbbbbbbb', 'third', { x: 1100, y: 40 }),
    note('cccccccc', 'first', { x: 50, y: 50 }), note('dddddddd', 'because', { as: 'connector', w: 0, h: 0, from: 'aaaaaaaa', to: 'bbbbbbbb' }),
  )
  assert.equal(formsOf(framed)['text/plain'], 'Left\nfirst\nsecond\nRight\nthird\nbecause', 'frame by frame')
  assert.equal(formsOf(clip(note('aaaaaaaa', 'a\nb'), note('bbbbbbbb', 'c', { x: 300 })))['text/plain'], 'a\nb\n\nc')
})

test('what a board would refuse is not taken from a clipboard', () => {
  assert.ok(read({}))
  for (const notes of [
    [], 'x', [null], [note('short', 'a')], [note('aaaaaaaa', 'x'.repeat(10_001))], [note('aaaaaaaa', 'a', { color: 'puce' })],
    [note('aaaaaaaa', 'a'), note('aaaaaaaa', 'b')], [note('aaaaaaaa', 'a', { link: 'javascript:alert(1)' })],
    [{ ...note('aaaaaaaa', 'a'), picture: 5 }], [{ ...note('aaaaaaaa', 'a'), unknown: 'x' }], [note('aaaaaaaa', 'a', { x: 1e9 })],
    [{ kind: 'note.delete', note: 'aaaaaaaa' }], Array.from({ length: 10_001 }, (_, i) => note(`note${i}${i}`, '')),
  ]) assert.equal(read({ notes }), null, JSON.stringify(notes).slice(0, 100))
  assert.equal(read({ corkboard: 2 }), null)
  assert.equal(read({ board: 7 }), null)
  for (const json of ['', 'null', '{', '[]', '7']) assert.equal(clipIn(json, ''), null)
})
