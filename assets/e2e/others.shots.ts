// Pictures of a board in company, and of one in a hand.

import { fileURLToPath } from 'node:url'
import { RETRO } from './retro.ts'
import { expect, newBoard, nodes, on, pour, test } from './world.ts'

const FOLDER = fileURLToPath(new URL('../test-results/pictures/', import.meta.url))
const NAMES = ['Ben Okafor', 'Chloé', 'Dmitri', 'Eleni Papadopoulou', 'Farid', 'Grace']

for (const { width, height } of [{ width: 360, height: 740 }, { width: 1440, height: 900 }]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`others, ${width}, ${colorScheme}`, async ({ join, request }) => {
      const board = await newBoard(request, nodes.a, 'Retro, week 12')
      await pour(request, board, RETRO)
      const isPhone = width < 600
      const ana = await join('Ana Berg', board.edit_url, { viewport: { width, height }, colorScheme, hasTouch: isPhone, isMobile: isPhone })
      const picture = async (what: string): Promise<void> => {
        await ana.page.evaluate(() => document.fonts.ready)
        await ana.page.screenshot({ path: `${FOLDER}${what}-${width}-${colorScheme}.png`, animations: 'disabled' })
      }
      const others = []
      for (const name of NAMES) others.push(await join(name, on(nodes.b, name === 'Grace' ? board.view_url : board.edit_url)))
      const [ben, chloe] = others
      await ben!.pick(ben!.note('Coffee machine'))
      await ben!.page.keyboard.press('Enter')
      await chloe!.pick(chloe!.note('Flaky'))
      await chloe!.page.mouse.move(700, 420, { steps: 3 })
      await expect(ana.page.locator('.note-editor')).toBeVisible()
      await picture('others')
      await ana.page.locator('#people .more').click()
      await expect(ana.page.locator('#people-dialog')).toBeVisible()
      await picture('others-list')
      await ana.page.locator('#people-dialog').getByRole('button', { name: 'Follow Chloé' }).click()
      await chloe!.page.mouse.wheel(120, 80)
      await expect(ana.page.locator('.follow-sign')).toBeVisible()
      await ana.page.waitForFunction(() => document.getElementById('plane')!.style.willChange === '')
      await picture('others-follow')
      await ana.page.keyboard.press('Escape')
      await others[2]!.page.locator('#people .avatar[aria-label="Follow Ana Berg"]').or(others[2]!.page.locator('#people .more')).first().click()
      const list = others[2]!.page.locator('#people-dialog')
      if (await list.isVisible()) await list.getByRole('button', { name: 'Follow Ana Berg' }).click()
      await expect(ana.page.locator('.followers')).toBeVisible()
      await picture('others-followed')
    })
  }
}
