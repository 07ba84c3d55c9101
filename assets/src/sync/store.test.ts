import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { MemoryBrowser } from '../testing/memory.ts'
import { browserLocks, type Lease, type LeaseTable, leaseLocks, type LockManagerLike, type Locks } from './locks.ts'
import { NoStore, type SavedEntry, type SavedWork, type WorkChange } from './store.ts'

const work = (client: string): SavedWork => ({ board: 'board', client, epoch: 1, entries: [] })

test('work is adopted once its page is gone, by one page only', async () => {
  const browser = new MemoryBrowser('ana')
  const first = browser.page()
  const { client } = await first.store.create('board')
  await first.store.keep(work(client))
  assert.equal(await browser.page().store.adopt('board'), undefined, 'its page still lives')
  first.crash()
  const [second, third] = [browser.page(), browser.page()]
  assert.deepEqual(await second.store.adopt('board'), { client, work: work(client) })
  assert.equal(await third.store.adopt('board'), undefined)
  assert.equal(await second.store.adopt('another'), undefined)
})

test('work that is finished is not adopted, and its client id is free', async () => {
  const browser = new MemoryBrowser('ana')
  const page = browser.page()
  const { client } = await page.store.create('board')
  await page.store.keep(work(client))
  await page.store.forget('board', client)
  await page.store.release({ board: 'board', client })
  assert.equal(await browser.page().store.adopt('board'), undefined)
})

test('only what is new is written; what is settled goes, and the order of what is left is kept', async () => {
  const puts: WorkChange[] = []
  const browser = new MemoryBrowser('ana', (change) => puts.push(change))
  const page = browser.page()
  const { client } = await page.store.create('board')
  const entry = (key: number): SavedEntry => ({ key, mid: 0, op: { kind: 'note.delete', note: `n${key}` }, guards: [] })
  const [a, b, c] = [entry(1), entry(2), entry(3)]
  await page.store.keep({ ...work(client), entries: [a, b] })
  await page.store.keep({ ...work(client), entries: [a, b] })
  const sent = { ...a, mid: 1 }
  await page.store.keep({ ...work(client), entries: [sent, b] })
  await page.store.keep({ ...work(client), entries: [c, b] })
  assert.deepEqual(puts.map(({ entries, gone }) => [entries, gone]), [[[a, b], []], [[sent], []], [[c], [1]]])
  page.crash()
  const next = browser.page()
  assert.deepEqual((await next.store.adopt('board'))?.work, { ...work(client), entries: [c, b] })
  await next.store.keep({ ...work(client), entries: [{ ...b, key: 1 }] })
  assert.deepEqual(puts.at(-1)?.gone, [3, 2], 'what was adopted is settled too')
})

test('a store that keeps nothing still gives each page an id', async () => {
  let n = 0
  const store = new NoStore(() => `client-${++n}`)
  assert.equal(await store.adopt(), undefined)
  assert.deepEqual([await store.create(), await store.create()].map((i) => i.client), ['client-1', 'client-2'])
})

/** A lock manager like the browser's, with only what is used. */
class Manager implements LockManagerLike {
  private readonly held = new Set<string>()

  async request(name: string, _options: { ifAvailable: true }, hold: (lock: unknown) => Promise<void>): Promise<unknown> {
    if (this.held.has(name)) return hold(null)
    this.held.add(name)
    try {
      return await hold({ name })
    } finally {
      this.held.delete(name)
    }
  }
}

test("the browser's locks: held until let go of", async () => {
  const locks = browserLocks(new Manager())
  const release = await locks.take('a')
  assert.ok(release)
  assert.equal(await locks.take('a'), undefined)
  assert.equal(await locks.isTaken('a'), true)
  assert.ok(await locks.take('b'))
  release()
  await new Promise((resolve) => setImmediate(resolve))
  assert.equal(await locks.isTaken('a'), false)
  await new Promise((resolve) => setImmediate(resolve))
  assert.ok(await locks.take('a'), 'to ask is not to take')
})

/** A page's locks by leases, on a table and a time of day that all pages share. */
function leasing(t: TestContext): { locks: (owner: string) => Locks; pass: (ms: number) => void; sleep: (ms: number) => void } {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const leases = new Map<string, Lease>()
  const table: LeaseTable = {
    update(name, change) {
      const lease = change(leases.get(name))
      if (lease) leases.set(name, lease)
      return Promise.resolve(lease !== undefined)
    },
  }
  let now = 1_000_000
  const sleep = (ms: number): void => void (now += ms)
  const pass = (ms: number): void => {
    now += ms
    t.mock.timers.tick(ms)
  }
  return { locks: (owner) => leaseLocks(table, owner, () => now), pass, sleep }
}

test('leases: free when let go of, and some time after a crash', async (t) => {
  const { locks, pass, sleep } = leasing(t)
  const [first, second] = [locks('first'), locks('second')]
  const release = await first.take('a')
  assert.ok(release)
  for (let i = 0; i < 50; i++) pass(3_000)
  assert.equal(await second.take('a'), undefined, 'renewed for as long as the page lives')
  sleep(61_000)
  assert.equal(await second.take('a'), undefined, 'a hidden page may renew once a minute')
  release()
  assert.ok(await second.take('a'))
  sleep(91_000) // a page that has crashed renews nothing
  assert.ok(await first.take('a'))
})

test('leases: a page that slept through its own learns that another page has the name', async (t) => {
  const { locks, sleep, pass } = leasing(t)
  const [first, second] = [locks('first'), locks('second')]
  await first.take('a')
  assert.equal(await first.holds('a'), true)
  sleep(100_000)
  assert.ok(await second.take('a'))
  pass(3_000)
  assert.deepEqual([await first.holds('a'), await second.holds('a')], [false, true])
})

test('leases: a clock that is put back two days does not lock anybody out', async (t) => {
  const { locks, sleep } = leasing(t)
  await locks('crashed').take('a')
  sleep(-2 * 86_400_000)
  assert.ok(await locks('next').take('a'))
})
