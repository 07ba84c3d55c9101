// Pictures of what is there for who reads large, in the system's colours, or by
// list: a board at 400 %, with forced colours, and its list of notes.

import type { Page } from '@playwright/test'
import { expect, nodes, pour, test } from './world.ts'
import { RETRO } from './retro.ts'
import { picture as take } from './screens.ts'

const LARGE = { name: '400', viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 } // 1280 × 1024 at 400 %
const SCREENS = [
  LARGE,
  { name: 'desk', viewport: { width: 1440, height: 900 } },
  { name: 'tablet', viewport: { width: 768, height: 1024 }, colorScheme: 'dark' },
  { name: 'phone', viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2, colorScheme: 'dark' },
  { name: 'forced', viewport: { width: 1280, height: 800 }, forcedColors: 'active' },
] as const

for (const { name, ...screen } of SCREENS) {
  test(`the list, ${name}`, async ({ board, join, request }) => {
    await pour(request, board, RETRO)
    const ana = await join('Ana Berg', board.edit_url, screen)
    const { page } = ana
    const picture = (what: string): Promise<void> => take(page, `${what}-${name}`)
    await page.evaluate(() => {
      const client = window.corkboard!.client
      client.submit({ kind: 'note.create', note: 'frame-of-all', as: 'frame', text: 'What went well', color: 'white', x: -60, y: -60, w: 720, h: 560, z: 'Zz' })
    })
    await picture('board')
    await page.keyboard.press('Home')
    await page.keyboard.press(' ')
    await picture('board-selected')
    await page.keyboard.press('Alt+l')
    await expect(page.locator('.list-row:focus-within .list-tools')).toBeVisible()
    await picture('list')
    await page.keyboard.press('Escape')
    if (name !== '400' && name !== 'forced') return
    await dialogs(page, picture)
  })
}

test('pages at 400 %', async ({ visit }) => {
  const page = await visit(nodes.a, LARGE)
  const picture = (what: string): Promise<void> => take(page, `${what}-400`, true)
  await picture('landing')
  await page.getByRole('button', { name: 'New board' }).first().click()
  await picture('asked')
  await page.keyboard.press('Escape')
  await page.locator('#share-open').click()
  await expect(page.locator('#share-body input').first()).toBeVisible()
  await picture('share')
  for (const what of ['boards', 'accessibility']) {
    await page.goto(`${nodes.a}/${what}`)
    await picture(what)
  }
})

async function dialogs(page: Page, picture: (what: string) => Promise<void>): Promise<void> {
  await page.keyboard.press('Enter')
  await picture('writing')
  await page.keyboard.press('Escape')
  await page.locator('#people .avatar').first().click()
  await picture('me')
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await expect(page.locator('#help-dialog')).toBeVisible()
  await picture('help')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox')).toBeFocused()
  await picture('commands')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+f')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.type('the')
  await picture('search')
}
