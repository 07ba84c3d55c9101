import type { Page } from '@playwright/test'
import { Desk } from './desk.ts'
import { Parts } from './parts.ts'
import { expect, expectSame, introduce, newBoard, nodes, pour, test } from './world.ts'

/** Pastes what a program elsewhere has put onto the clipboard. */
async function pasteIn(page: Page, forms: Record<string, string>): Promise<void> {
  await page.evaluate((forms) => {
    const clipboardData = new DataTransfer()
    for (const [type, form] of Object.entries(forms)) clipboardData.setData(type, form)
    document.activeElement!.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, forms)
}

test('notes go from board to board by the clipboard', async ({ board, join, request }) => {
  await pour(request, board, [
    { text: 'one', color: 'pink', x: 0, y: 0, width: 120, height: 80 },
    { text: 'two\nlines', color: 'blue', x: 300, y: 40 },
    { text: 'stays', x: 0, y: 600 },
  ])
  const other = await newBoard(request, nodes.a, 'Another board')
  const ana = await join('Ana', board.edit_url)
  const { keyboard } = ana.page
  const there = await ana.page.context().newPage()
  await there.goto(other.edit_url)

  await test.step('copy two, paste them on another board: as they were, to each other', async () => {
    await ana.pick(ana.note('one'))
    await keyboard.down('Shift')
    await ana.page.mouse.click(...(Object.values(await ana.middle(ana.note('two'))) as [number, number]))
    await keyboard.up('Shift')
    await keyboard.press('Control+c')
    await expect(ana.page.locator('#live')).toContainText('2 notes copied')
    await there.bringToFront()
    await there.locator('#desk').focus()
    await there.keyboard.press('Control+v')
    await expect(there.locator('.pile > .note.is-selected')).toHaveCount(2)
    const places = await there.evaluate(() =>
      window.corkboard!.client.view.live().map(({ text, color, x, y, w, h }) => ({ text, color, x, y, w, h })))
    const [one, two] = places as [(typeof places)[0], (typeof places)[0]]
    expect([one.text, one.color, one.w, one.h]).toEqual(['one', 'pink', 120, 80])
    expect([two.text, two.color, two.x - one.x, two.y - one.y]).toEqual(['two\nlines', 'blue', 300, 40])
    await there.keyboard.press('Control+z')
    await expect(there.locator('.pile > .note')).toHaveCount(0)
    await there.keyboard.press('Control+Shift+z')
    await expect(there.locator('.pile > .note')).toHaveCount(2)
  })

  await test.step('pasted where they are, they lie beside; cut and pasted, they have moved', async () => {
    await ana.page.bringToFront()
    await keyboard.press('Control+v')
    await expect(ana.notes).toHaveCount(5)
    expect((await ana.texts()).filter((t) => t === 'one')).toHaveLength(2)
    await keyboard.press('Control+z')
    await expect(ana.notes).toHaveCount(3)
    await ana.page.locator('#desk').focus()
    await keyboard.press('Control+a')
    await keyboard.press('Control+x')
    await expect(ana.notes).toHaveCount(0)
    await keyboard.press('Control+v')
    await expect(ana.notes).toHaveCount(3)
    expect(await ana.texts()).toEqual(['one', 'stays', 'two\nlines'])
  })

  await test.step('a frame takes along what lies in it, an arrow its notes', async () => {
    await ana.page.evaluate(() => {
      const { client } = window.corkboard!
      const [one, two] = ['one', 'two\nlines'].map((text) => client.view.live().find((n) => n.text === text)!)
      const like = { kind: 'note.create', color: 'white', z: 'Zz', text: '' } as const
      client.submit({ ...like, note: 'frame-it', as: 'frame', x: one!.x - 50, y: one!.y - 50, w: 800, h: 500, text: 'Both' })
      client.submit({ ...like, note: 'arrow-it', as: 'connector', x: 0, y: 0, w: 0, h: 0, from: one!.id, to: two!.id })
    })
    await ana.page.locator('[data-kind="frame"] .note-text').click()
    await keyboard.press('Control+x')
    await expect.poll(() => ana.texts()).toEqual(['stays'])
    await there.bringToFront()
    await there.locator('#desk').focus()
    await there.keyboard.press('Control+v')
    const kinds = () => there.evaluate(() => window.corkboard!.client.view.live().map((n) => n.kind ?? n.text).sort())
    await expect.poll(kinds).toEqual(['connector', 'frame', 'one', 'one', 'two\nlines', 'two\nlines'])
    await ana.page.bringToFront()
    await ana.page.locator('#desk').focus()
    await keyboard.press('Control+z')
    await expect.poll(() => ana.texts()).toEqual(['', 'Both', 'one', 'stays', 'two\nlines'])
    await keyboard.press('Control+a')
    await keyboard.press('Control+c')
  })

  await test.step('elsewhere they are their words', async () => {
    await ana.page.locator('#board-name').focus()
    const name = ana.page.locator('#board-name')
    await name.evaluate((field) => (field as HTMLInputElement).select?.())
    await keyboard.press('Control+v')
    await expect(name).toHaveValue(/one.*stays|one/s)
    await keyboard.press('Escape')
  })
  await expectSame(request, board, [ana])
})

test('words become notes', async ({ board, join, request }) => {
  const ana = await join('Ana', board.edit_url)
  const { page } = ana
  const sheet = page.locator('#paste-dialog')

  await test.step('one line is one note, at once', async () => {
    await pasteIn(page, { 'text/plain': 'just this\n' })
    await expect(ana.note('just this')).toHaveClass(/is-selected/)
  })

  await test.step('lines are shown first; Enter makes them, one undo step', async () => {
    await pasteIn(page, { 'text/plain': '- one\n- [ ] two\n\n3. three\n' })
    await expect(sheet.getByRole('heading')).toHaveText('3 notes from 3 lines')
    await expect(sheet.locator('.paste-note')).toHaveText(['one', 'two', 'three'])
    await page.keyboard.press('Enter')
    await expect(sheet).toBeHidden()
    await expect(page.locator('.note.is-selected')).toHaveCount(3)
    expect(await ana.texts()).toEqual(['just this', 'one', 'three', 'two'])
    await page.keyboard.press('Control+z')
    await expect(ana.notes).toHaveCount(1)
  })

  await test.step('cells lie as in their table, in the chosen colour', async () => {
    await pasteIn(page, {
      'text/plain': 'a\tb\tc\nd\t\tf\n',
      'text/html': '<meta charset="utf-8"><style>td{color:red}</style><table><tr><td>a<td>b<td>c<tr><td>d<td><td>f<br>g</table>',
    })
    await expect(sheet.getByRole('heading')).toHaveText('5 notes from a table of 2 × 3')
    await sheet.getByLabel('One per row').check()
    await expect(sheet.getByRole('heading')).toHaveText('2 notes from a table of 2 × 3')
    await sheet.getByLabel('One per cell').check()
    await sheet.getByLabel('Teal').check()
    await sheet.getByRole('button', { name: 'Make 5 notes' }).click()
    await expect(page.locator('.note.is-selected')).toHaveCount(5)
    const place = async (text: string) => ana.place(page.locator('.note.is-selected').filter({ hasText: text }))
    const [a, c, d, f] = await Promise.all([place('a'), place('c'), place('d'), place('f')])
    expect([c!.y, d!.x, f!.x, f!.y]).toEqual([a!.y, a!.x, c!.x, d!.y])
    expect(a!.color).toBe('teal')
    await page.keyboard.press('Control+z')
  })

  await test.step('Escape makes nothing', async () => {
    await pasteIn(page, { 'text/plain': 'one\ntwo' })
    await expect(sheet).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(sheet).toBeHidden()
    await expect(ana.notes).toHaveCount(1)
  })
  await expectSame(request, board, [ana])
})

test('with Shift the words of the clipboard are one note, also before what pastes has come', async ({ board, visit }) => {
  const page = await visit('about:blank')
  const parts = await Parts.keep(page, 'clipping')
  await page.goto(board.edit_url)
  await introduce(page, 'Ana')
  const ana = new Desk(page)
  await page.keyboard.press('n')
  await pasteIn(page, { 'text/plain': 'one\ntwo\nthree' })
  await expect(ana.field).toHaveValue('one\ntwo\nthree')
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+c')
  await page.keyboard.press('Escape')
  await page.locator('#desk').focus()
  await page.keyboard.press('Control+Shift+v')
  await parts.asked('clipping')
  await page.keyboard.press('Control+d') // of what is pasted
  parts.arrive('clipping')
  await expect(ana.notes).toHaveCount(3)
  expect(await ana.texts()).toEqual(Array(3).fill('one\ntwo\nthree'))
  await page.keyboard.press('Control+v') // what was copied in the field are words still
  await expect(page.locator('#paste-dialog').getByRole('heading')).toHaveText('3 notes from 3 lines')
})

test('too much at once is said, and nothing is lost', async ({ board, join, request }) => {
  test.setTimeout(90_000)
  const ana = await join('Ana', board.edit_url)
  const { page } = ana
  const sheet = page.locator('#paste-dialog')

  await test.step('notes that are moved off the board stop at its end, each where it lay beside the other', async () => {
    await page.evaluate(() => {
      const like = { kind: 'note.create', color: 'white', y: 0, w: 200, h: 200 } as const
      window.corkboard!.client.submit({ ...like, note: 'at-the-end', text: 'left', x: 999_500, z: 'a0' })
      window.corkboard!.client.submit({ ...like, note: 'at-the-very-end', text: 'right', x: 999_720, z: 'a1' })
    })
    const xs = async (): Promise<number[]> => [(await ana.place(ana.note('left'))).x, (await ana.place(ana.note('right'))).x]
    await page.locator('#desk').focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Shift+2')
    await expect(ana.note('right')).toBeInViewport({ ratio: 1 })
    await ana.drag(ana.note('left'), { x: 250, y: 0 })
    expect(await xs()).toEqual([999_580, 999_800])
    await expect(page.locator('#toasts')).toContainText('The board ends here.')
    await page.keyboard.press('Shift+ArrowRight')
    expect(await xs()).toEqual([999_580, 999_800])
    await page.keyboard.press('Control+z')
    expect(await xs()).toEqual([999_500, 999_720])
    await page.keyboard.press('Delete')
    await expect(ana.notes).toHaveCount(0)
  })

  await test.step('a million characters into a note that is written in', async () => {
    await page.keyboard.press('n')
    await page.keyboard.type('Before ')
    await pasteIn(page, { 'text/plain': 'y'.repeat(1_000_000) })
    await expect(page.locator('#toasts')).toContainText('still on your clipboard')
    await expect(ana.field).toHaveValue(/^Before y+$/)
    await page.keyboard.press('Escape')
    expect((await ana.order())[0]).toHaveLength(10_000)
    await page.keyboard.press('Delete')
    await expect(page.locator('#desk')).toBeFocused()
  })

  await test.step('a million characters without a break', async () => {
    await pasteIn(page, { 'text/plain': 'x'.repeat(1_000_000) })
    await expect(sheet).toContainText('A note holds 10,000 characters')
    await expect(sheet).toContainText('All of it stays on your clipboard')
    await page.keyboard.press('Enter')
    await expect(ana.notes).toHaveCount(1)
    expect((await ana.order())[0]).toHaveLength(10_000)
  })

  await test.step('a million characters in lines: what there is room for is told first', async () => {
    await pasteIn(page, { 'text/plain': 'a line of some fifty characters, as lines often are\n'.repeat(20_000) })
    await expect(sheet.getByRole('heading')).toContainText('10,000 notes from 20,000 lines')
    await expect(sheet).toContainText('10,000 are left out')
    await sheet.getByRole('button', { name: 'Cancel' }).click()
    await expect(sheet).toBeHidden()
  })

  await test.step('thousands of notes are made, and taken back, in one step', async () => {
    const size = () => page.evaluate(() => window.corkboard!.client.view.size)
    await pasteIn(page, { 'text/plain': 'a line\n'.repeat(3_000) })
    await page.keyboard.press('Enter')
    await expect.poll(size).toBe(3_001)
    await expect(ana.state).toHaveText('Saved', { timeout: 30_000 })
    await page.locator('#desk').focus()
    await page.keyboard.press('Control+z')
    await expect.poll(size).toBe(1)
    await expect(ana.state).toHaveText('Saved', { timeout: 30_000 })
    await expectSame(request, board, [ana])
  })
})

test('who may only look copies and does not paste', async ({ board, join, request }) => {
  await pour(request, board, [{ text: 'to read' }])
  const vic = await join('Vic', board.view_url)
  await vic.pick(vic.note('to read'))
  await vic.page.keyboard.press('Control+c')
  await expect(vic.page.locator('#live')).toContainText('1 note copied')
  await vic.page.keyboard.press('Control+v')
  await expect(vic.page.locator('#toasts')).toContainText('not change it')
  await vic.page.keyboard.press('Control+x')
  await expect(vic.notes).toHaveCount(1)
})
