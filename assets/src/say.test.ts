import assert from 'node:assert/strict'
import { test } from 'node:test'

import { isolated, plural, say } from './say.ts'

test('names are filled, and unknown ones are left to be seen', () => {
  assert.equal(say('Zoom in'), 'Zoom in')
  assert.equal(say('{who} added {n}', { who: 'Ana', n: 2 }), 'Ana added 2')
  assert.equal(say('{who} left'), '{who} left')
})

test('one and many', () => {
  assert.equal(plural(1, '{n} note', '{n} notes'), '1 note')
  assert.equal(plural(0, '{n} note', '{n} notes'), '0 notes')
})

test('a name that runs the other way does not turn the words around it', () => {
  assert.equal(say('{name} (you)', { name: 'דנה' }), '\u2068דנה\u2069 (you)')
  assert.equal(say('{name} left', { name: 'Dr. ليلى' }), '\u2068Dr. ليلى\u2069 left')
  assert.equal(say('{name} left', { name: 'a\u202eb' }), '\u2068a\u202eb\u2069 left')
  assert.equal(say('{name} left', { name: 'Ana 愛 😀' }), 'Ana 愛 😀 left')
  assert.equal(isolated('Ana', true), '\u2068Ana\u2069')
  assert.equal(plural(2000, '{n} note of {who}', '{n} notes of {who}', { who: 'דנה' }), '2,000 notes of \u2068דנה\u2069')
})
