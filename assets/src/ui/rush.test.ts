import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Rush } from './rush.ts'

/** A zoom that grows by this factor each second, for half a second, sixty times a second. */
function zooming(factor: number): Rush {
  const rush = new Rush()
  for (let ms = 0; ms <= 500; ms += 1000 / 60) rush.note(Math.pow(factor, ms / 1000), ms)
  return rush
}

test('a zoom that rushes by is calm a moment after it has stopped', () => {
  const rush = zooming(20)
  assert.ok(rush.is(500))
  assert.ok(!rush.is(600))
})

test('it does not matter which way it goes', () => assert.ok(zooming(1 / 20).is(500)))

test('a slow zoom is no rush', () => assert.ok(!zooming(3).is(500)))

test('one leap is none, nor is a turn of the wheel now and then', () => {
  const rush = new Rush()
  for (const [i, zoom] of [1, 8, 6.3, 5].entries()) {
    rush.note(zoom, i * 200)
    assert.ok(!rush.is(i * 200))
  }
})
