// Pictures of what finds things: the commands, the keys, the search.

import { atRest } from './desk.ts'
import { expect, pour, test } from './world.ts'
import { RETRO } from './retro.ts'
import { FOLDER, SCREENS } from './screens.ts'

for (const { name, width, options, picture: take } of SCREENS) {
  test(`commands, keys, ${name}`, async ({ board, join, request }) => {
    await pour(request, board, RETRO)
    const { page } = await join('Ana Berg', board.edit_url, options)
    const picture = (what: string): Promise<void> => take(page, what)
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('combobox')).toBeFocused()
    await picture('commands')
    await page.keyboard.type('zo')
    await picture('commands-typed')
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
    await picture('keys')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+f')
    await expect(page.getByRole('searchbox')).toBeFocused()
    await page.keyboard.type('the')
    await expect(page.getByRole('search').locator('output')).toHaveText(/of/)
    await picture('search')
  })

  test(`places, presenting, paper, ${name}`, async ({ board, join, request }) => {
    await pour(request, board, RETRO)
    const { page } = await join('Ana Berg', board.edit_url, options)
    const picture = (what: string): Promise<void> => take(page, what)
    await expect(page.locator('#minimap')).toBeAttached() // what begins at leisure is there
    await page.keyboard.press('Control+0')
    await expect(page.locator('#zoom-reset')).toHaveText('100 %')
    await page.mouse.move(5, 400)
    await picture('minimap')
    await page.locator('#desk').focus()
    await page.keyboard.press('Alt+p')
    await page.keyboard.press('PageDown')
    await expect(page.locator('#live')).toHaveText(/^2 of/)
    await expect.poll(async () => (await page.locator('.note', { hasText: 'Search is fast' }).boundingBox())!.width).toBeGreaterThan(300)
    await atRest(page)
    await picture('present')
    if (width < 1440) return
    await page.keyboard.press('Escape')
    await page.pdf({ path: `${FOLDER}paper-${name}.pdf`, format: 'A4', preferCSSPageSize: false })
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width: 720, height: 1000 })
    await take(page, 'paper', true)
  })
}
