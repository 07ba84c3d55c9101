import { expect, pour, test } from './world.ts'

const TALL = Array.from({ length: 12 }, (_, i) => `line ${i + 1}`).join('\n')

test('a board is shown to a room without anything around it', async ({ board, join, request }) => {
  await pour(request, board, ['one', 'two', 'three'].map((text, i) => ({ text, x: i * 900, y: 0 })))
  const ana = await join('Ana', board.edit_url)
  const { page } = ana
  const { keyboard } = page
  const bar = page.getByRole('toolbar', { name: 'Present' })
  const count = bar.locator('output')
  await expect(page.locator('#minimap')).toBeVisible() // what begins at leisure is there
  await ana.pick(ana.note('two'))
  const before = await ana.hash()
  await page.locator('#desk').focus()
  await keyboard.press('Alt+p')

  await test.step('nothing but the notes', async () => {
    await expect(count).toHaveText('1 of 4')
    for (const gone of ['.islands', '#tools', '#zoom', '#minimap', '.note-menu']) await expect(page.locator(gone)).toBeHidden()
    await expect(ana.notes).toHaveCount(3)
  })

  await test.step('goes from one to the next as they are read, as large as it fits', async () => {
    await keyboard.press('PageDown')
    await expect(count).toHaveText('2 of 4')
    await expect(page.locator('#live')).toHaveText('2 of 4: one')
    await expect.poll(async () => (await ana.note('one').boundingBox())!.width).toBeGreaterThan(500)
    await keyboard.press('End')
    await expect(count).toHaveText('4 of 4')
    await expect(ana.note('three')).toBeInViewport({ ratio: 1 })
    await keyboard.press('ArrowLeft')
    await expect(count).toHaveText('3 of 4')
    await bar.getByRole('button', { name: /^The next one/ }).click()
    await expect(count).toHaveText('4 of 4')
  })

  await test.step('and changes nothing', async () => {
    await page.locator('#desk').focus()
    for (const key of ['Delete', 'n', 'Control+a', 'Control+d', 'x']) await keyboard.press(key)
    await page.mouse.dblclick(200, 200)
    await expect(ana.field).toHaveCount(0)
    expect(await ana.hash()).toBe(before)
  })

  await test.step('Esc leaves', async () => {
    await keyboard.press('Escape')
    await expect(bar).toHaveCount(0)
    await expect(page.locator('#tools')).toBeVisible()
    await keyboard.press('n')
    await expect(ana.field).toBeFocused()
  })
})

test('paper gets every text, whole, in the order of reading', async ({ board, join, request }) => {
  const notes = Array.from({ length: 90 }, (_, i) => ({ text: `Printed ${i}`, x: (i % 30) * 1500, y: Math.floor(i / 30) * 1500 }))
  await pour(request, board, [...notes, { text: TALL, x: 0, y: 9000 }])
  const ana = await join('Ana', board.edit_url, { colorScheme: 'dark' })
  const { page } = ana
  await expect(page.locator('#minimap')).toBeVisible()
  await page.locator('#zoom-reset').click()
  await expect.poll(() => ana.notes.count()).toBeLessThan(80)
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  await page.emulateMedia({ media: 'print' })
  const items = page.locator('#print li .print-text')
  await expect(items).toHaveText([...notes.map((n) => n.text), TALL])
  for (const item of [items.first(), items.last()]) await expect(item).toBeVisible()
  await expect(page.locator('#desk')).toBeHidden()
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(255, 255, 255)')
  await expect(page.locator('.print-map rect')).toHaveCount(91)
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  await page.emulateMedia({ media: 'screen' })
  await expect(page.locator('#print')).toHaveCount(0)
  await expect(page.locator('#desk')).toBeVisible()
  expect((await page.pdf()).length).toBeGreaterThan(10_000)
})
