import { expect, expectSame, nodes, on, pour, test } from './world.ts'

/** Eight hundred notes in rows, of which nobody can read one when all are seen. */
function rows(): object[] {
  return Array.from({ length: 800 }, (_, i) => ({ text: `Note number ${i}`, color: 'sky', x: (i % 40) * 210, y: Math.floor(i / 40) * 210 }))
}

test('a crowded board is a picture from afar, that follows what others do, and notes from near', async ({ board, join, request }) => {
  await pour(request, board, rows())
  const ana = await join('Ana', board.edit_url)
  const ben = await join('Ben', on(nodes.b, board.edit_url))
  const picture = ana.page.locator('canvas.far-view')
  await expect(picture).toBeVisible()
  await expect.poll(() => ana.notes.count()).toBeLessThan(3) // the one that Tab leads to

  // The picture has the colour of each note where it lies; one that Ben paints changes.
  const last = { x: 39 * 210 + 100, y: 19 * 210 + 100 }
  const paper = (): Promise<string> => ana.page.evaluate(({ x, y }) => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas.far-view')!
    const [plane, at] = [document.getElementById('plane')!, canvas.getBoundingClientRect()]
    const m = new DOMMatrixReadOnly(plane.style.transform)
    const desk = document.getElementById('desk')!.getBoundingClientRect()
    const [px, py] = [desk.x + m.e + x * m.a - at.x, desk.y + m.f + y * m.a - at.y]
    const scale = canvas.width / at.width
    return [...canvas.getContext('2d')!.getImageData(px * scale, py * scale, 1, 1).data].join()
  }, last)
  const before = await paper()
  const note = await ben.page.evaluate(() => [...window.corkboard!.client.view.notes.values()].find((n) => n.text === 'Note number 799')!.id)
  await ben.page.evaluate((id) => window.corkboard!.client.submit({ kind: 'note.set', note: id, set: { color: 'coral' } }), note)
  await expect.poll(paper).not.toBe(before)

  // Near, notes are elements that can be read, and few of them.
  await ana.page.keyboard.press('Control+0')
  await expect(picture).toBeHidden()
  await expect.poll(() => ana.notes.count()).toBeGreaterThan(20)
  await expect(ana.notes.first()).toContainText('Note number')
  expect(await ana.page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(1500)

  // What is in the hand follows the pointer, and lies where it was put.
  const one = ana.notes.nth(10)
  const text = await one.innerText()
  await ana.drag(one, { x: 60, y: 40 })
  await ana.expectSaved()
  const place = (desk: typeof ana): Promise<string> => desk.page.evaluate((words) => {
    const { x, y } = [...window.corkboard!.client.view.notes.values()].find((n) => n.text === words)!
    return `${x} ${y}`
  }, text)
  await expect.poll(() => place(ben)).toBe(await place(ana))
})

test('a dozen notes are carried on one layer, and lie where they were put', async ({ board, join, request }) => {
  await pour(request, board, rows().slice(0, 12))
  const ana = await join('Ana', board.edit_url)
  const ben = await join('Ben', on(nodes.b, board.edit_url))
  const first = ana.note('Note number 5')
  const from = await ana.middle(first)
  await ana.page.mouse.click(from.x, from.y)
  await ana.page.keyboard.press('Control+a')
  await ana.page.mouse.move(from.x, from.y)
  await ana.page.mouse.down()
  await ana.page.keyboard.down('Control') // no falling in line
  await ana.page.mouse.move(from.x + 50, from.y + 70, { steps: 6 })
  const carried = ana.page.locator('.hand > .note')
  await expect(carried).toHaveCount(12)
  await expect.poll(async () => (await ana.middle(carried.filter({ hasText: 'Note number 5' }))).y - from.y).toBeGreaterThan(69)
  await ana.page.mouse.up()
  await ana.page.keyboard.up('Control')
  await expect(carried).toHaveCount(0)
  const now = await ana.middle(first)
  expect([Math.round(now.x - from.x), Math.round(now.y - from.y)]).toEqual([50, 70])
  await expectSame(request, board, [ana, ben])
})

test('a crowded board reads as a page without a script', async ({ board, request, visit }) => {
  await pour(request, board, rows())
  const page = await visit(board.view_url, { javaScriptEnabled: false })
  await expect(page.getByText('Note number 0', { exact: true })).toBeVisible()
  await expect(page.locator('#plane .note')).toHaveCount(800)
})
