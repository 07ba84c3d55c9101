// Pictures of a board in its states: crowded, shown as a list, offline, full, and
// with its link turned off under one's hands.

import type { WebSocketRoute } from '@playwright/test'
import { RETRO } from './retro.ts'
import { SCREENS } from './screens.ts'
import { expect, introduce, newBoard, nodes, pour, test } from './world.ts'

const FULL = 4106

for (const { name, options, picture: take } of SCREENS) {
  test(`crowded, and as a list, ${name}`, async ({ join, request }) => {
    const board = await newBoard(request, nodes.a, 'A day with everybody')
    const more = Array.from({ length: 40 }, (_, i) => RETRO.map((n) => ({ ...n, x: n.x + (i % 8) * 2000, y: n.y + Math.floor(i / 8) * 1300 })))
    await pour(request, board, more.flat())
    const { page } = await join('Ana Berg', board.edit_url, options)
    const picture = (what: string): Promise<void> => take(page, what)
    await page.locator('#zoom-fit').click()
    await expect(page.locator('canvas.far-view')).toBeVisible()
    await picture('crowded')
    await page.keyboard.press('Control+f')
    await page.getByRole('searchbox').fill('meetings')
    await expect(page.getByRole('search').locator('output')).toHaveText(/of 40/)
    await picture('crowded-search')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Alt+l')
    await expect(page.locator('.list-row:focus-within .list-tools')).toBeVisible()
    await picture('list')
  })

  test(`offline, full and turned off, ${name}`, async ({ join, request, visit }) => {
    const board = await newBoard(request, nodes.a, 'Retro, week 12')
    await pour(request, board, RETRO)
    const ana = await visit('about:blank', options)
    const sockets: WebSocketRoute[] = []
    let isCut = false
    await ana.routeWebSocket(/\/ws$/, (socket) => {
      sockets.push(socket)
      if (isCut) void socket.close()
      else socket.connectToServer()
    })
    await ana.goto(board.edit_url)
    await introduce(ana, 'Ana Berg')
    await expect(ana.locator('#save-state')).toHaveText('Saved')
    isCut = true
    await Promise.all(sockets.map((socket) => socket.close()))
    await ana.evaluate(() => {
      const { client } = window.corkboard!
      client.submit({ kind: 'note.create', note: 'written-on-a-train', text: 'Written on a train', color: 'lime', x: 480, y: -260, w: 200, h: 200, z: 'a9' })
    })
    await expect(ana.locator('#save-state')).toHaveText('Offline, 1 change kept')
    await take(ana, 'offline')

    const full = await visit('about:blank', options)
    await full.routeWebSocket(/\/ws$/, (socket) => socket.close({ code: FULL, reason: 'This board is full: nobody else can join just now.' }))
    await full.goto(board.edit_url)
    await introduce(full, 'Ben')
    await expect(full.locator('#save-state')).not.toHaveText(/Connecting|Saved/)
    await take(full, 'full')

    const mine = await visit(nodes.a, options)
    await mine.getByRole('button', { name: 'New board' }).click()
    await introduce(mine, 'Ana Berg')
    await mine.locator('#share-open').click()
    const link = await mine.locator('#share-body').getByRole('textbox', { name: 'Can edit' }).inputValue()
    const guest = await join('Ben', link, options)
    const edit = mine.locator('.share-link', { has: mine.getByRole('heading', { name: 'Can edit' }) })
    await edit.locator('summary').click()
    await take(mine, 'share-reset')
    await edit.getByRole('button', { name: 'Turn off the old link' }).click()
    await expect(guest.state).toHaveText(/^Can’t edit/)
    await take(guest.page, 'turned-off')
    await guest.page.goto(link)
    await take(guest.page, 'problem-link')
  })
}
