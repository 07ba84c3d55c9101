import type { Page } from '@playwright/test'
import { Desk } from './desk.ts'
import { expect, nodes, test } from './world.ts'

/** Presses Tab until the focus is on what the selector names. */
async function tabTo(page: Page, selector: string, key = 'Tab'): Promise<void> {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press(key)
    if (await page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector)) return
  }
  throw new Error(`${key} does not come to ${selector}`)
}

// No pointer is touched in this test, nor is anything focused for the person.
test('a board from beginning to end by the keyboard alone', async ({ visit }) => {
  const page = await visit(nodes.a)
  const { keyboard } = page
  const ana = new Desk(page)
  const live = page.locator('#live')

  await test.step('make a board, say a name, come to the desk by Tab', async () => {
    await tabTo(page, '.hero button')
    await keyboard.press('Enter')
    await expect(page.locator('#me-name')).toBeFocused()
    await keyboard.type('Ana')
    await keyboard.press('Enter')
    await expect(page.locator('#me-dialog')).toBeHidden()
    await tabTo(page, '#board-name', 'Shift+Tab')
    await tabTo(page, '#desk')
    await expect(page.getByRole('application', { name: 'Notes' })).toBeFocused() // a screen reader lets it have its keys
    expect(await page.locator('#desk').evaluate((d) => getComputedStyle(d).boxShadow)).not.toBe('none')
  })

  await test.step('create, write, on to the next', async () => {
    await keyboard.press('n')
    await keyboard.type('one')
    await keyboard.press('Tab')
    await keyboard.type('two')
    await keyboard.press('Escape')
    await expect(live).toHaveText('Writing ended')
    expect(await ana.texts()).toEqual(['one', 'two'])
    await expect(ana.note('two')).toBeFocused()
  })

  await test.step('move and resize', async () => {
    const before = await ana.place(ana.note('two'))
    await keyboard.press('Shift+ArrowDown')
    await expect.poll(async () => (await ana.place(ana.note('two'))).y).toBe(before.y + 10)
    await expect(live).toHaveText('10 down')
    await expect(async () => {
      await keyboard.press('Alt+Shift+ArrowRight')
      expect((await ana.place(ana.note('two'))).w).toBeGreaterThan(before.w)
    }).toPass() // the part that does it may still be on its way
    await keyboard.press('Alt+Shift+ArrowUp')
    const after = await ana.place(ana.note('two'))
    expect([after.x, after.y, after.h]).toEqual([before.x, before.y + 10, before.h - 10])
    await expect(live).toHaveText(`${after.w} by ${after.h}`)
  })

  await test.step('recolour by name, group, undo', async () => {
    await keyboard.press('Control+k')
    await keyboard.type('colour pink')
    await keyboard.press('Enter')
    await expect(page.locator('.note[data-color="pink"]')).toHaveText('two')
    await keyboard.press('Control+a')
    await expect(live).toHaveText('2 notes selected')
    await keyboard.press('Control+g')
    await expect(ana.note('two')).toHaveAttribute('aria-label', 'Pink note by Ana: two, in a group')
    await keyboard.press('Control+z')
    await expect(live).toHaveText('Undone')
    await expect(ana.note('two')).toHaveAttribute('aria-label', 'Pink note by Ana: two')
    await keyboard.press('Escape')
  })

  await test.step('go from note to note; delete, and be where it was', async () => {
    await keyboard.press('Home')
    await expect(ana.note('one')).toBeFocused()
    await keyboard.press('ArrowRight')
    await expect(ana.note('two')).toBeFocused()
    await keyboard.press(' ')
    await keyboard.press('Delete')
    await expect(ana.notes).toHaveCount(1)
    await expect(ana.note('one')).toBeFocused()
    await keyboard.type('xy') // not selected, it is not written in
    await keyboard.press('Control+z')
    await expect(ana.note('two')).toBeFocused()
    await keyboard.press('Control+Shift+z')
    await expect(ana.note('one')).toBeFocused()
    await keyboard.press('Delete')
    await expect(ana.notes).toHaveCount(0)
    await expect(page.locator('#desk')).toBeFocused()
    await keyboard.press('Control+z')
    await expect(ana.note('one')).toBeFocused()
    await keyboard.press('Control+x')
    await keyboard.press('Control+z')
    await keyboard.press('Control+z')
    await expect(ana.note('two')).toBeFocused()
    expect(await ana.texts()).toEqual(['one', 'two'])
  })

  await test.step('deleted by the bar, where Tab leads on to', async () => {
    await keyboard.press(' ')
    await tabTo(page, '.note-menu button')
    await keyboard.press('End')
    await keyboard.press('ArrowLeft')
    await expect(page.locator('.note-menu [data-action="delete"]')).toBeFocused()
    await keyboard.press('Enter')
    await expect(ana.note('one')).toBeFocused()
    await tabTo(page, '.toast button')
    await keyboard.press('Enter')
    await expect(ana.note('two')).toBeFocused()
    await expect(ana.note('two')).toHaveClass(/is-selected/)
    await keyboard.press('Escape')
  })

  await test.step('with none selected, what is done to notes is done to the one in focus', async () => {
    await keyboard.press('Escape')
    await keyboard.press('Home')
    await expect(ana.note('one')).toBeFocused()
    await keyboard.press('Control+k')
    await keyboard.type('colour teal')
    await keyboard.press('Enter')
    await expect(page.locator('.note[data-color="teal"]')).toHaveText('one')
    await expect(ana.note('one')).toHaveClass(/is-selected/)
    await keyboard.press('Escape')
    await keyboard.press('Control+k')
    await keyboard.press('Escape')
    await expect(page.locator('.note.is-selected')).toHaveCount(0)
    await expect(ana.note('one')).toBeFocused()
    await keyboard.press('Delete')
    await expect(ana.notes).toHaveText(['two'])
    await keyboard.press('Control+z')
    await expect(ana.notes).toHaveCount(2)
  })

  await test.step('search', async () => {
    await keyboard.press('Control+f')
    await keyboard.type('two')
    await expect(page.locator('.search-count')).toHaveText('1 of 1')
    await keyboard.press('Escape')
    await expect(ana.note('two')).toBeFocused()
  })

  await test.step('the list: write there, and back', async () => {
    await keyboard.press('Alt+l')
    const field = page.locator('.list-row:focus-within textarea')
    await expect(field).toHaveValue('two')
    await keyboard.press('End')
    await keyboard.type(', too')
    await keyboard.press('Tab') // a row's tools come when it is reached
    await keyboard.press('Tab')
    await expect(page.getByRole('combobox', { name: 'Colour', exact: true })).toBeFocused()
    await keyboard.press('Escape')
    await expect(ana.note('two, too')).toBeFocused()
  })

  await test.step('choose what is read out', async () => {
    await keyboard.press('Control+k')
    await keyboard.type('read out only')
    await keyboard.press('Enter')
    await expect(live).toHaveText('Read out only what concerns me')
    expect(await page.evaluate(() => localStorage.getItem('corkboard news'))).toBe('mine')
  })

  await test.step('share, and be where one was', async () => {
    await keyboard.press('Control+k')
    await keyboard.type('share')
    await keyboard.press('Enter')
    const link = page.locator('#share-dialog').getByRole('textbox', { name: 'Can edit' })
    await expect(link).toBeVisible()
    await tabTo(page, '#share-dialog input')
    await keyboard.press('Escape')
    await expect(page.locator('#share-dialog')).toBeHidden()
    await expect(ana.note('two, too')).toBeFocused()
    await tabTo(page, '#share-open', 'Shift+Tab')
    await keyboard.press('Enter')
    await expect(link).toBeVisible()
    await keyboard.press('Escape')
    await expect(page.locator('#share-open')).toBeFocused()
  })

  await test.step('leave by Tab: a bar of buttons is one stop, the one that was used last, and arrows go along it', async () => {
    await tabTo(page, '#desk')
    const view = await ana.view()
    await tabTo(page, '[data-tool="select"]')
    await keyboard.press('ArrowRight')
    await expect(page.locator('[data-tool="hand"]')).toBeFocused()
    await keyboard.press('Home')
    await keyboard.press('ArrowLeft')
    await expect(page.locator('#tools button:enabled').last()).toBeFocused()
    await keyboard.press('Shift+ArrowRight')
    await keyboard.press('Tab')
    await expect(page.locator('#zoom-out')).toBeFocused()
    await keyboard.press('Shift+Tab')
    await expect(page.locator('#tools button:enabled').last()).toBeFocused()
    expect(await ana.view(), 'the desk does not move').toEqual(view)
  })

  await test.step('undo until there is nothing left, and have the focus on what can be pressed', async () => {
    await tabTo(page, '#undo', 'ArrowLeft')
    while (await page.locator('#undo').isEnabled()) await keyboard.press('Enter')
    await expect(page.locator('#redo')).toBeFocused()
    while (await page.locator('#redo').isEnabled()) await keyboard.press('Enter')
    await expect(page.locator('#undo')).toBeFocused()
  })

  await test.step('on a narrow page the row of colours goes along with the focus', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await keyboard.press('Home')
    await tabTo(page, '[data-new-color="pink"]', 'ArrowRight')
    const [row, pink] = [(await page.locator('.new-notes').boundingBox())!, (await page.locator('[data-new-color="pink"]').boundingBox())!]
    expect(pink.x + pink.width, 'before its end, where it fades').toBeLessThan(row.x + row.width - 32)
  })
  await ana.expectSaved()
})
