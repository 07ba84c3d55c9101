import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Layers } from './layers.ts'

function byRank(layers: Layers): string[] {
  return layers.ids().sort((a, b) => layers.of(a) - layers.of(b))
}

test('the numbers are in the order of the keys, equal keys by id', () => {
  const layers = new Layers()
  for (const [id, z] of [['c', 'a1'], ['a', 'a1'], ['b', 'a0'], ['d', 'a0V']] as const) layers.put(id, z)
  assert.deepEqual(layers.ids(), ['b', 'd', 'a', 'c'])
  assert.deepEqual(byRank(layers), ['b', 'd', 'a', 'c'])
})

test('a note brought to the front changes no other number', () => {
  const layers = new Layers()
  layers.reset([{ id: 'a', z: 'a0' }, { id: 'b', z: 'a1' }, { id: 'c', z: 'a2' }])
  const before = [layers.of('b'), layers.of('c')]
  assert.equal(layers.put('a', 'a3'), false)
  assert.deepEqual([layers.of('b'), layers.of('c')], before)
  assert.equal(layers.highest()?.id, 'a')
  assert.equal(layers.lowest()?.id, 'b')
})

test('when there is no room between two numbers all are given anew, in order', () => {
  const layers = new Layers()
  layers.reset([{ id: 'low', z: 'a0' }, { id: 'top', z: 'a1' }])
  let z = 'a0'
  let renumbered = false
  for (let i = 0; i < 40; i++) renumbered = layers.put(`n${i}`, (z += 'V')) || renumbered
  assert.ok(renumbered)
  assert.deepEqual(byRank(layers), layers.ids())
  assert.equal(new Set(layers.ids().map((id) => layers.of(id))).size, 42)
})

test('a removed note leaves the order', () => {
  const layers = new Layers()
  layers.put('a', 'a0')
  layers.put('b', 'a1')
  layers.remove('a')
  layers.remove('unknown')
  assert.deepEqual(layers.ids(), ['b'])
})
