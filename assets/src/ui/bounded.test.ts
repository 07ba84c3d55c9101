import assert from 'node:assert/strict'
import { test } from 'node:test'
import { within } from './bounded.ts'

test('at the end of the board all of it stops, and what lies beyond is not pulled', () => {
  const box = { x: 999_500, y: -999_990, w: 420, h: 200 }
  assert.deepEqual(within(box, [30, 30]), [30, 30])
  assert.deepEqual(within(box, [300, -300]), [80, -10])
  assert.deepEqual(within({ ...box, x: 999_900 }, [5, 0]), [0, 0])
  assert.deepEqual(within({ ...box, x: 999_900 }, [-5, 0]), [-5, 0])
})
