import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock } from '../testing/clock.ts'
import { Keeper } from './keeper.ts'
import { type SavedEntry, type SavedWork, TableStore, type WorkTable } from './store.ts'

const locks = { take: () => Promise.resolve(() => undefined), holds: () => Promise.resolve(true), isTaken: () => Promise.resolve(false) }
const entry = (key: number): SavedEntry => ({ key, mid: 0, op: { kind: 'note.delete', note: `n${key}` }, guards: [] })

/** A table that writes in its own way. */
function tableOf(write: () => Promise<void>): WorkTable {
  return { clients: () => Promise.resolve([]), get: () => Promise.resolve(undefined), put: write, delete: write }
}

/** One whose writes are on their way until they are let through, in their order. */
function slowTable(): { table: WorkTable; arrive: () => void } {
  const waiting: (() => void)[] = []
  return { table: tableOf(() => new Promise((done) => waiting.push(done))), arrive: () => waiting.shift()?.() }
}

test('the latest is behind until the last of two writes has ended, whichever began first', async () => {
  const clock = new FakeClock()
  const { table, arrive } = slowTable()
  const work: SavedWork = { board: 'board', client: 'client', epoch: 1, entries: [entry(1)] }
  const told: boolean[] = []
  const keeper = new Keeper(new TableStore(table, locks, () => 'client'), clock, 'board', () => work, () => false, () => told.push(keeper.isBehind))
  await keeper.open()
  keeper.changed()
  await clock.run(10)
  assert.equal(keeper.isBehind, true, 'the first is on its way')
  work.entries = [...work.entries, entry(2)]
  const flushed = keeper.flush()
  arrive()
  await clock.run(10)
  assert.equal(keeper.isBehind, true, 'the second is still on its way')
  arrive()
  await flushed
  assert.deepEqual([keeper.isBehind, told], [false, [true, false]])
})

test('a store that fails is tried again after a while, not with each change', async (t) => {
  t.mock.method(console, 'warn', () => undefined)
  const clock = new FakeClock()
  let tries = 0
  const table = tableOf(() => Promise.reject(new Error(`try ${++tries}`)))
  const work: SavedWork = { board: 'board', client: 'client', epoch: 1, entries: [entry(1)] }
  const keeper = new Keeper(new TableStore(table, locks, () => 'client'), clock, 'board', () => work, () => false, () => undefined)
  await keeper.open()
  for (let i = 0; i < 40; i++) {
    keeper.changed()
    await clock.run(100)
  }
  assert.deepEqual([tries, keeper.isFragile], [1, true])
  await clock.run(2_000)
  assert.equal(tries, 2)
})
