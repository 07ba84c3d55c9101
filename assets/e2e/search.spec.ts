import { expect, nodes, on, pour, test } from './world.ts'

test('what is on a board can be found, wherever it is', async ({ board, join, request }) => {
  const notes = Array.from({ length: 60 }, (_, i) => ({
    text: i % 20 === 7 ? `Café number ${i}` : `Note ${i}`, x: (i % 10) * 1200, y: Math.floor(i / 10) * 1200,
  }))
  await pour(request, board, [...notes, { text: 'Above it', x: notes[47]!.x + 20, y: notes[47]!.y + 20 }])
  const ana = await join('Ana', board.edit_url)
  const { page } = ana
  const { keyboard } = page
  const bar = page.getByRole('search')
  const field = bar.getByRole('searchbox')
  const count = bar.locator('output')
  const current = page.locator('.note.is-current')
  const middle = page.viewportSize()!.width / 2

  await test.step('counts, marks, dims, and goes to the first', async () => {
    await page.locator('#zoom-reset').click()
    await expect(page.locator('#zoom-reset')).toHaveText('100 %')
    await keyboard.press('Control+f')
    await expect(field).toBeFocused()
    await keyboard.type('cafe')
    await expect(count).toHaveText('1 of 3')
    await expect(current).toHaveText('Café number 7')
    await expect(current).toBeInViewport({ ratio: 1 })
    await expect(page.locator('#live')).toHaveText('1 of 3: Yellow note by API: Café number 7')
    expect(await page.evaluate(() => [...(CSS.highlights.get('found') ?? [])].map(String))).toContain('Café')
    const others = page.locator('.note:not(.is-found)')
    for (const other of await others.all()) await expect(other).toHaveCSS('opacity', '0.2')
  })

  await test.step('goes on, and back, round the ends', async () => {
    await keyboard.press('Enter')
    await expect(count).toHaveText('2 of 3')
    await expect(current).toHaveText('Café number 27')
    await expect(current).toBeInViewport({ ratio: 1 })
    await keyboard.press('F3')
    await keyboard.press('F3')
    await expect(count).toHaveText('1 of 3')
    await keyboard.press('Shift+Enter')
    await expect(current).toHaveText('Café number 47')
    await expect(current).toBeInViewport({ ratio: 1 })
    const seen = (): Promise<string | null | undefined> => current.evaluate((note) => {
      const { x, y, width, height } = note.getBoundingClientRect()
      return document.elementFromPoint(x + width / 2, y + height / 2)?.closest('.note')?.textContent
    })
    await expect.poll(seen, 'what was found does not lie under what was not').toBe('Café number 47')
  })

  await test.step('follows what others do', async () => {
    const ben = await join('Ben', on(nodes.b, board.edit_url))
    await keyboard.press('Control+a')
    await keyboard.type('ben')
    await expect(count).toHaveText('None')
    await ben.page.locator('#desk').focus()
    await ben.page.keyboard.press('n')
    await ben.page.keyboard.type('written by somebody')
    await expect(count).toHaveText('1 of 1')
    await keyboard.press('Enter')
    await expect(current).toHaveText('written by somebody')
    await expect(current).toBeInViewport({ ratio: 1 })
    await ben.page.keyboard.press('Escape')
    await ben.page.keyboard.press('Delete')
    await expect(count).toHaveText('None')
  })

  await test.step('closes, and keeps the note that it was at', async () => {
    await keyboard.press('Control+a')
    await keyboard.type('number 27')
    await expect(count).toHaveText('1 of 1')
    await expect(current).toBeInViewport({ ratio: 1 })
    await keyboard.press('Escape')
    await expect(bar).toHaveCount(0)
    await expect(ana.note('Café number 27')).toBeFocused()
    await expect(page.locator('.note.is-selected')).toHaveText('Café number 27')
    await expect(page.locator('#desk')).not.toHaveAttribute('data-searching')
    const { x } = await ana.middle(ana.note('Café number 27'))
    expect(Math.abs(x - middle)).toBeLessThan(middle)
  })

  await test.step('without anything found, closes to where it was opened', async () => {
    await keyboard.press('Control+f')
    await keyboard.press('Control+a')
    await keyboard.type('nowhere')
    await expect(count).toHaveText('None')
    await keyboard.press('Escape')
    await expect(ana.note('Café number 27')).toBeFocused()
    await page.getByRole('button', { name: 'Find on the board' }).press('Enter')
    await expect(field).toBeFocused()
    await keyboard.press('Escape')
    await expect(page.getByRole('button', { name: 'Find on the board' })).toBeFocused()
    await keyboard.press('Control+f')
    await keyboard.type('number 27')
    await expect(count).toHaveText('1 of 1')
    await keyboard.press('Escape')
  })

  await test.step('from far out it comes near enough to read', async () => {
    await keyboard.press('Shift+1')
    await expect(page.locator('#desk')).toHaveAttribute('data-far')
    await keyboard.press('F3')
    await expect(field).toHaveValue('number 27')
    await keyboard.press('Enter')
    await expect(page.locator('#desk')).not.toHaveAttribute('data-far')
    await expect(current).toBeInViewport({ ratio: 1 })
  })

  await test.step('who may only look finds too', async () => {
    const eve = await join('Eve', board.view_url)
    await eve.page.getByRole('button', { name: 'Find on the board' }).click()
    await expect(eve.page.getByRole('searchbox')).toBeFocused()
    await eve.page.keyboard.type('Café number 47')
    await expect(eve.page.locator('.note.is-current')).toHaveText('Café number 47')
    await eve.page.keyboard.press('Escape')
    await expect(eve.note('Café number 47')).toBeFocused()
  })
})
