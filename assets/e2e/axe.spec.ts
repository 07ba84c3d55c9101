import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, introduce, nodes, pour, test } from './world.ts'

// Half-way through its fade a sheet, or a message that goes by itself, has colours that nobody reads by.
const STILL = { reducedMotion: 'reduce' } as const

async function expectAccessible(page: Page, what: string, without: string[] = []): Promise<void> {
  // No page is open in another, so one run in this one is enough; what passes is not told of.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] }).disableRules(without)
  // By night only the colours are others.
  const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)
  const { violations } = await (isDark ? axe.withRules(['color-contrast']) : axe).analyze()
  const grave = violations.filter((v) => v.impact === 'serious' || v.impact === 'critical')
  const told = grave.map((v) => `${v.id}: ${v.help}\n${v.nodes.map((n) => `    ${n.target.join(' ')}: ${n.failureSummary}`).join('\n')}`)
  expect(told, what).toEqual([])
}

/** Pastes on the desk what is put on a clipboard. */
async function paste(page: Page, fill: (data: DataTransfer) => void): Promise<void> {
  const desk = page.locator('#desk')
  await desk.evaluate((desk, code) => {
    const clipboardData = new DataTransfer()
    ;(0, eval)(`(${code})`)(clipboardData)
    desk.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, String(fill))
}

const COLORS = ['yellow', 'orange', 'coral', 'pink', 'violet', 'blue', 'sky', 'teal', 'green', 'lime', 'sand', 'white', 'grey', 'graphite']

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test('landing, boards, trash and problem page', async ({ visit }) => {
      const page = await visit(nodes.a, { ...STILL, colorScheme })
      await expectAccessible(page, 'landing')
      await page.goto(`${nodes.a}/boards`)
      await expectAccessible(page, 'no boards yet')
      for (const what of ['kept', 'thrown away']) {
        await page.goto(nodes.a)
        await page.getByRole('button', { name: 'New board' }).click()
        await expect(page.locator('#save-state')).toHaveText('Saved')
        await expectAccessible(page, `asked for a name, for the board that is ${what}`)
      }
      await page.goto(`${nodes.a}/boards`)
      await expectAccessible(page, 'boards')
      await page.getByLabel(/^Rename/).first().click()
      await expectAccessible(page, 'renaming')
      await page.getByRole('button', { name: /to the trash$/ }).first().click()
      await expect(page.locator('.board-row.is-gone')).toBeVisible()
      await expectAccessible(page, 'a board gone to the trash')
      await page.goto(`${nodes.a}/boards?trash=1`)
      await expect(page.locator('.board-row')).toHaveCount(1)
      await expectAccessible(page, 'trash')
      await page.goto(`${nodes.a}/accessibility`)
      await expectAccessible(page, 'what is there for everybody')
      await page.goto(`${nodes.a}/nothing-here`)
      await expectAccessible(page, 'problem')
    })

    test('board and its dialogs', async ({ visit }) => {
      const page = await visit(nodes.a, { ...STILL, colorScheme })
      await page.getByRole('button', { name: 'New board' }).click()
      await introduce(page, 'Ana')
      await expect(page.locator('#save-state')).toHaveText('Saved')
      await expectAccessible(page, 'an empty board')
      for (const color of COLORS) {
        await page.getByRole('button', { name: `New ${color} note` }).dblclick()
        await page.keyboard.type(`The ${color} one`)
        await page.keyboard.press('Escape')
      }
      await page.keyboard.press('Shift+1')
      await expectAccessible(page, 'a board with a note selected')
      await page.keyboard.press('Enter')
      await expectAccessible(page, 'writing')
      await page.keyboard.press('Escape')
      await page.keyboard.press('Delete')
      await expectAccessible(page, 'a message at the edge')
      await page.getByRole('button', { name: 'Share' }).click()
      await expect(page.locator('#share-dialog').getByRole('textbox', { name: 'Can edit' })).toBeVisible()
      await expectAccessible(page, 'sharing')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Keys and help' }).click()
      await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
      await expectAccessible(page, 'help')
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+k')
      await expect(page.getByRole('combobox')).toBeFocused()
      await expectAccessible(page, 'commands')
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+f')
      await page.getByRole('searchbox').fill('pink')
      await expectAccessible(page, 'search')
      await page.keyboard.press('Escape')
      await page.keyboard.press('Alt+l')
      await expect(page.locator('.list-row:focus-within .list-tools')).toBeVisible()
      await expectAccessible(page, 'the list of notes')
    })

    test('who is here, what can be done to a note, and what is made of a paste', async ({ board, join, request }) => {
      await pour(request, board, [{ text: 'one' }, { text: 'A frame', kind: 'frame', width: 400, height: 400 }])
      const { page } = await join('Ana', board.edit_url, { ...STILL, colorScheme })
      await expect(page.locator('#minimap')).toBeVisible() // what begins at leisure is there
      await page.keyboard.press('Control+k')
      await page.keyboard.type('who is here')
      await page.keyboard.press('Enter')
      await expect(page.locator('#people-dialog')).toBeVisible()
      await expectAccessible(page, 'who is here')
      await page.keyboard.press('Escape')
      await page.locator('.pile > .note').filter({ hasText: 'one' }).click()
      await page.getByRole('button', { name: 'More for the selected notes' }).click()
      await expect(page.getByRole('menu')).toBeVisible()
      await expectAccessible(page, 'the menu of a note')
      await page.getByRole('menuitem', { name: 'Add a link…' }).click()
      await page.getByLabel('Link of the note').fill('nowhere at all')
      await page.keyboard.press('Enter')
      await expectAccessible(page, 'a link that is none')
      await page.keyboard.press('Escape')
      await paste(page, (data) => data.setData('text/plain', 'Team\tDone\nDesign\tNew icons\n\tTwo demos'))
      await expect(page.locator('#paste-dialog')).toBeVisible()
      await expectAccessible(page, 'what a paste would make')
      await page.keyboard.press('Escape')
      await paste(page, (data) => {
        const gif = Uint8Array.from(atob('R0lGODlhAQABAIAAAP8AAP8AACwAAAAAAQABAAACAkQBADs='), (c) => c.charCodeAt(0))
        data.items.add(new File([gif], 'red.gif', { type: 'image/gif' }))
      })
      await page.locator('#toasts').getByRole('button', { name: 'Describe' }).click()
      await expect(page.locator('#describe-dialog')).toBeVisible()
      await expectAccessible(page, 'describing a picture')
      await page.keyboard.press('Escape')
      await page.locator('#desk').focus()
      await page.keyboard.press('Alt+p')
      await expect(page.getByRole('toolbar', { name: 'Present' })).toBeVisible()
      await expectAccessible(page, 'presenting')
    })

    test('embed, and a viewer’s board', async ({ board, join, request, visit }) => {
      await pour(request, board, COLORS.map((color) => ({ text: `The ${color} one`, color })))
      const page = await visit(board.embed_url, { ...STILL, colorScheme })
      await expect(page.locator('.pile > .note')).toHaveCount(COLORS.length)
      await expectAccessible(page, 'embed')
      const eve = await join('Eve', board.view_url, { ...STILL, colorScheme })
      await expectAccessible(eve.page, 'a viewer’s board')
    })
  })
}

test('every dialog in German, and 50 and 500 notes', async ({ visit }) => {
  const page = await visit(nodes.a, { ...STILL, locale: 'de-DE' })
  const pour = (from: number, to: number): Promise<void> => page.evaluate(([colors, from, to]) => {
    const place = (i: number): { x: number; y: number } => ({ x: (i % 25) * 220, y: Math.floor(i / 25) * 220 })
    for (let i = from; i < to; i++) {
      const color = colors[i % colors.length]!
      window.corkboard!.client.submit({ kind: 'note.create', note: `note-of-${i}`, text: `Zettel ${i}`, color, ...place(i), w: 200, h: 200, z: 'a0' })
    }
  }, [COLORS, from, to] as const)
  await page.locator('.new-board button').first().click()
  await page.locator('#me-name').fill('Jörg')
  await page.keyboard.press('Enter')
  await expect(page.locator('#me-dialog')).toBeHidden()
  await pour(0, 50)
  await expect(page.locator('.pile > .note').first()).toBeVisible()
  await page.keyboard.press('Shift+1')
  await expect(page.locator('.pile > .note')).toHaveCount(50)
  await expectAccessible(page, '50 notes')
  for (const [what, open, dialog] of [
    ['sharing', '#share-open', '#share-body input'],
    ['me', '#people .avatar', '#me-dialog'],
    ['help', '?', '#help-dialog'],
    ['commands', 'Control+k', '#palette'],
    ['the list of notes', 'Alt+l', '.list-row >> nth=49'],
  ] as const) {
    if (open.startsWith('#')) await page.locator(open).first().click()
    else await page.keyboard.press(open)
    await expect(page.locator(dialog).first()).toBeVisible()
    await expectAccessible(page, what, ['color-contrast']) // as in English
    await page.keyboard.press('Escape')
    await page.locator('#desk').focus()
  }
  await pour(50, 500)
  await page.keyboard.press('Shift+1')
  await page.keyboard.press('Alt+l')
  await expect(page.locator('.list-row')).toHaveCount(500)
  await expectAccessible(page, '500 notes, and their list', ['color-contrast'])
})
