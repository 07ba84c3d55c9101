import { expect, expectSame, nodes, on, test } from './world.ts'

test('fingers: one pans, two zoom, a tap and a tap write', async ({ board, join, request }) => {
  const ben = await join('Ben', on(nodes.b, board.edit_url))
  await ben.write({ x: 300, y: 300 }, 'there')
  const ana = await join('Ana', board.edit_url, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  await expect(ana.note('there')).toBeVisible()
  const cdp = await ana.page.context().newCDPSession(ana.page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: [number, number][]): Promise<unknown> =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) })
  const before = (await ana.note('there').boundingBox())!
  await touch('touchStart', [100, 600])
  for (let i = 1; i <= 10; i++) await touch('touchMove', [100 + i * 8, 600 - i * 4])
  await touch('touchEnd')
  await expect.poll(async () => Math.round((await ana.note('there').boundingBox())!.x - before.x)).toBeGreaterThan(50)
  await expectSame(request, board, [ana, ben]) // panning moved no note
  await touch('touchStart', [150, 500], [250, 500])
  for (let i = 1; i <= 10; i++) await touch('touchMove', [150 - i * 6, 500], [250 + i * 6, 500])
  await touch('touchEnd')
  await expect.poll(async () => (await ana.note('there').boundingBox())!.width).toBeGreaterThan(before.width * 1.5)
  await ana.page.getByRole('button', { name: 'New pink note' }).tap()
  await expect(ana.field).toBeFocused()
  await ana.page.keyboard.type('by finger')
  await expect(ben.note('by finger')).toBeVisible()
})

test('wheel and keys move the view and no note', async ({ board, join, request }) => {
  const ana = await join('Ana', board.edit_url, { reducedMotion: 'reduce' }) // a view in motion would go on after the hand
  await ana.write({ x: 600, y: 400 }, 'stays')
  await ana.page.keyboard.press('Escape')
  const place = await ana.place(ana.note('stays'))
  const box = async (): Promise<{ x: number; y: number; width: number }> => (await ana.note('stays').boundingBox())!
  const start = await box()
  await ana.page.mouse.move(start.x, start.y)
  await ana.page.keyboard.down('Control')
  await ana.page.mouse.wheel(0, -300)
  await ana.page.keyboard.up('Control')
  await expect.poll(async () => (await box()).width).toBeGreaterThan(start.width * 1.2)
  const zoomed = await box()
  expect(Math.hypot(zoomed.x - start.x, zoomed.y - start.y), 'what is under the pointer stays there').toBeLessThan(2)
  await ana.page.mouse.wheel(40, 100)
  await expect.poll(async () => Math.round((await box()).y - zoomed.y)).toBe(-100)
  await ana.page.keyboard.down(' ')
  await ana.page.mouse.move(700, 500)
  await ana.page.mouse.down()
  await ana.page.mouse.move(800, 550, { steps: 5 })
  await ana.page.mouse.up()
  await ana.page.keyboard.up(' ')
  await expect.poll(async () => Math.round((await box()).y - zoomed.y)).toBe(-50)
  expect(await ana.place(ana.note('stays'))).toEqual(place)
  await expectSame(request, board, [ana])
})
