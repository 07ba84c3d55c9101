import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Note } from '../notes/note.ts'
import { Finder, spansOf } from './finder.ts'

function note(id: string, x: number, text: string, more: Partial<Note> = {}): Note {
  return { id, x, y: 0, w: 200, h: 200, z: 'a0', color: 'yellow', text, rev: 0, author: { id: 'u', name: 'Åsa' }, created: 1, ...more } as Note
}

const NOTES = [note('c', 900, 'Déjeuner\nat  six'), note('a', 100, 'dejeuner'), note('b', 500, 'DEJEUNER', { color: 'pink' }), note('d', 700, 'else')]

function finder(typed: string, near: (n: Note) => boolean = () => false): Finder {
  const f = new Finder()
  f.look(typed, NOTES, near)
  return f
}

test('finds in the order of reading, whatever the case, accents and spaces', () => {
  assert.deepEqual([...finder('déJEUNER').ids], ['a', 'b', 'c'])
  assert.deepEqual([...finder(' at six ').ids], ['c'])
  assert.deepEqual([...finder('').ids], [])
})

test('finds by author and colour too', () => {
  assert.equal(finder('asa').size, 4)
  assert.deepEqual([...finder('pink').ids], ['b'])
})

test('begins with what is in view, goes on round the ends', () => {
  const f = finder('dejeuner', (n) => n.x > 400)
  assert.deepEqual([f.current, f.at, f.size], ['b', 2, 3])
  f.step(1)
  f.step(1)
  assert.deepEqual([f.current, f.at], ['a', 1])
  f.step(-1)
  assert.equal(f.current, 'c')
})

test('stays where it is while notes come and go, and takes the next when its own goes', () => {
  const f = finder('dejeuner')
  f.step(1)
  f.refresh([...NOTES, note('e', 50, 'another dejeuner')])
  assert.deepEqual([f.current, f.at, f.size], ['b', 3, 4])
  f.refresh(NOTES.filter((n) => n.id !== 'b'))
  assert.deepEqual([f.current, f.size], ['c', 2])
  f.refresh([])
  assert.deepEqual([f.current, f.at, f.size], [undefined, 0, 0])
  f.step(1)
  assert.equal(f.current, undefined)
})

test('words are found where they stand, though folding changes lengths', () => {
  const found = (text: string, needle: string): string[] => spansOf(text, needle).map(([from, to]) => text.slice(from, to))
  assert.deepEqual(found('Ça va, çA VA', 'ca va'), ['Ça va', 'çA VA'])
  assert.deepEqual(found('e\u0301t\u0301e', 'te'), ['t\u0301e'])
  assert.deepEqual(found('🙂 ﬁne', 'fine'), ['ﬁne'])
  assert.deepEqual(found('a\nb', 'a b'), ['a\nb'])
  assert.deepEqual(found('abc', ''), [])
})
