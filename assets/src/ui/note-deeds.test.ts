import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeOf } from './extras.ts'
import { addressOf } from './link-form.ts'
import { made } from './note-deeds.ts'
import { shaped } from './sizes.ts'
import { noteLabel } from './words.ts'

test('an address is taken as it is meant, or not at all', () => {
  assert.equal(addressOf(' https://example.org/a '), 'https://example.org/a')
  assert.equal(addressOf('example.org'), 'https://example.org')
  assert.equal(addressOf('localhost:8080/x'), 'https://localhost:8080/x')
  assert.equal(addressOf('ana@example.org'), 'mailto:ana@example.org')
  for (const bad of ['javascript:alert(1)', 'data:text/html,x', 'ftp://example.org', 'not an address', 'word', 'https://']) {
    assert.equal(addressOf(bad), null, bad)
  }
})

// The same stand in views/words_test.go. No parser of addresses takes the last two, and a note may hold them.
test('a link is shown by the place it leads to', () => {
  for (const [link, place] of [
    ['https://www.example.org/a?b#c', 'example.org'],
    ['HTTP://ana:secret@example.org:8080?a@b', 'example.org:8080'],
    ['https://müller.example', 'müller.example'],
    ['mailto:ana@example.org?subject=a', 'ana@example.org'],
    ['http://[', '['],
    ['mailto:%@example.org', '%@example.org'],
  ] as const) {
    assert.equal(placeOf(link), place)
  }
})

test('square and wide keep the shorter side', () => {
  assert.deepEqual(shaped({ w: 200, h: 200 }, 2), { w: 400, h: 200 })
  assert.deepEqual(shaped({ w: 400, h: 200 }, 1), { w: 200, h: 200 })
  assert.deepEqual(shaped({ w: 1800, h: 1500 }, 2), { w: 2000, h: 1000 })
})

test('who wrote it and when', () => {
  const author = { id: 'u_1', name: 'Ana' }
  const now = new Date('2026-12-01T12:00:00Z')
  const at = new Date(2026, 10, 21, 14, 3).toISOString()
  assert.equal(made({ author, at }, now, 'en'), 'Ana, 21 November, 14:03')
  assert.equal(made({ author, at }, new Date('2027-02-01T12:00:00Z'), 'en'), 'Ana, 21 November 2026, 14:03')
  assert.equal(made({ author: { id: '', name: '' } }, now, 'en'), 'Somebody')
})

test('a name tells of a lock and a link', () => {
  const note = { color: 'yellow', text: 'Buy milk', author: { id: 'u_1', name: 'Ana' }, locked: true, link: 'https://example.org' }
  assert.equal(noteLabel(note), 'Yellow note by Ana: Buy milk, locked, with a link')
})
