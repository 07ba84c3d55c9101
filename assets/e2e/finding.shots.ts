// Pictures of what finds things: the commands, the keys, the search.

import { fileURLToPath } from 'node:url'
import { expect, pour, test } from './world.ts'
import { RETRO } from './retro.ts'

const FOLDER = fileURLToPath(new URL('../test-results/pictures/', import.meta.url))

const SCREENS = [
  { name: 'desk', viewport: { width: 1440, height: 900 } },
  { name: 'phone', viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
]

for (const { name, ...screen } of SCREENS) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`commands, keys, ${name}, ${colorScheme}`, async ({ board, join, request }) => {
      await pour(request, board, RETRO)
      const { page } = await join('Ana Berg', board.edit_url, { ...screen, colorScheme })
      const picture = (what: string): Promise<Buffer> => page.screenshot({ path: `${FOLDER}${what}-${name}-${colorScheme}.png`, animations: 'disabled' })
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
  }
}

test('places, presenting, paper', async ({ board, join, request }) => {
  await pour(request, board, RETRO)
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page } = await join('Ana Berg', board.edit_url, { viewport: { width: 1440, height: 900 }, colorScheme })
    await expect(page.locator('#minimap')).toBeVisible()
    await page.keyboard.press('Control+0')
    await expect(page.locator('#zoom-reset')).toHaveText('100 %')
    await page.mouse.move(5, 400)
    await page.screenshot({ path: `${FOLDER}minimap-${colorScheme}.png`, animations: 'disabled' })
    await page.locator('#desk').focus()
    await page.keyboard.press('Alt+p')
    await page.keyboard.press('PageDown')
    await expect(page.locator('#live')).toHaveText(/^2 of/)
    await expect.poll(async () => (await page.locator('.note', { hasText: 'Search is fast' }).boundingBox())!.width).toBeGreaterThan(500)
    await page.screenshot({ path: `${FOLDER}present-${colorScheme}.png`, animations: 'disabled' })
    await page.keyboard.press('Escape')
    await page.pdf({ path: `${FOLDER}paper-${colorScheme}.pdf`, format: 'A4', preferCSSPageSize: false })
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width: 720, height: 1000 })
    await page.screenshot({ path: `${FOLDER}paper-${colorScheme}.png`, fullPage: true })
  }
})
