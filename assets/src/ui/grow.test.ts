import assert from 'node:assert/strict'
import { test } from 'node:test'
import { heightFor, looksGrown } from './grow.ts'
import { liesAt, nextPlace, runsLeft } from './neighbour.ts'

test('a note is as high as its text needs, never lower than it was before', () => {
  assert.equal(heightFor(180, 200), 200)
  assert.equal(heightFor(260.4, 200), 261)
  assert.equal(heightFor(9_000, 200), 2_000)
})

test('a note that grew is known by its text', () => {
  assert.ok(looksGrown({ w: 200, h: 260 }, 256))
  assert.ok(!looksGrown({ w: 200, h: 400 }, 256), 'made higher by hand')
  assert.ok(!looksGrown({ w: 200, h: 200 }, 200), 'a square')
})

test('the next note lies a gap away, and as high as this one was', () => {
  const tall = { x: 0, y: 0, w: 200, h: 300 }
  assert.deepEqual(nextPlace(tall, 'Down', 200), { x: 0, y: 320, w: 200, h: 200 })
  assert.deepEqual(nextPlace(tall, 'Up', 200), { x: 0, y: -220, w: 200, h: 200 })
  assert.deepEqual(nextPlace(tall, 'Left'), { x: -220, y: 0, w: 200, h: 300 })
  assert.ok(liesAt({ x: 230, y: 10, w: 200, h: 200 }, nextPlace(tall, 'Right', 200)))
  assert.ok(!liesAt({ x: 400, y: 0, w: 200, h: 200 }, nextPlace(tall, 'Right', 200)))
})

test('a text runs to the left by its first letter', () => {
  assert.ok(runsLeft('12 שלום'))
  assert.ok(!runsLeft('Hello שלום'))
  assert.ok(!runsLeft('123'))
})
