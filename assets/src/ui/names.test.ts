import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Note } from '../notes/note.ts'
import { fullName } from './names.ts'

const note = { id: 'a', x: 0, y: 0, w: 9, h: 9, z: 'a0', color: 'sky', text: 'Tea', rev: 0, author: { id: 'u', name: 'Ana' }, created: 1 } as Note

test('a note’s name tells its state and its frame', () => {
  assert.equal(fullName(note, undefined), 'Sky note by Ana: Tea')
  const more: Note = { ...note, locked: true, group: 'g', link: 'https://example.org' }
  assert.equal(fullName(more, { ...note, kind: 'frame', text: ' Ideas\n2 ' }), 'Sky note by Ana: Tea, locked, with a link, in a group, in frame Ideas 2')
  assert.equal(fullName({ ...note, picture: 'p' }, undefined), 'Sky note by Ana: A picture that nobody has described yet Tea')
  assert.equal(fullName({ ...note, picture: 'p', alt: 'A pot' }, undefined), 'Sky note by Ana: A pot Tea')
})

test('boxes to tick are told in words', () => {
  const text = '[ ] buy [two]\n  [x] write\nand [x] rest'
  assert.equal(fullName({ ...note, text }, undefined), 'Sky note by Ana: to do: buy [two]; done: write and [x] rest')
})
