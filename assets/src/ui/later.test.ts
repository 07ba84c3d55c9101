import assert from 'node:assert/strict'
import { test } from 'node:test'
import { later } from './later.ts'

Object.assign(globalThis, { navigator: { onLine: true } })

test('a part that several ask for while it is on its way is loaded once, and begins once', async () => {
  let loaded = 0
  let arrive = (_: string): void => {}
  const part = later(() => (loaded++, new Promise<string>((done) => (arrive = done))))
  const got: string[] = []
  const [first, second] = [part((p) => got.push(`1 ${p}`)), part((p) => got.push(`2 ${p}`))]
  arrive('here')
  assert.deepEqual([await first, await second], [true, true])
  assert.equal(part((p) => void got.push(`3 ${p}`)), undefined)
  assert.deepEqual([got, loaded], [['1 here', '2 here', '3 here'], 1])
})

test('a part that could not be loaded is tried again at its next use', async () => {
  let loaded = 0
  const part = later(async () => {
    if (++loaded === 1) throw new Error('no network')
    return 'here'
  })
  const got: string[] = []
  assert.equal(await part((p) => got.push(p)), false)
  assert.equal(await part((p) => got.push(p)), true)
  assert.deepEqual([got, loaded], [['here'], 2])
})
