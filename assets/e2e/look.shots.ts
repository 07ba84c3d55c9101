// Pictures of pages in German, and of English ones laid out from right to left, as
// a language would have them that is written so.

import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { expect, newBoard, nodes, pour, test } from './world.ts'
import { RETRO } from './retro.ts'

const FOLDER = fileURLToPath(new URL('../test-results/pictures/', import.meta.url))

const SCREENS = [
  { name: 'desk', viewport: { width: 1440, height: 900 } },
  { name: 'phone', viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
]

const LOOKS = [
  { look: 'de', locale: 'de-DE' },
  { look: 'rtl', locale: 'en-US' },
]

for (const { name, ...screen } of SCREENS) {
  for (const { look, locale } of LOOKS) {
    test(`${look}, ${name}`, async ({ request, visit }) => {
      const board = await newBoard(request, nodes.a, 'Retro, week 12')
      await pour(request, board, RETRO)
      const page = await visit('about:blank', { ...screen, locale })
      if (look === 'rtl') await mirror(page)
      const picture = async (what: string): Promise<void> => {
        await page.evaluate(() => document.fonts.ready)
        await page.screenshot({ path: `${FOLDER}look-${what}-${look}-${name}.png` })
      }
      await page.goto(nodes.a)
      await picture('landing')
      await page.goto(board.edit_url)
      await expect(page.locator('#me-dialog')).toBeVisible()
      await page.evaluate(() => sessionStorage.clear()) // to be asked for a name again
      await page.goto(page.url()) // what a redirection leads to is not rewritten
      await expect(page.locator('#me-dialog')).toBeVisible()
      await picture('me')
      await page.locator('#me-name').fill('Ana Berg')
      await page.locator('#me-form button').click({ force: true })
      await expect(page.locator('#me-dialog')).toBeHidden()
      const note = page.locator('#plane > .note').filter({ hasText: 'A quiet morning' })
      await expect(note).toBeVisible()
      await page.locator('#zoom-fit').click()
      await note.click({ force: true })
      await picture('board')
      await page.locator('#desk').focus()
      await page.keyboard.press('?')
      await expect(page.locator('#help-dialog')).toBeVisible()
      await picture('help')
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+k')
      await picture('commands')
      await page.goto(`${nodes.a}/nothing-here`)
      await picture('problem')
      await page.goto(nodes.a)
      await page.locator('.new-board button').first().click()
      await page.waitForURL(/\/b\//)
      await page.goto(page.url())
      await expect(page.locator('#desk-hint')).toBeVisible()
      await page.locator('#share-open').click()
      await expect(page.locator('#share-body input').first()).toBeVisible()
      await picture('share')
      await page.goto(`${nodes.a}/boards`)
      await picture('boards')
      await page.locator('.rename summary').first().click()
      await picture('rename')
    })
  }
}

/** Has the server's pages say that they run from right to left. */
async function mirror(page: Page): Promise<void> {
  await page.route(
    (url) => !url.pathname.startsWith('/assets/'),
    async (route) => {
      if (route.request().resourceType() !== 'document') return route.fallback()
      const answer = await route.fetch({ maxRedirects: 0 })
      if (!answer.headers()['content-type']?.startsWith('text/html')) return route.fulfill({ response: answer })
      await route.fulfill({ response: answer, body: (await answer.text()).replace('dir="ltr"', 'dir="rtl"') })
    },
  )
}
