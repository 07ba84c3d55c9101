// Pictures of pages in German, and of English ones laid out from right to left, as
// a language would have them that is written so.

import type { Page } from '@playwright/test'
import { RETRO } from './retro.ts'
import { SCREENS } from './screens.ts'
import { expect, newBoard, nodes, pour, test } from './world.ts'

// Words that run from the right, with Latin ones, figures and signs among them.
const WORDS = [
  'החיפוש מהיר עכשיו (v2)', 'מי מטפל ב-API הישן?', 'فريق Design: أيقونات جديدة', '[x] להזמין חדר\n[ ] לקנות חלב', 'اجتماعات كثيرة قبل الظهر!', '20 דקות, 3 פעמים',
  'https://example.org/תכנון', 'A quiet morning', 'לא עכשיו…', 'ما الذي يبطئنا؟', '- קפה\n- תה', 'שלום',
]
const LOOKS = [
  { look: 'de', locale: 'de-DE', board: 'Retro, week 12', me: 'Ana Berg', other: 'Jörg', notes: RETRO },
  { look: 'rtl', locale: 'en-US', board: 'רטרו (שבוע 12)', me: 'דנה לוי', other: 'أمل!', notes: RETRO.map((n, i) => ({ ...n, text: WORDS[i % WORDS.length]! })) },
]

for (const { name, options, picture: take } of SCREENS.filter((s) => s.options.colorScheme === 'light')) {
  for (const { look, locale, board: title, me, other, notes } of LOOKS) {
    test(`${look}, ${name}`, async ({ join, request, visit }) => {
      const board = await newBoard(request, nodes.a, title)
      await pour(request, board, notes)
      const page = await visit('about:blank', { ...options, locale })
      if (look === 'rtl') await mirror(page)
      const picture = (what: string): Promise<void> => take(page, `look-${what}-${look}`)
      await page.goto(nodes.a)
      await picture('landing')
      await page.goto(board.edit_url)
      await expect(page.locator('#me-dialog')).toBeVisible()
      await picture('me')
      await page.locator('#me-name').fill(me)
      await page.locator('#me-form button').click({ force: true })
      await expect(page.locator('#me-dialog')).toBeHidden()
      const note = page.locator('.pile > .note').filter({ hasText: 'A quiet morning' }).first()
      await expect(note).toBeVisible()
      await page.locator('#zoom-fit').click()
      await note.click({ force: true })
      const friend = await join(other, board.edit_url)
      await expect(friend.page.locator('#people .avatar')).toHaveCount(2)
      await friend.page.mouse.move(600, 300, { steps: 3 })
      await expect(page.locator('#cursors .cursor')).toBeVisible()
      await picture('board')
      await page.locator('#people .people-open').click()
      await picture('people')
      await page.locator('#people-dialog .person button').last().click()
      await expect(page.locator('.follow-sign')).toBeVisible()
      await friend.page.goto('about:blank')
      await expect(page.locator('#toasts')).not.toBeEmpty()
      await picture('left')
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

/** Has pages run from right to left from their first line on. */
async function mirror(page: Page): Promise<void> {
  await page.addInitScript(() => {
    new MutationObserver((_, watch) => {
      document.documentElement.dir = 'rtl'
      watch.disconnect()
    }).observe(document, { childList: true })
  })
}
