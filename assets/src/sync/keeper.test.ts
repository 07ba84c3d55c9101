import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock } from '../testing/clock.ts'
import { Keeper } from './keeper.ts'
import { type SavedEntry, type SavedWork, TableStore, type WorkTable } from './store.ts'

/** A table whose writes are on their way until they are let through, in their order. */
function slowTable(): { table: WorkTable; arrive: () => void } {
  const waiting: (() => void)[] = []
  const write = (): Promise<void> => new Promise((done) => waiting.push(done))
  const table: WorkTable = { clients: () => Promise.resolve([]), get: () => Promise.resolve(undefined), put: write, delete: write }
  return { table, arrive: () => waiting.shift()?.() }
}

test('the latest is behind until the last of two writes has ended, whichever began first', async () => {
  const clock = new FakeClock()
  const { table, arrive } = slowTable()
  const locks = { take: () => Promise.resolve(() => undefined), holds: () => Promise.resolve(true) }
  const entry = (key: number): SavedEntry => ({ key, mid: 0, op: { kind: 'note.delete', note: `n${key}` }, guards: [] })
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
