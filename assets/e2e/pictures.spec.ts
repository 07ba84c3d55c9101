import type { Page } from '@playwright/test'
import { expect, expectSame, newBoard, nodes, test } from './world.ts'

/** A PNG of this size, red above and blue below, as base64. */
async function picture(page: Page, w: number, h: number): Promise<string> {
  return page.evaluate(([w, h]) => {
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width: w, height: h })
    const on = canvas.getContext('2d')!
    on.fillStyle = 'red'
    on.fillRect(0, 0, w, h / 2)
    on.fillStyle = 'blue'
    on.fillRect(0, h / 2, w, h / 2)
    return canvas.toDataURL('image/png').split(',')[1]!
  }, [w, h] as const)
}

/** A file: what it is called and said to be, and what is in it, as base64. */
type Brought = readonly [name: string, type: string, base64: string]

/** Drops a file on the desk, or pastes it. */
async function bring(page: Page, how: 'drop' | 'paste', ...file: Brought): Promise<void> {
  await bringAll(page, how, [file])
}

async function bringAll(page: Page, how: 'drop' | 'paste', files: readonly Brought[]): Promise<void> {
  await page.evaluate(({ how, files }) => {
    const data = new DataTransfer()
    for (const [name, type, base64] of files) data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name, { type }))
    const on = { bubbles: true, cancelable: true }
    const event = how === 'drop' ? new DragEvent('drop', { ...on, dataTransfer: data, clientX: 400, clientY: 300 }) : new ClipboardEvent('paste', { ...on, clipboardData: data })
    document.getElementById('desk')!.dispatchEvent(event)
  }, { how, files })
}

/** A PNG whose header, right in itself, gives it that many pixels on either side. */
function bomb(png: string, side: number): string {
  const file = Buffer.from(png, 'base64')
  file.writeUInt32BE(side, 16)
  file.writeUInt32BE(side, 20)
  let crc = 0xffffffff
  for (const byte of file.subarray(12, 29)) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  file.writeUInt32BE(~crc >>> 0, 29)
  return file.toString('base64')
}

const text = (words: string): string => Buffer.from(words).toString('base64')

test('a picture becomes a note that everybody sees', async ({ board, join, request }) => {
  const ana = await join('Ana', board.edit_url)
  const vic = await join('Vic', board.view_url)
  const { page } = ana
  const seen = (p: Page) => p.locator('.note-picture').first().evaluate((img: HTMLImageElement) => [img.complete, img.naturalWidth, img.naturalHeight])

  await test.step('dropped', async () => {
    await bring(page, 'drop', 'red and blue.png', 'image/png', await picture(page, 600, 300))
    await expect(ana.notes.and(page.locator('[data-picture].is-selected'))).toHaveCount(1)
    const place = await ana.place(ana.notes.first())
    expect([place.w, place.h]).toEqual([400, 200])
    for (const p of [page, vic.page]) await expect.poll(() => seen(p)).toEqual([true, 600, 300])
    await expect(page.locator('.picture-wait')).toHaveCount(0)
  })

  await test.step('a corner and a side keep its shape, Shift lets it go', async () => {
    for (const [dir, by, key, size] of [['se', 40, '', [440, 220]], ['n', -20, '', [480, 240]], ['e', -180, 'Shift', [300, 240]]] as const) {
      const { x, y } = await ana.middle(page.locator(`.handle[data-dir="${dir}"]`))
      await page.mouse.move(x, y)
      await page.mouse.down()
      if (key) await page.keyboard.down(key)
      await page.mouse.move(x + (dir === 'n' ? 0 : by), y + (dir === 'n' ? by : 0), { steps: 4 })
      await page.mouse.up()
      if (key) await page.keyboard.up(key)
      const { w, h } = await ana.place(ana.notes.first())
      expect([w, h], dir).toEqual(size)
    }
  })

  await test.step('described, for who does not see it', async () => {
    await expect(vic.notes.first()).toHaveAccessibleName(/nobody has described/)
    await ana.menu.getByRole('button', { name: 'More for the selected notes' }).click()
    await page.getByRole('menuitem', { name: 'Describe this picture' }).click()
    await page.locator('#describe-words').fill('Red above, blue below')
    await page.keyboard.press('Enter')
    await expect(vic.page.getByRole('img', { name: 'Red above, blue below' })).toBeVisible()
    await expect(vic.notes.first()).toHaveAttribute('aria-label', /Red above, blue below/)
  })

  await test.step('words below it fade after six lines, are read on from their begin, and shown whole when one asks for it', async () => {
    const words = (p: Page) => p.locator('.note[data-picture] .note-text').evaluate((e) => [e.clientHeight, e.scrollHeight, e.scrollTop] as const)
    const isWhole = async (p: Page): Promise<boolean> => (([seen, all]) => seen >= all)(await words(p))
    await page.locator('#desk').focus()
    await page.keyboard.press('Enter')
    await expect(ana.field).toBeFocused()
    await page.keyboard.type('Words that say at length what is to be seen. '.repeat(12))
    await page.keyboard.press('Escape')
    await expect(ana.notes.first()).toHaveAttribute('data-over')
    const [seen, all, from] = await words(page)
    expect([seen < all, from]).toEqual([true, 0])
    await ana.menu.getByRole('button', { name: 'More for the selected notes' }).click()
    await page.getByRole('menuitem', { name: 'Show the whole text' }).click()
    for (const desk of [ana, vic]) {
      await expect.poll(() => isWhole(desk.page)).toBe(true)
      await expect(desk.notes.first()).not.toHaveAttribute('data-over')
    }
    const { h } = await ana.place(ana.notes.first())
    expect((await page.locator('.note-picture').boundingBox())!.height / h, 'the picture has half of it').toBeGreaterThan(0.49)
    await vic.page.reload()
    await expect.poll(() => isWhole(vic.page)).toBe(true)
    await expect(vic.notes.first()).not.toHaveAttribute('data-over')
  })

  await test.step('taken along to another board, by who may see this one', async () => {
    const other = await newBoard(request, nodes.b)
    const there = await page.context().newPage()
    await page.locator('#desk').focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Control+c')
    await there.goto(other.edit_url.replace(/^https?:\/\/[^/]+/, nodes.a))
    await there.locator('#desk').focus()
    await there.keyboard.press('Control+v')
    await expect.poll(() => seen(there)).toEqual([true, 600, 300])
    await there.close()
  })

  await test.step('pasted, and taken back', async () => {
    await page.bringToFront()
    await bring(page, 'paste', 'image.png', 'image/png', await picture(page, 30, 120))
    await expect(page.locator('.note[data-picture]')).toHaveCount(2)
    await page.locator('#desk').focus()
    await page.keyboard.press('Control+z')
    await expect(page.locator('.note[data-picture]')).toHaveCount(1)
  })
  await expectSame(request, board, [ana, vic])
})

test('what is no picture, or too much of one, leaves a reason and nothing else', async ({ board, join }) => {
  const ana = await join('Ana', board.edit_url)
  const { page } = ana
  const toast = page.locator('#toasts')
  const png = await picture(page, 8, 8)
  for (const [name, type, base64, words] of [
    ['drawing.svg', 'image/svg+xml', text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'), 'SVG drawings'],
    ['liar.png', 'image/png', text('<!doctype html><script>alert(1)</script>'), 'no picture'],
    ['half.png', 'image/png', Buffer.from(png, 'base64').subarray(0, 40).toString('base64'), 'damaged'],
    ['bomb.png', 'image/png', bomb(png, 50_000), 'more pixels'],
  ] as const) {
    await bring(page, 'drop', name, type, base64)
    await expect(toast).toContainText(words)
    await expect(page.locator('.picture-wait')).toHaveCount(0)
  }
  await expect(ana.notes).toHaveCount(0)
  // A picture that lies about its kind is read as what it is.
  await bring(page, 'drop', 'called.gif', 'image/gif', png)
  await expect(page.locator('.note[data-picture]')).toHaveCount(1)
  // Of several it is told which ones were not taken, beside what becomes of the others.
  await bringAll(page, 'drop', [['liar.png', 'image/png', text('words')], ['good.png', 'image/png', png], ['half.png', 'image/png', text('\x89PNG')]])
  await expect(page.locator('.note[data-picture]')).toHaveCount(2)
  await expect(toast).toContainText(/liar\.png, half\.png: This file is no picture/)
  await expect(toast).toContainText('Added.')
})

test('without a connection a picture is not half there', async ({ board, join }) => {
  const ana = await join('Ana', board.edit_url)
  const { page } = ana
  await bring(page, 'paste', 'a.png', 'image/png', await picture(page, 30, 30)) // so that all of it is loaded
  await expect(page.locator('.note[data-picture]')).toHaveCount(1)
  await page.context().setOffline(true)
  await bring(page, 'drop', 'b.png', 'image/png', await picture(page, 40, 30))
  await expect(page.locator('#toasts')).toContainText('need a connection')
  await expect(ana.notes).toHaveCount(1)
})
