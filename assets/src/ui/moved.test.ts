import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wayOf } from './moved.ts'

test('the way that something went is told by its directions', () => {
  assert.equal(wayOf(12, 10), '12 right, 10 down')
  assert.equal(wayOf(-1, 0), '1 left')
  assert.equal(wayOf(0, -20), '20 up')
  assert.equal(wayOf(0, 0), '')
})
