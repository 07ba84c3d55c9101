import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fold } from './fold.ts'
import { fitness, ranked } from './rank.ts'

const LIST = [
  { title: 'Zoom in', also: 'larger' },
  { title: 'Duplicate', also: 'copy clone' },
  { title: 'Copy link to this place' },
  { title: 'Bring to front' },
  { title: 'Select all' },
]
const found = (typed: string): string[] => ranked(typed, LIST).map((a) => a.title)

test('the name counts more than other words, and every word must fit', () => {
  assert.deepEqual(found('copy'), ['Copy link to this place', 'Duplicate'])
  assert.deepEqual(found('copy link'), ['Copy link to this place'])
  assert.deepEqual(found('front bri'), ['Bring to front'])
  assert.deepEqual(found('larg'), ['Zoom in'])
  assert.deepEqual(found('zoom front'), [])
})

test('letters in order fit where nothing better does', () => {
  assert.deepEqual(found('dpl'), ['Duplicate'])
  assert.deepEqual(found('sall'), ['Select all'])
  assert.deepEqual(found('xyz'), [])
})

test('nothing typed fits everything, in its order', () => {
  assert.deepEqual(found(' '), LIST.map((a) => a.title))
})

test('neither case nor accents matter', () => {
  assert.ok(fitness('VERKLEINERN', { title: 'Ansicht verkleinern' }) > 0)
  assert.ok(fitness('grosse', { title: 'Größe' }) === 0 && fitness('grö', { title: 'Größe' }) > 0)
  assert.equal(fold('ÉCOLE ﬁx Ａ'), 'ecole fix a')
})
