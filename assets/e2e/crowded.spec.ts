import { knock, Stranger } from './crowd.ts'
import { atRest, cameraOf, type Point } from './desk.ts'
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
  const paper = async (at: Point): Promise<readonly number[]> => ana.page.evaluate(({ at: { x, y }, camera }) => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas.far-view')!
    const at = canvas.getBoundingClientRect()
    const desk = document.getElementById('desk')!.getBoundingClientRect()
    const [px, py] = [desk.x + (x - camera.x) * camera.zoom - at.x, desk.y + (y - camera.y) * camera.zoom - at.y]
    const scale = canvas.width / at.width
    return [...canvas.getContext('2d')!.getImageData(px * scale, py * scale, 1, 1).data]
  }, { at, camera: await cameraOf(ana.page) })
  const before = await paper(last)
  const note = await ben.page.evaluate(() => [...window.corkboard!.client.view.notes.values()].find((n) => n.text === 'Note number 799')!.id)
  const paint = (id: string): Promise<void> => ben.page.evaluate((id) => window.corkboard!.client.submit({ kind: 'note.set', note: id, set: { color: 'coral' } }), id)
  await paint(note)
  await expect.poll(() => paper(last)).not.toEqual(before)

  // What is not looked for is dimmed in the picture, too.
  await ana.page.keyboard.press('Control+f')
  await ana.page.keyboard.type('number 799')
  await expect(ana.page.locator('.note.is-current')).toBeInViewport({ ratio: 1 })
  await ana.page.locator('#zoom-fit').click()
  await expect(picture).toBeVisible()
  const opacity = async (at: Point): Promise<number> => (await paper(at))[3]! / 255
  await expect.poll(() => opacity({ x: 100, y: 100 })).toBeCloseTo(0.2, 1)
  expect(await opacity(last)).toBe(1)
  await ana.page.locator('#search').getByRole('button', { name: 'Close' }).click()
  await ana.page.locator('#zoom-fit').click()
  await expect.poll(() => opacity({ x: 100, y: 100 })).toBe(1)
  const pixels = (): Promise<number> => picture.evaluate((canvas: HTMLCanvasElement) => canvas.width / canvas.getBoundingClientRect().width)
  await expect.poll(pixels, 'drawn sharp once the zoom has come to rest').toBe(1)

  // Near, notes are elements that can be read, and few of them.
  await ana.page.keyboard.press('Control+0')
  await expect(picture).toBeHidden()
  await expect.poll(() => ana.notes.count()).toBeGreaterThan(20)
  await expect(ana.notes.first()).toContainText('Note number')
  expect(await ana.page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(1500)

  // Who looks a little further and comes back finds the same elements, though somebody paints one meanwhile.
  await ana.page.mouse.move(640, 300)
  await expect.poll(async () => (await cameraOf(ana.page)).zoom).toBe(1)
  await atRest(ana.page)
  const left = await ana.page.evaluateHandle(() => {
    const x = (note: Element): number => note.getBoundingClientRect().x
    return [...document.querySelectorAll<HTMLElement>('.pile > .note')].filter((note) => x(note) > 0).sort((a, b) => x(a) - x(b))[0]!
  })
  const push = async (by: number): Promise<void> => {
    const { x } = await cameraOf(ana.page)
    for (let i = 1; i <= 6; i++) {
      await ana.page.mouse.wheel(by / 6, 0)
      await expect.poll(async () => (await cameraOf(ana.page)).x - x).toBeCloseTo((by / 6) * i)
    }
  }
  await push(1200)
  await paint(await left.evaluate((note) => note.dataset['id']!))
  await expect.poll(() => left.evaluate((note) => note.dataset['color'])).toBe('coral')
  await push(-1200)
  expect(await left.evaluate((note) => note.isConnected)).toBe(true)

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

  // Notes are read as soon as they can be, though less than twice as near as where the picture was last needed.
  for (const zoom of ['75 %', '50 %', '25 %']) {
    await ana.page.keyboard.press('Control+-')
    await expect(ana.page.locator('#zoom-reset')).toHaveText(zoom)
  }
  await expect(picture).toBeVisible()
  await ana.page.mouse.move(640, 400)
  await ana.page.keyboard.down('Control')
  for (let i = 0; i < 2; i++) await ana.page.mouse.wheel(0, -24)
  await ana.page.keyboard.up('Control')
  await expect(picture).toBeHidden()
  await expect.poll(() => ana.notes.count()).toBeGreaterThan(100)
})

test('above thirty people pointers hide by themselves, until there are fewer or somebody wants them', async ({ board, join }) => {
  const ana = await join('Ana', board.edit_url)
  const door = await knock(board.view_url)
  const crowd: Stranger[] = []
  const come = async (): Promise<void> => {
    const one = await Stranger.join(door, `stranger-${crowd.length}-${board.id}`)
    one.point(crowd.length * 20, 100)
    crowd.push(one)
  }
  const { page } = ana
  const hint = page.locator('#toasts').filter({ hasText: 'so their pointers are hidden' })
  const stay = (): Promise<number> => page.evaluate(() => window.corkboard!.client.roster.peers.size)
  try {
    for (let i = 0; i < 30; i++) await come()
    await expect(ana.cursors).toHaveCount(30)
    await expect(hint).toHaveCount(0)
    await come()
    await expect(ana.cursors).toHaveCount(0)
    await expect(hint).toBeVisible()
    const all = await stay()
    crowd.pop()!.leave()
    await expect.poll(stay).toBe(all - 1)
    await expect(ana.cursors).toHaveCount(30)
    await come()
    await expect(ana.cursors).toHaveCount(0)
    await hint.getByRole('button', { name: 'Show them' }).click()
    await expect(ana.cursors).toHaveCount(31)
  } finally {
    for (const one of crowd) one.leave()
  }
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
  const carried = ana.page.locator('.hand .note')
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
