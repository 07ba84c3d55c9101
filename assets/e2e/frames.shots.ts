// Pictures of frames, arrows, groups and the lines that notes fall in line with.

import { SCREENS } from './screens.ts'
import { expect, test } from './world.ts'

const FRAMES = [['Causes', 0, 0], ['Effects', 820, 0]] as const
const NOTES = [
  ['The build takes 20 minutes', 'yellow', 40, 40], ['Tests fail at night', 'coral', 280, 60], ['Nobody owns the pipeline', 'sky', 40, 300],
  ['People stop running tests', 'green', 900, 60], ['Friday releases slip', 'violet', 1140, 260], ['Loose end', 'pink', 560, 620], ['Beside it', 'lime', 780, 620], ['Below', 'teal', 560, 850],
] as const
const ARROWS = [[0, 3, 'leads to'], [2, 4, ''], [3, 4, 'and so'], [1, 5, ''], [5, 6, 'close by, and so needs more lines'], [5, 7, 'a label that is longer than its arrow']] as const
const TIES = [['frame000', 'frame001', 'one after the other'], ['note0005', 'frame001', '']] as const // what ties frames

for (const { name, width, options, picture: take } of SCREENS) {
  test(`frames, ${name}`, async ({ board, join }) => {
    const { page, notes } = await join('Ana Berg', board.edit_url, { ...options, reducedMotion: 'reduce' })
    await page.evaluate(([frames, notes, arrows, ties]) => {
      const { client } = window.corkboard!
      const create = { kind: 'note.create', text: '' } as const
      frames.forEach(([text, x, y], i) => client.submit({ ...create, as: 'frame', note: `frame00${i}`, x, y, w: 720, h: 560, color: 'white', z: `a${i}`, text, ...(i === 0 && { link: 'https://example.org/causes' }) }))
      notes.forEach(([text, color, x, y], i) => client.submit({ ...create, note: `note000${i}`, x, y, w: 200, h: 200, color, z: `a${i + 2}`, text }))
      arrows.forEach(([from, to, text], i) => client.submit({ ...create, as: 'connector', note: `arrow00${i}`, x: 0, y: 0, w: 0, h: 0, color: 'graphite', z: `a${'89ABCDEF'[i]}`, text, from: `note000${from}`, to: `note000${to}` }))
      ties.forEach(([from, to, text], i) => client.submit({ ...create, as: 'connector', note: `tied000${i}`, x: 0, y: 0, w: 0, h: 0, color: 'graphite', z: `a${'GH'[i]}`, text, from, to }))
    }, [FRAMES, NOTES, ARROWS, TIES] as const)
    const picture = (what: string): Promise<void> => take(page, `frames-${what}`)
    await page.keyboard.press('Shift+1')
    await expect(page.locator('.connector')).toHaveCount(ARROWS.length + TIES.length)
    await picture('all')
    const line = page.locator('.connector').first().locator('.connector-line')
    const box = (await line.boundingBox())!
    await page.mouse.click(box.x + box.width * 0.7, box.y + box.height * 0.5)
    await picture('arrow')
    await page.locator('[data-kind="frame"] .note-text').first().click()
    await picture('frame')
    await page.locator('.note-menu').getByRole('button', { name: 'More for the selected notes' }).click()
    await expect(page.getByRole('menuitem', { name: 'Delete the frame and what lies in it' })).toBeVisible()
    await picture('frame-menu')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.locator('#desk').focus()
    await notes.filter({ hasText: 'Loose end' }).click()
    await page.keyboard.press('Shift+2')
    await page.keyboard.press('Escape')
    await picture('labels')
    await page.locator('.connector-label').filter({ hasText: 'close by' }).hover()
    await picture('label-pointed-at')
    await page.keyboard.press('Enter')
    await picture('labels-writing')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Shift+1')
    await page.keyboard.press('Alt+l')
    await expect(page.locator('.list-row')).toHaveCount(FRAMES.length + NOTES.length + ARROWS.length + TIES.length)
    await picture('list')
    await page.keyboard.press('Escape')
    await page.locator('#desk').focus()
    await page.keyboard.press('Alt+p')
    await expect(page.locator('#present')).toBeVisible()
    await picture('presented')
    await page.keyboard.press('PageDown')
    await picture('presented-frame')
    await page.keyboard.press('Escape')
    if (width < 600) {
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
      await page.emulateMedia({ media: 'print' })
      await page.setViewportSize({ width: 688, height: 1017 }) // A4 within its margins
      return take(page, 'frames-paper', true) // without the breaks between its pages
    }
    const loose = (await notes.filter({ hasText: 'Loose end' }).boundingBox())!
    await page.mouse.move(loose.x + 40, loose.y + 40)
    await page.mouse.down()
    await page.mouse.move(loose.x + 130, loose.y - 60, { steps: 5 })
    await picture('line')
    await page.mouse.up()
  })
}
