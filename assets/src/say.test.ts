import assert from 'node:assert/strict'
import { test } from 'node:test'

import { plural, say } from './say.ts'

test('names are filled, and unknown ones are left to be seen', () => {
  assert.equal(say('Zoom in'), 'Zoom in')
  assert.equal(say('{who} added {n}', { who: 'Ana', n: 2 }), 'Ana added 2')
  assert.equal(say('{who} left'), '{who} left')
})

test('one and many', () => {
  assert.equal(plural(1, '{n} note', '{n} notes'), '1 note')
  assert.equal(plural(0, '{n} note', '{n} notes'), '0 notes')
})
