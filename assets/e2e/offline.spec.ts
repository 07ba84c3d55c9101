import { Node } from './node.ts'
import { Desk } from './desk.ts'
import { expect, expectSame, newBoard, nodes, on, test } from './world.ts'

test('unsaved edits outlive a reload while the server is down', async ({ join, request }) => {
  const node = await Node.start()
  const board = await newBoard(request, node.url)
  const ana = await join('Ana', board.edit_url)
  const ben = await join('Ben', on(nodes.b, board.edit_url))
  await ana.write({ x: 400, y: 300 }, 'saved before')
  await ana.expectSaved()
  const address = ana.page.url()

  await node.kill()
  await ana.write({ x: 700, y: 300 }, 'written while it was down')
  await ana.drag(ana.note('saved before'), { x: 0, y: 200 })
  await expect(ana.state).toHaveText(/^Offline, \d+ changes? kept$/)
  await expect(ana.page.reload()).rejects.toThrow(/ERR_CONNECTION_REFUSED/)

  const again = await Node.start({ port: node.port })
  // The browser's own error page may still be on its way.
  await expect(() => ana.page.goto(address)).toPass()
  const back = new Desk(ana.page)
  await expect(back.note('written while it was down')).toBeVisible()
  await expect(ben.note('written while it was down')).toBeVisible()
  await expectSame(request, board, [back, ben])
  expect(await back.texts()).toEqual(['saved before', 'written while it was down'])
  expect((await back.place(back.note('saved before'))).y).toBe((await ben.place(ben.note('saved before'))).y)
  await again.stop()
})

test('a killed server comes back and everybody goes on, without a reload', async ({ join, request }) => {
  const node = await Node.start()
  const board = await newBoard(request, node.url)
  const ana = await join('Ana', board.edit_url)
  const ben = await join('Ben', on(nodes.b, board.edit_url))
  await node.kill()
  await ana.write({ x: 400, y: 300 }, 'Ana offline')
  await ben.write({ x: 700, y: 300 }, 'Ben online')
  await expect(ana.state).toHaveText(/^Offline, \d+ changes? kept$/)
  const again = await Node.start({ port: node.port })
  await expect(ben.note('Ana offline')).toBeVisible()
  await expect(ana.note('Ben online')).toBeVisible()
  await expectSame(request, board, [ana, ben])
  expect(await ana.texts()).toEqual(['Ana offline', 'Ben online'])

  await test.step('and a deploy is not noticed', async () => {
    await ana.write({ x: 400, y: 600 }, 'during the deploy')
    await again.stop()
    const next = await Node.start({ port: node.port })
    await expect(ben.note('during the deploy')).toBeVisible()
    await expectSame(request, board, [ana, ben])
    await next.stop()
  })
})

test('two tabs of one person, both with unsaved edits, both reloaded', async ({ join, request }) => {
  const node = await Node.start()
  const board = await newBoard(request, node.url)
  const ben = await join('Ben', on(nodes.b, board.edit_url))
  const first = await join('Ana', board.edit_url)
  const address = first.page.url()
  const second = new Desk(await first.page.context().newPage())
  await second.page.goto(address)
  await second.expectSaved()
  await node.kill()
  await first.write({ x: 400, y: 300 }, 'first tab')
  await second.write({ x: 800, y: 300 }, 'second tab')
  for (const tab of [first, second]) {
    await expect(tab.state).toHaveText(/^Offline, \d+ changes? kept$/)
    await tab.page.goto('about:blank')
  }
  const again = await Node.start({ port: node.port })
  for (const tab of [second, first]) {
    await tab.page.goto(address)
    await tab.expectSaved()
  }
  await expectSame(request, board, [first, second, ben])
  expect(await ben.texts()).toEqual(['first tab', 'second tab'])
  await again.stop()
})

/** Rewrites what the browser keeps to how the first version kept it: a page's whole work as one record. */
async function asFirstKept(): Promise<void> {
  const answer = <T>(request: IDBRequest<T>): Promise<T> => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(request.error!)
  })
  const db = await answer(indexedDB.open('corkboard'))
  const tx = db.transaction(['work', 'entries'])
  const [heads, entries] = await Promise.all([answer<object[]>(tx.objectStore('work').getAll()), answer<{ shown: object }[]>(tx.objectStore('entries').getAll())])
  db.close()
  await answer(indexedDB.deleteDatabase('corkboard'))
  const opening = indexedDB.open('corkboard', 1)
  opening.onupgradeneeded = () => {
    const work = opening.result.createObjectStore('work', { keyPath: ['board', 'client'] })
    opening.result.createObjectStore('leases', { keyPath: 'name' })
    for (const { keys: _, ...rest } of heads as { keys: number[] }[]) {
      work.put({ ...rest, entries, texts: {}, shown: Object.assign({}, ...entries.map((e) => e.shown)) as object })
    }
  }
  const first = await answer(opening)
  first.close()
  if (heads.length !== 1 || entries.length === 0) throw new Error(`${heads.length} pages had left ${entries.length} edits`)
}

/** Opens the database as a later version of the program would, and keeps it open. */
function asLaterVersion(): Promise<{ before: number; isBlocked: boolean }> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('corkboard', 3)
    let before = 3
    opening.onupgradeneeded = (e) => (before = e.oldVersion)
    opening.onblocked = () => resolve({ before, isBlocked: true })
    opening.onsuccess = () => resolve({ before, isBlocked: false })
    opening.onerror = () => reject(opening.error!)
  })
}

test('a tab that is closed offline hands its edits to the next one, also to one of a newer version', async ({ join, request }) => {
  const node = await Node.start()
  const board = await newBoard(request, node.url)
  const ana = await join('Ana', board.edit_url)
  const address = ana.page.url()
  await node.kill()
  await ana.write({ x: 400, y: 300 }, 'left behind')
  await expect(ana.state).toHaveText(/^Offline, \d+ changes? kept$/)
  const context = ana.page.context()
  await ana.page.close()
  const again = await Node.start({ port: node.port })
  const next = new Desk(await context.newPage())
  await next.page.goto(`${again.url}/accessibility`)
  await next.page.evaluate(asFirstKept)
  await next.page.goto(address)
  await next.expectSaved()
  expect(await next.texts()).toEqual(['left behind'])
  await test.step('this one steps aside for a tab of a version to come, says what that means, and goes on', async () => {
    const later = await context.newPage()
    await later.goto(`${again.url}/accessibility`)
    expect(await later.evaluate(asLaterVersion)).toEqual({ before: 2, isBlocked: false })
    await next.write({ x: 800, y: 300 }, 'beside it')
    await expect(next.page.locator('.notice')).toContainText('kept only in this tab')
    await next.expectSaved()
    await next.page.reload()
    await expect(next.page.locator('.notice'), 'nor does it open what is newer than itself').toContainText('kept only in this tab')
  })
  await expectSame(request, board, [next])
  expect(await next.texts()).toEqual(['beside it', 'left behind'])
  await again.stop()
})

test('what was written offline in a note that is gone is offered back', async ({ join, request }) => {
  const node = await Node.start()
  const board = await newBoard(request, node.url)
  const ana = await join('Ana', board.edit_url)
  const ben = await join('Ben', on(nodes.b, board.edit_url))
  await ben.write({ x: 500, y: 300 }, 'doomed')
  await expect(ana.note('doomed')).toBeVisible()
  await node.kill()
  await ana.note('doomed').dblclick()
  await ana.page.keyboard.press('Control+End')
  await ana.page.keyboard.type(', but dear to Ana')
  await ana.page.keyboard.press('Escape')
  await ben.pick(ben.note('doomed'))
  await ben.page.keyboard.press('Delete')
  await expect(ben.notes).toHaveCount(0)
  await ben.expectSaved()
  const again = await Node.start({ port: node.port })
  await expect(ana.offers).toContainText('doomed, but dear to Ana')
  await expect(ana.offers).toContainText('deleted')
  await ana.page.reload()
  await ana.offers.getByRole('button', { name: 'Put back as a new note' }).click()
  await expect(ana.offers).toHaveCount(0)
  await expect(ben.note('doomed, but dear to Ana')).toBeVisible()
  await expectSame(request, board, [ana, ben])
  await again.stop()
})
