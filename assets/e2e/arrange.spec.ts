// Snapping, aligning, spacing, tidying, and what lies on what.

import type { Desk } from './desk.ts'
import { expect, expectSame, test } from './world.ts'

type Place = [text: string, x: number, y: number]

/** Lays notes of 100 × 100 on the board, so that the first lies 300 pixels into the window. */
async function lay(desk: Desk, places: readonly Place[]): Promise<void> {
  await desk.page.evaluate((places) => {
    const { client } = window.corkboard!
    const ops = places.map(([text, x, y], i) => ({
      kind: 'note.create' as const, note: `arrange${i}x`, x, y, w: 100, h: 100, color: 'sky', z: `a${i}`, text,
    }))
    client.submit({ kind: 'batch', ops })
  }, places)
  await expect(desk.notes).toHaveCount(places.length)
}

/** Where the notes' left upper corners are. */
async function corners(desk: Desk, ...texts: string[]): Promise<[number, number][]> {
  return Promise.all(texts.map(async (text) => {
    const { x, y } = await desk.place(desk.note(text))
    return [x, y] as [number, number]
  }))
}

test('a note in the hand falls in line with its neighbours, and Ctrl keeps it free', async ({ board, join, request }) => {
  const ana = await join('Ana', board.edit_url)
  await lay(ana, [['one', 0, 0], ['two', 300, 107]])
  const { x, y } = await ana.middle(ana.note('two'))
  const to = async (dx: number, dy: number): Promise<void> => ana.page.mouse.move(x + dx, y + dy, { steps: 6 })
  await ana.page.mouse.move(x, y)
  await ana.page.mouse.down()
  await to(-296, 40)
  await expect(ana.page.locator('.guide').first()).toBeVisible()
  await ana.page.mouse.up()
  expect(await corners(ana, 'two')).toEqual([[0, 147]])
  await expect(ana.page.locator('.guide')).toHaveCount(0)
  await ana.page.keyboard.press('Control+z')
  await ana.page.mouse.move(x, y)
  await ana.page.mouse.down()
  await ana.page.keyboard.down('Control')
  await to(-296, 40)
  await ana.page.mouse.up()
  await ana.page.keyboard.up('Control')
  expect(await corners(ana, 'two')).toEqual([[4, 147]])
  await ana.page.keyboard.press('Control+z')
  await ana.pick(ana.note('two'))
  const corner = (await ana.page.locator('.handle[data-dir="se"]').boundingBox())!
  await ana.page.mouse.move(corner.x + 12, corner.y + 12)
  await ana.page.mouse.down()
  await ana.page.mouse.move(corner.x + 52, corner.y + 16, { steps: 6 })
  await ana.page.mouse.up()
  const { w, h } = await ana.place(ana.note('two'))
  expect([w, h], 'as high as the neighbour').toEqual([140, 100])
  await ana.page.keyboard.press('Control+z')

  await test.step('Alt on the way makes copies of what is in the hand; Esc takes all back, whatever else is held', async () => {
    await ana.page.mouse.move(x, y)
    await ana.page.mouse.down()
    await to(200, 150)
    await ana.page.keyboard.down('Alt')
    await to(220, 170)
    await expect.poll(() => ana.order()).toEqual(['one', 'two', 'two'])
    await ana.page.keyboard.press('Escape')
    await ana.page.keyboard.up('Alt')
    await ana.page.mouse.up()
    await expect(ana.note('two')).toHaveCount(1)
    await expect(ana.note('two')).toHaveClass(/is-selected/)
    expect(await corners(ana, 'two')).toEqual([[300, 107]])
    await to(0, 0)
    await ana.page.mouse.down()
    await ana.page.keyboard.down('Alt')
    await to(220, 170)
    await ana.page.keyboard.up('Alt')
    await to(0, 150)
    await ana.page.mouse.up()
    expect(await corners(ana, 'two'), 'let go on the way: it is moved').toEqual([[300, 257]])
    await ana.page.keyboard.press('Control+z')
    expect(await corners(ana, 'two'), 'one step').toEqual([[300, 107]])
  })

  await test.step('the copy is what is selected, in focus and written in', async () => {
    await ana.pick(ana.note('two'))
    await ana.page.keyboard.press('Control+d')
    await expect(ana.page.locator('.note:focus')).toHaveClass(/is-selected/)
    await ana.page.keyboard.press('Enter')
    await ana.page.keyboard.type(' again')
    await ana.page.keyboard.press('Escape')
    expect(await ana.order()).toEqual(['one', 'two', 'two again'])
    await ana.page.keyboard.press('Delete')
    await expect(ana.notes).toHaveCount(2)
  })

  await test.step('an area that is drawn over the edge of the desk goes on beyond it', async () => {
    const { x: left, w, h } = await ana.view() // at 100 %
    await ana.page.keyboard.press('Escape')
    await ana.page.mouse.move(w / 2, h - 150)
    await ana.page.mouse.down()
    await ana.page.mouse.move(w - 200, h - 160, { steps: 3 })
    await ana.page.mouse.move(w - 2, h - 160, { steps: 3 })
    await expect.poll(async () => (await ana.view()).x, 'the desk pans').toBeGreaterThan(left + 100)
    await ana.page.mouse.up()
  })
  await expectSame(request, board, [ana])
})

test('align, space, tidy and restack by keys, each one undo step', async ({ board, join, request }) => {
  const ana = await join('Ana', board.edit_url)
  await lay(ana, [['one', 0, 0], ['two', 130, 40], ['three', 340, 20]])
  await expect(ana.page.locator('#minimap')).toBeVisible() // what begins at leisure is there
  const start = await corners(ana, 'one', 'two', 'three')
  await ana.page.keyboard.press('Control+a')
  const does = async (key: string, want: [number, number][]): Promise<void> => {
    await ana.page.keyboard.press(key)
    await expect.poll(() => corners(ana, 'one', 'two', 'three'), key).toEqual(want)
    await ana.page.keyboard.press('Control+z')
    expect(await corners(ana, 'one', 'two', 'three'), `${key} undone`).toEqual(start)
  }
  await does('Alt+a', [[0, 0], [0, 40], [0, 20]])
  await does('Alt+d', [[340, 0], [340, 40], [340, 20]])
  await does('Alt+w', [[0, 0], [130, 0], [340, 0]])
  await does('Alt+s', [[0, 40], [130, 40], [340, 40]])
  await does('Alt+v', [[0, 20], [130, 20], [340, 20]])
  await does('Alt+h', [[170, 0], [170, 40], [170, 20]])
  await does('Alt+Shift+h', [[0, 0], [170, 40], [340, 20]])
  await does('Alt+Shift+t', [[0, 0], [120, 0], [240, 0]])
  await ana.page.keyboard.press('Alt+a')
  const one = (await ana.note('one').boundingBox())!
  await ana.page.mouse.click(one.x + 50, one.y + 16) // under the handle, over the other two
  await ana.page.keyboard.press('Alt+]')
  expect(await ana.order()).toEqual(['two', 'one', 'three'])
  await ana.page.keyboard.press('Alt+]')
  expect(await ana.order()).toEqual(['two', 'three', 'one'])
  await ana.page.keyboard.press('Alt+[')
  expect(await ana.order()).toEqual(['two', 'one', 'three'])
  await expectSame(request, board, [ana])
})

test('a group is selected, moved and arranged as one', async ({ board, join, request }) => {
  const ana = await join('Ana', board.edit_url)
  await lay(ana, [['one', 0, 0], ['two', 130, 0], ['three', 400, 300]])
  const selected = ana.page.locator('.note.is-selected')
  await ana.pick(ana.note('one'))
  await ana.page.keyboard.down('Shift')
  await ana.pick(ana.note('two'))
  await ana.page.keyboard.up('Shift')
  await expect(ana.page.locator('#minimap')).toBeVisible() // what begins at leisure is there
  await ana.page.keyboard.press('Control+g')
  await ana.page.keyboard.press('Escape')
  await ana.pick(ana.note('two'))
  await expect(selected).toHaveCount(2)
  await ana.drag(ana.note('one'), { x: 37, y: 53 })
  expect(await corners(ana, 'one', 'two', 'three')).toEqual([[37, 53], [167, 53], [400, 300]])
  await ana.page.keyboard.press('Control+z')
  await ana.page.keyboard.press('Control+a')
  await ana.page.keyboard.press('Alt+d')
  await expect.poll(() => corners(ana, 'one', 'two', 'three'), 'the group keeps its shape').toEqual([[270, 0], [400, 0], [400, 300]])
  await ana.page.keyboard.press('Escape')
  const { x, y } = await ana.middle(ana.note('one'))
  await ana.page.mouse.click(x, y)
  await expect(selected).toHaveCount(2)
  await ana.page.mouse.click(x, y, { delay: 500 })
  await expect(selected, 'a second click takes the single note').toHaveCount(1)
  await ana.page.mouse.click(x, y)
  await ana.page.keyboard.press('Control+Shift+g')
  await ana.page.keyboard.press('Escape')
  await ana.pick(ana.note('two'))
  await expect(selected).toHaveCount(1)
  await expectSame(request, board, [ana])
})
