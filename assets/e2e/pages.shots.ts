// Pictures of each page, in a hand, on a tablet and on a desk, by day and by night.

import { Desk } from './desk.ts'
import { expect, introduce, newBoard, nodes, on, pour, test } from './world.ts'
import { FRAMES, RETRO } from './retro.ts'
import { SCREENS } from './screens.ts'

for (const { name, width, options, picture } of SCREENS) {
  test(`pages, ${name}`, async ({ visit }) => {
    const page = await visit(nodes.a, options)
    await picture(page, 'landing')
    await page.goto(`${nodes.a}/boards`)
    await picture(page, 'boards-none')
    for (const title of ['Retro, week 12', 'Day out in May', 'What to cook', 'Names for the cat', 'Reading list']) {
      await page.goto(nodes.a)
      await page.getByRole('button', { name: 'New board' }).click()
      if (title === 'Retro, week 12') {
        await picture(page, 'name')
        await introduce(page, 'Ana Berg')
        await picture(page, 'board-empty')
      }
      await page.getByLabel('Name of the board').fill(title)
      await page.keyboard.press('Enter')
      await expect(page.locator('#save-state')).toHaveText('Saved')
    }
    await page.goto(`${nodes.a}/boards`)
    await picture(page, 'boards')
    await page.getByLabel('Rename What to cook').click()
    await page.getByRole('button', { name: 'Move Reading list to the trash' }).click()
    await expect(page.locator('.is-gone')).toBeVisible()
    await picture(page, 'boards-busy')
    await page.goto(`${nodes.a}/boards?trash=1`)
    await picture(page, 'trash')
    await page.goto(`${nodes.a}/nothing-here`)
    await picture(page, 'problem')
  })

  test(`board, ${name}`, async ({ join, request, visit }) => {
    const board = await newBoard(request, nodes.a, 'Retro, week 12')
    await pour(request, board, [...FRAMES, ...RETRO])
    const ana = await join('Ana Berg', board.edit_url, options)
    await expect(ana.notes.first()).toBeVisible()
    const ben = await join('Ben', on(nodes.b, board.edit_url), { viewport: { width: 1440, height: 900 } })
    const eve = await join('Evelyn', on(nodes.b, board.edit_url), { viewport: { width: 1440, height: 900 } })
    await ben.page.keyboard.press('Shift+1')
    await eve.page.keyboard.press('Shift+1')
    await point(ben, 'Pair on the deploy script')
    await eve.pick(eve.note('Coffee machine'))
    await eve.page.keyboard.press('Enter')
    await ana.page.getByRole('button', { name: 'Show everything' }).click()
    if (width < 600) await closer(ana, 2)
    await ana.page.mouse.move(5, 400)
    await expect(ana.cursors).toHaveCount(2)
    await expect(ana.note('Coffee machine')).toHaveAttribute('data-editing-by', 'Evelyn')
    await picture(ana.page, 'board')
    await ana.pick(ana.note(width < 600 ? 'A quiet morning' : 'Release notes are late'))
    await picture(ana.page, 'board-selected')
    const embed = await visit(board.embed_url, options)
    await expect(embed.locator('.note').first()).toBeVisible()
    await picture(embed, 'embed')
  })

  test(`sheets, ${name}`, async ({ visit }) => {
    const page = await visit(nodes.a, options)
    await page.getByRole('button', { name: 'New board' }).click()
    await introduce(page, 'Ana Berg')
    await page.getByRole('button', { name: 'Share' }).click()
    await expect(page.getByRole('textbox', { name: 'Can edit' })).toBeVisible()
    await picture(page, 'share')
    await page.keyboard.press('Escape')
    await page.locator('#desk').focus()
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
    await picture(page, 'help')
  })
}

/** Zooms in to where a phone can be read. */
async function closer(desk: Desk, steps: number): Promise<void> {
  for (let i = 0; i < steps; i++) {
    const before = await reading(desk)
    await desk.page.getByRole('button', { name: 'Zoom in' }).click()
    await expect.poll(() => reading(desk)).not.toBe(before)
  }
}

function reading(desk: Desk): Promise<string | null> {
  return desk.page.locator('#zoom-reset').textContent()
}

/** Lets somebody's pointer rest on a note. */
async function point(desk: Desk, text: string): Promise<void> {
  const { x, y } = await desk.middle(desk.note(text))
  await desk.page.mouse.move(x - 30, y)
  await desk.page.mouse.move(x + 20, y + 30, { steps: 5 })
}
