import assert from 'node:assert/strict'
import { test } from 'node:test'
import { goal } from './toolbar.ts'

test('arrows go along a bar as it is read, and round; Home and End to its ends', () => {
  const from = (at: number, isMirrored = false) => (key: string) => goal(key, at, 5, isMirrored)
  assert.deepEqual(['ArrowRight', 'ArrowLeft', 'Home', 'End', 'ArrowUp', 'Tab'].map(from(1)), [2, 0, 0, 4, undefined, undefined])
  assert.deepEqual(['ArrowRight', 'ArrowLeft', 'Home', 'End'].map(from(1, true)), [0, 2, 0, 4])
  assert.deepEqual([from(4)('ArrowRight'), from(0)('ArrowLeft')], [0, 4])
})
