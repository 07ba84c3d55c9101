import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Simulation } from '../testing/simulation.ts'

// Seeded runs of several people on one board over a bad network. A failure names
// its seed: put it into `regressions`, so that it is run by name from then on.

const seeds = 250
const regressions = [112, 146, 1361, 5862, 13364]

async function play(seed: number, undo: boolean): Promise<void> {
  const run = new Simulation(seed, { people: 2 + (seed % 3), undo })
  try {
    await run.play(60)
    await run.rest()
    run.checkRest()
  } catch (error) {
    throw new Error(`seed ${seed}, undo ${undo}: ${error instanceof Error ? error.stack : error}`, { cause: error })
  }
}

for (const seed of regressions) {
  test(`seed ${seed}, seen to fail once`, async () => {
    await play(seed, false)
    await play(seed, true)
  })
}

test('everybody ends with the same board, and every typed character is there once (I3 I6 I7 I8 I9 I12)', async () => {
  for (let seed = 1; seed <= seeds; seed++) await play(seed, false)
})

test('with undo and redo in between, everybody still ends with the same board (I6 I8)', async () => {
  for (let seed = 1; seed <= seeds; seed++) await play(seed, true)
})

test('the simulation does what it says: all sorts of edits and of trouble', async () => {
  const done = new Map<string, number>()
  for (let seed = 1; seed <= 20; seed++) {
    const run = new Simulation(seed, { people: 3, undo: true })
    await run.play(60)
    for (const [what, n] of run.done) done.set(what, (done.get(what) ?? 0) + n)
  }
  const missing = Simulation.everything.filter((what) => !done.has(what))
  assert.deepEqual(missing, [])
})
