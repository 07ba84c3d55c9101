import type { Locator } from '@playwright/test'
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
  const view = await ana.view()
  await page.locator('#desk').focus()
  await keyboard.press('Alt+p')

  await page.evaluate(() => {
    const live = document.getElementById('live')!
    const log: string[] = []
    new MutationObserver(() => log.push(live.textContent)).observe(live, { childList: true, characterData: true, subtree: true })
    Object.assign(window, { said: log })
  })

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
    const said = await page.evaluate(() => (window as unknown as { said: string[] }).said.filter(Boolean))
    expect(said, 'where one is, and not how large it is shown').toEqual(['2 of 4: one', '4 of 4: three', '3 of 4: two', '4 of 4: three'])
  })

  await test.step('and changes nothing', async () => {
    await page.locator('#desk').focus()
    for (const key of ['Delete', 'n', 'Control+a', 'Control+d', 'x']) await keyboard.press(key)
    await page.mouse.dblclick(200, 200)
    await expect(ana.field).toHaveCount(0)
    expect(await ana.hash()).toBe(before)
  })

  await test.step('Esc leaves, to where one was before', async () => {
    await keyboard.press('Escape')
    await expect(bar).toHaveCount(0)
    await expect(page.locator('#tools')).toBeVisible()
    await expect.poll(() => ana.view()).toEqual(view)
    await keyboard.press('n')
    await expect(ana.field).toBeFocused()
    await keyboard.press('Escape')
  })

  await test.step('frame by frame where there are frames', async () => {
    const ben = await join('Ben', board.edit_url)
    await ben.page.evaluate(() => {
      for (const [i, text] of ['Causes', 'Effects'].entries()) {
        const place = { x: i * 900 - 100, y: -100, w: 500, h: 400 }
        window.corkboard!.client.submit({ kind: 'note.create', as: 'frame', note: `frame00${i}`, ...place, color: 'white', z: 'a5', text })
      }
    })
    await expect.poll(() => ana.texts()).toContain('Effects')
    await page.locator('#desk').focus()
    await keyboard.press('Alt+p')
    await expect(count).toHaveText('1 of 3')
    for (const [key, at, words] of [[' ', 2, 'Causes'], ['ArrowRight', 3, 'Effects'], ['ArrowDown', 3, 'Effects'], ['PageUp', 2, 'Causes'], ['Enter', 3, 'Effects']] as const) {
      await keyboard.press(key)
      await expect(count).toHaveText(`${at} of 3`)
      await expect(page.locator('#live')).toHaveText(`${at} of 3: ${words}`)
    }
    const frame = page.getByLabel('Frame: Effects')
    await expect.poll(middle(frame), 'in the middle of the screen').toBe(page.viewportSize()!.width / 2)
    const shown = (await frame.boundingBox())!
    await expect(frame).toBeInViewport({ ratio: 1 })
    expect(Math.max(shown.width / page.viewportSize()!.width, shown.height / page.viewportSize()!.height)).toBeGreaterThan(0.8)
    await ben.page.evaluate(() => window.corkboard!.client.submit({ kind: 'note.set', note: 'frame001', set: { x: 3000, y: 500 } }))
    await expect.poll(async () => (await ana.place(frame)).x).toBe(3000)
    await expect.poll(middle(frame), 'goes along with the frame').toBe(page.viewportSize()!.width / 2)
    await ben.page.evaluate(() => window.corkboard!.client.submit({ kind: 'note.delete', note: 'frame001' }))
    await expect(count, 'what is shown is gone: the one before').toHaveText('2 of 2')
    await expect.poll(middle(page.getByLabel('Frame: Causes'))).toBe(page.viewportSize()!.width / 2)
  })

  await test.step('what one has moved to by hand stays in view', async () => {
    const { width, height } = page.viewportSize()!
    await page.mouse.move(width / 2, height / 2)
    await page.mouse.down()
    await page.mouse.move(width / 2 - 100, height / 2 - 50)
    await page.mouse.up()
    const panned = middle(page.getByLabel('Frame: Causes'))
    await expect.poll(panned).toBe(width / 2 - 100)
    await keyboard.press('Escape')
    await expect(bar).toHaveCount(0)
    expect(await panned()).toBe(width / 2 - 100)
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
  await page.emulateMedia({ media: null })
  await expect(page.locator('#print')).toHaveCount(0)
  await expect(page.locator('#desk')).toBeVisible()
  const without = pages(await page.pdf())
  expect(without).toBeGreaterThan(1)

  await test.step('a frame has a page of its own, with what lies in it and frames within', async () => {
    await page.evaluate(() => {
      const places = [['First', -100, -100, 1200], ['Within', -50, -50, 500], ['Last', 20_000, 8800, 1200]] as const
      for (const [i, [text, x, y, side]] of places.entries()) {
        window.corkboard!.client.submit({ kind: 'note.create', as: 'frame', note: `frame00${i}`, x, y, w: side, h: side, color: 'white', z: `a${i}`, text })
      }
    })
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    await page.emulateMedia({ media: 'print' })
    const framed = page.locator('#print .print-page')
    await expect(framed.locator('h2')).toHaveText(['First', 'Last'])
    await expect(page.locator('#print h3')).toHaveText('Within')
    await expect(page.locator('#print h3 ~ ol .print-text')).toHaveText('Printed 0')
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    await page.emulateMedia({ media: null })
    expect(pages(await page.pdf())).toBeGreaterThan(without)
  })
})

/** Asks how far to the right the middle of a frame is. */
function middle(frame: Locator): () => Promise<number> {
  return async () => {
    const box = await frame.boundingBox() // none while it is out of view
    return box ? Math.round(box.x + box.width / 2) : NaN
  }
}

/** How many pages a PDF has. */
function pages(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
}
