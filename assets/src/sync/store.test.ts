import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MemoryBrowser } from '../testing/memory.ts'
import { browserLocks, type LeaseTable, leaseLocks, type LockManagerLike } from './locks.ts'
import { NoStore, type SavedWork } from './store.ts'

const work = (client: string): SavedWork => ({ board: 'board', client, epoch: 1, entries: [], texts: {} })

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
  assert.ok(await locks.take('b'))
  release()
  await new Promise((resolve) => setImmediate(resolve))
  assert.ok(await locks.take('a'))
})

test('leases: free when let go of, and some time after a crash', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const leases = new Map<string, number>()
  const table: LeaseTable = {
    update(name, change) {
      const until = change(leases.get(name) ?? 0)
      if (until !== undefined) leases.set(name, until)
      return Promise.resolve(until !== undefined)
    },
  }
  let now = 1_000
  const locks = leaseLocks(table, () => now)
  const pass = (ms: number): void => {
    now += ms
    t.mock.timers.tick(ms)
  }
  const release = await locks.take('a')
  assert.ok(release)
  for (let i = 0; i < 10; i++) pass(3_000)
  assert.equal(await locks.take('a'), undefined, 'renewed for as long as the page lives')
  release()
  const again = await locks.take('a')
  assert.ok(again)
  now += 11_000 // a page that has crashed renews nothing
  assert.ok(await locks.take('a'))
})
