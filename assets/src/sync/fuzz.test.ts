import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failureOf, Simulation } from '../testing/simulation.ts'
import { habits, plan, shrink, stepKinds } from '../testing/steps.ts'

// Seeded runs of several people on one board over a bad network. A failure tells
// its seed, the fewest steps that show it, and what happened: put the seed into
// `regressions`, with what it showed, so that it is run by name from then on.
// In the environment: SEEDS, how many are run, FROM, the first of them, and STEPS,
// how many steps each has.

const seeds = Number(process.env['SEEDS'] ?? 1000)
const from = Number(process.env['FROM'] ?? 1)
const length = Number(process.env['STEPS'] ?? 45)
const regressions: Record<number, string> = {
  282: 'a redo wrote a field again that its undo had left to somebody else',
  4485: 'a note was refused, and what had been typed into it meanwhile came back to nobody',
  16204: 'words written behind a left-behind deletion of their note were not in the offer',
  11296: 'an erasing was refused, and to undo it wrote the words a second time',
}

for (const [seed, what] of Object.entries(regressions)) {
  test(`seed ${seed}: ${what}`, async () => {
    assert.equal(await failureOf(Number(seed), plan(Number(seed), 45, habits.first)), undefined)
  })
}

test('whatever happens, all end with the same board, and no edit ends without a word (I3 I4 I6 I7 I8 I9 I12 I14)', async () => {
  for (let seed = from; seed < from + seeds; seed++) assert.equal(await failureOf(seed, plan(seed, length)), undefined)
})

test('the same seed gives the same trace', async () => {
  for (const seed of [6, 7, 8]) {
    const [first, second] = [new Simulation(seed), new Simulation(seed)]
    await first.play(plan(seed))
    await second.play(plan(seed))
    assert.deepEqual(first.trace, second.trace)
    assert.ok(first.trace.length > 45)
  }
})

test('the simulation does what it says: all sorts of edits and of trouble', async () => {
  const done = new Set<string>()
  for (let seed = 1; seed <= 40; seed++) {
    const run = new Simulation(seed)
    await run.play(plan(seed))
    for (const what of run.done) done.add(what)
  }
  assert.deepEqual([...stepKinds, ...Simulation.everything].filter((what) => !done.has(what)), [])
})

test('a failure is shrunk to the steps that it needs', async () => {
  const steps = plan(1)
  const [a, b] = [steps[3], steps[30]]
  const fewest = await shrink(steps, (some) => Promise.resolve(some.some((s) => s === a) && some.some((s) => s === b)))
  assert.deepEqual(fewest, [a, b])
})
