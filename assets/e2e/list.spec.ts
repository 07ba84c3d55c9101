import { expect, expectSame, on, nodes, pour, test } from './world.ts'

const size = { w: 200, h: 200, z: 'a0' }
const NOTES = [
  { as: 'frame', text: 'Ideas', color: 'white', x: 0, y: 0, w: 700, h: 500, z: 'a0' },
  { as: 'frame', text: 'Done', color: 'white', x: 900, y: 0, w: 700, h: 500, z: 'a0' },
  { text: 'one', x: 20, y: 20, color: 'sky', ...size },
  { text: 'two', x: 260, y: 20, color: 'pink', ...size },
  { text: 'alone', x: 0, y: 900, color: 'yellow', ...size },
] as const

test('the list of notes: read, changed and followed without the desk', async ({ board, join, request }) => {
  const ana = await join('Ana', board.edit_url)
  const { page } = ana
  await page.evaluate((notes) => {
    notes.forEach((n, i) => window.corkboard!.client.submit({ kind: 'note.create', note: `listed-${i}`, ...n }))
  }, NOTES)
  const { keyboard } = page
  const list = page.getByRole('region', { name: 'List of notes' })
  const texts = (): Promise<string[]> => list.locator('textarea').evaluateAll((all) => all.map((t) => (t as HTMLTextAreaElement).value))
  const reach = async (text: string): Promise<void> => {
    await list.locator('textarea').evaluateAll((all, text) => all.find((t) => (t as HTMLTextAreaElement).value === text)!.toggleAttribute('data-sought', true), text)
    const sought = list.locator('[data-sought]')
    await sought.focus()
    await sought.evaluate((t) => t.removeAttribute('data-sought'))
  }
  const here = list.locator('.list-row:focus-within')

  await test.step('headings for frames, lists of notes', async () => {
    await keyboard.press('Alt+l')
    await expect(list.getByRole('heading', { level: 3 })).toHaveText(['Not in a frame', 'Frame: Ideas', 'Frame: Done'])
    expect(await texts()).toEqual(['alone', 'Ideas', 'one', 'two', 'Done'])
  })

  await test.step('words and colour, in place', async () => {
    await reach('two')
    await keyboard.press('End')
    await keyboard.type(' and a half')
    await expect(ana.note('two and a half')).toBeVisible()
    await here.getByRole('combobox', { name: 'Colour' }).selectOption('Green')
    await expect(page.locator('.note[data-color="green"]')).toHaveText('two and a half')
  })

  await test.step('two in the same words', async () => {
    const ben = await join('Ben', on(nodes.b, board.edit_url))
    await reach('one')
    await keyboard.press('End')
    await keyboard.type('!')
    await expect(ben.note('one!')).toBeVisible()
    await ben.pick(ben.note('one!'))
    await ben.page.keyboard.press('Enter')
    await ben.page.keyboard.press('Control+Home')
    await ben.page.keyboard.type('Ben: ')
    await expect.poll(texts).toContain('Ben: one!')
    await keyboard.type('?')
    await expect(ben.note('Ben: one!?')).toBeVisible()
    await ben.page.keyboard.press('Escape')
    await ben.page.keyboard.press('Delete')
    // The row one was in is gone: the focus is in the next.
    await expect.poll(texts).toEqual(['alone', 'Ideas', 'two and a half', 'Done'])
    await expect(here.locator('textarea')).toHaveValue('two and a half')
    await ben.page.close()
  })

  await test.step('into another frame, out of all, a new one, and away', async () => {
    await here.getByRole('combobox', { name: 'Frame' }).selectOption('Done')
    await expect.poll(texts).toEqual(['alone', 'Ideas', 'Done', 'two and a half'])
    await here.getByRole('combobox', { name: 'Frame' }).selectOption('No frame')
    await expect.poll(async () => (await texts()).slice(0, 2).sort()).toEqual(['alone', 'two and a half'])
    await list.getByRole('button', { name: 'New note in this frame' }).last().click()
    await expect(here.locator('textarea')).toBeFocused()
    await keyboard.type('fresh')
    await expect.poll(async () => (await texts()).at(-1)).toBe('fresh')
    await reach('alone')
    await here.getByRole('button', { name: 'Delete' }).click()
    await expect.poll(texts).not.toContain('alone')
    await expect(here).toBeVisible()
  })

  await test.step('beside it the tools can be hit, and messages cover none of them', async () => {
    const wide = page.viewportSize()!
    await page.setViewportSize({ width: 1000, height: 600 })
    const toast = (await page.locator('.toast').last().boundingBox())!
    const zoom = (await page.locator('#zoom').boundingBox())!
    expect(toast.y + toast.height).toBeLessThanOrEqual(zoom.y)
    for (const pad of await page.locator('.pad').all()) expect((await pad.boundingBox())!.width).toBeGreaterThanOrEqual(24)
    await page.setViewportSize(wide)
  })

  await test.step('only some, in another order', async () => {
    await list.getByRole('combobox', { name: 'Order' }).selectOption('By colour')
    await expect(list.getByRole('heading', { level: 3 }).first()).not.toContainText('Frame')
    await list.getByRole('combobox', { name: 'Order' }).selectOption('By frame')
    await list.getByRole('searchbox').fill('fresh')
    await expect.poll(texts).toEqual(['Done', 'fresh']) // and the frame it is in
    await expect(page.locator('#live')).toHaveText('1 note')
  })

  await test.step('goes to a note, and back to its row', async () => {
    await list.getByRole('button', { name: 'Go to “fresh”' }).click()
    await expect(ana.note('fresh')).toBeFocused()
    await expect(ana.note('fresh')).toBeInViewport({ ratio: 1 })
    await keyboard.press('Alt+l')
    await expect(here.locator('textarea')).toHaveValue('fresh')
    await keyboard.press('Escape')
    await expect(list).toHaveCount(0)
    await expect(ana.note('fresh')).toBeFocused()
  })

  await test.step('a locked note is read, and unlocked', async () => {
    await keyboard.press('Control+Shift+l')
    await keyboard.press('Alt+l')
    await expect(here).toContainText('locked')
    await expect(here.locator('textarea')).toHaveCount(0)
    await here.getByRole('button', { name: 'Unlock' }).press('Enter')
    await expect(here.locator('textarea')).toBeFocused()
    await keyboard.press('Escape')
  })

  await test.step('who may only look reads', async () => {
    const eve = await join('Eve', board.view_url)
    await eve.page.getByRole('button', { name: 'List of notes' }).click()
    const read = eve.page.getByRole('region', { name: 'List of notes' })
    await expect(read.getByRole('listitem').filter({ hasText: 'fresh' })).toBeVisible()
    await expect(read.locator('textarea')).toHaveCount(0)
    await expect(read.getByRole('button', { name: 'Delete' })).toHaveCount(0)
  })
  await expectSame(request, board, [ana])
})

test('every note of a large board is in the accessibility tree, by the list', async ({ board, join, request }) => {
  const all = Array.from({ length: 500 }, (_, i) => `number ${i}.`)
  await pour(request, board, all.map((text) => ({ text })))
  const { page } = await join('Ana', board.edit_url, { viewport: { width: 360, height: 740 } })
  const list = page.getByRole('region', { name: 'List of notes' })
  await page.locator('#desk').focus()
  await page.keyboard.press('End')
  const last = (await page.locator('.note:focus').textContent())!
  await page.evaluate(() => {
    const late = performance.now() + 1e6 // no time for any row but the one that is gone to
    let i = 0
    performance.now = () => late + 100 * i++
  })
  await page.keyboard.press('Alt+l')
  await expect(list.locator('textarea:focus')).toHaveValue(last)
  await page.evaluate(() => delete (performance as Partial<Performance>).now)
  await expect(list.getByRole('listitem')).toHaveCount(500)
  await expect(list.locator('textarea:focus')).toHaveValue(last)
  await expect(list.locator('.list-row:focus-within').getByRole('button', { name: 'Delete' })).toBeInViewport({ ratio: 1 })
  const tree = await list.ariaSnapshot()
  expect(all.filter((text) => !tree.includes(text))).toEqual([])
})
