import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, nodes, on, test } from './world.ts'

/** Somebody else's site, with one page that frames an address. */
async function site(framed: string): Promise<{ url: string; close: () => void }> {
  const server: Server = createServer((_, answer) => {
    answer.setHeader('Content-Type', 'text/html')
    answer.end(`<!doctype html><title>Their page</title><h1>Theirs</h1><iframe src="${framed}" width="800" height="500"></iframe>`)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  // Another name for this machine is another site for the browser.
  return { url: `http://localhost:${port}/`, close: () => server.close() }
}

test('the embed shows the live board in another site’s page, without cookies, and again after its connection was lost', async ({ board, join, visit }) => {
  const ana = await join('Ana', on(nodes.b, board.edit_url))
  await ana.write({ x: 400, y: 300 }, 'there before')
  await ana.expectSaved()
  const theirs = await site(board.embed_url)
  const page = await visit(theirs.url)
  const frame = page.frameLocator('iframe')
  await expect(frame.locator('.pile > .note')).toHaveText(['there before'])

  await ana.write({ x: 800, y: 300 }, 'seen live')
  await expect(frame.locator('.pile > .note').filter({ hasText: 'seen live' })).toBeVisible()
  await ana.drag(ana.note('seen live'), { x: 0, y: 150 })
  await ana.pick(ana.note('there before'))
  await ana.page.keyboard.press('Delete')
  await expect(frame.locator('.pile > .note')).toHaveText(['seen live'])

  await expect(frame.locator('#tools, #share-open, #board-name, dialog[open]')).toHaveCount(0)
  await frame.locator('.pile > .note').dblclick()
  await expect(frame.locator('.note-field')).toHaveCount(0)
  expect(await page.context().cookies(), 'cookies').toEqual([])

  await test.step('the embed comes back after its connection was lost', async () => {
    await ana.write({ x: 400, y: 300 }, 'first')
    await expect(frame.locator('.pile > .note')).toHaveText(['seen live', 'first'])
    await page.context().setOffline(true)
    await ana.write({ x: 1000, y: 300 }, 'meanwhile')
    await page.context().setOffline(false)
    await expect(frame.locator('.pile > .note').filter({ hasText: 'meanwhile' })).toBeVisible({ timeout: 30_000 })
  })
  theirs.close()
})

test('no other page may be framed', async ({ board, page }) => {
  const pages = ['/', '/boards', `/b/${board.id}`, new URL(board.edit_url).pathname, new URL(board.view_url).pathname, '/nothing-here']
  for (const path of pages) {
    const theirs = await site(nodes.a + path)
    const refused = page.waitForEvent('console', (m) => /frame-ancestors|X-Frame-Options/.test(m.text()))
    await page.goto(theirs.url)
    await refused
    await expect(page.frameLocator('iframe').locator('.masthead, #desk'), path).toHaveCount(0)
    theirs.close()
  }
})
