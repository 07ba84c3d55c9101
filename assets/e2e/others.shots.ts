// Pictures of a board in company, and of one in a hand.

import { atRest } from './desk.ts'
import { RETRO } from './retro.ts'
import { SCREENS } from './screens.ts'
import { expect, newBoard, nodes, on, pour, test } from './world.ts'

const NAMES = ['Ben Okafor', 'Chloé', 'Dmitri', 'Eleni Papadopoulou', 'Farid', 'Grace']

for (const { name, options, picture: take } of SCREENS) {
  test(`others, ${name}`, async ({ join, request }) => {
    const board = await newBoard(request, nodes.a, 'Retro, week 12')
    await pour(request, board, RETRO)
    const ana = await join('Ana Berg', board.edit_url, options)
    const picture = (what: string): Promise<void> => take(ana.page, what)
    const others = []
    for (const name of NAMES) others.push(await join(name, on(nodes.b, name === 'Grace' ? board.view_url : board.edit_url)))
    const [ben, chloe] = others
    await ben!.pick(ben!.note('Coffee machine'))
    await ben!.page.keyboard.press('Enter')
    await chloe!.pick(chloe!.note('Flaky'))
    await chloe!.page.mouse.down()
    await chloe!.page.mouse.move(700, 420, { steps: 3 })
    await expect(ana.note('Flaky')).toHaveClass(/is-raised/)
    await expect(ana.page.locator('.note-editor')).toBeVisible()
    await picture('others')
    await chloe!.page.mouse.up()
    await ana.page.locator('#people .more').click()
    await expect(ana.page.locator('#people-dialog')).toBeVisible()
    await picture('others-list')
    await ana.page.locator('#people-dialog').getByRole('button', { name: 'Follow Chloé' }).click()
    await chloe!.page.mouse.wheel(120, 80)
    await expect(ana.page.locator('.follow-sign')).toBeVisible()
    await atRest(ana.page)
    await picture('others-follow')
    await ana.page.keyboard.press('Escape')
    await others[2]!.page.locator('#people .avatar[aria-label="Follow Ana Berg"]').or(others[2]!.page.locator('#people .more')).first().click()
    const list = others[2]!.page.locator('#people-dialog')
    if (await list.isVisible()) await list.getByRole('button', { name: 'Follow Ana Berg' }).click()
    await expect(ana.page.locator('.followers')).toBeVisible()
    await picture('others-followed')
  })
}
