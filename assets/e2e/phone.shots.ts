// Pictures of a board in one hand: looked at, selected, written, and each sheet.

import { atRest } from './desk.ts'
import { RETRO } from './retro.ts'
import { picture as take } from './screens.ts'
import { expect, newBoard, nodes, pour, test } from './world.ts'

for (const colorScheme of ['light', 'dark'] as const) {
  test(`phone, ${colorScheme}`, async ({ join, request }) => {
    const board = await newBoard(request, nodes.a, 'Retro, week 12')
    await pour(request, board, RETRO)
    const ana = await join('Ana Berg', board.edit_url, { viewport: { width: 360, height: 740 }, colorScheme, hasTouch: true, isMobile: true, deviceScaleFactor: 2 })
    const picture = (what: string): Promise<void> => take(ana.page, `phone-${what}-${colorScheme}`)
    const note = ana.note('Coffee machine')
    await picture('board')
    await ana.page.evaluate(() => window.corkboard!.client.view.live().length)
    const { x, y } = await ana.middle(note)
    await ana.page.touchscreen.tap(x, y)
    await expect(note).toHaveClass(/is-selected/)
    await ana.page.keyboard.press('Shift+2')
    await atRest(ana.page)
    await picture('selected')
    const middle = await ana.middle(note)
    await ana.page.touchscreen.tap(middle.x, middle.y)
    await ana.page.touchscreen.tap(middle.x, middle.y)
    await expect(ana.field).toBeFocused()
    await ana.page.setViewportSize({ width: 360, height: 420 })
    await atRest(ana.page)
    await picture('writing')
    await ana.page.setViewportSize({ width: 360, height: 740 })
    await ana.page.keyboard.press('Escape')
    for (const key of ['?', 'Control+k', 'Control+f']) {
      await ana.page.locator('#desk').focus()
      await ana.page.keyboard.press(key)
      await expect(ana.page.locator('dialog[open], #search').first()).toBeVisible()
      await picture(`key-${key.replace('Control+', 'ctrl-').replace('?', 'help')}`)
      await ana.page.keyboard.press('Escape')
      await expect(ana.page.locator('dialog[open]')).toHaveCount(0)
    }
  })
}
