import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock } from '../testing/clock.ts'
import { below } from './note.ts'
import { between, isOrderKey } from './zorder.ts'
import { maxOrderKey } from './limits.ts'

test('a key between any two is between them', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const clock = new FakeClock(seed)
    const keys = [between(null, null)]
    for (let i = 0; i < 60; i++) {
      const at = clock.pick(keys.length + 1)
      const [low, high] = [keys[at - 1] ?? null, keys[at] ?? null]
      const key = between(low, high)
      assert.ok(isOrderKey(key), key)
      assert.ok((low === null || low < key) && (high === null || key < high), `${low} < ${key} < ${high}, seed ${seed}`)
      keys.splice(at, 0, key)
    }
  }
})

test('bringing to the front ten thousand times keeps keys short', () => {
  let key = between(null, null)
  for (let i = 0; i < 10_000; i++) {
    const next = between(key, null)
    assert.ok(next > key)
    key = next
  }
  assert.ok(key.length <= 5, key)
})

test('neighbours that are malformed or not in order still give a key', () => {
  assert.equal(between('not!', null), 'a0')
  assert.ok(between('a5', 'a4') > 'a5')
  assert.ok(between('a5', 'a5') > 'a5')
})

test('malformed keys are told apart', () => {
  for (const bad of ['', '0', 'a', 'a00', 'b0', 'a0-', 'a' + '1'.repeat(maxOrderKey)]) assert.ok(!isOrderKey(bad), bad)
  for (const good of ['a0', 'Zz', 'a0V', 'b00', 'A' + '0'.repeat(26)]) assert.ok(isOrderKey(good), good)
})

test('equal keys are ordered by the id of the note', () => {
  const note = (id: string, z: string): Parameters<typeof below>[0] => ({
    id, z, x: 0, y: 0, w: 40, h: 40, color: 'grey', text: '', rev: 0, author: { id: '', name: '' }, created: 1,
  })
  assert.deepEqual([note('c', 'a1'), note('b', 'a1'), note('a', 'a2'), note('d', 'Zz')].sort(below).map((n) => n.id), ['d', 'b', 'c', 'a'])
})
