// A board under fingers: they move the view, and a note only when it is meant.

import type { Desk } from './desk.ts'
import { Fingers } from './fingers.ts'
import { expect, expectSame, newBoard, nodes, pour, test } from './world.ts'

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }

test('a finger pans, a selected note is dragged, and a second finger puts it back', async ({ board, join, request }) => {
  await pour(request, board, [{ text: 'one', x: 0, y: 0 }, { text: 'two', x: 0, y: 260 }])
  const ana = await join('Ana', board.edit_url, PHONE)
  const fingers = await Fingers.on(ana.page)
  const one = ana.note('one')
  const at = async (): Promise<[number, number]> => {
    const { x, y } = await ana.middle(one)
    return [x, y]
  }
  const start = await ana.place(one)

  await test.step('from a note that is not selected it pans', async () => {
    const [x, y] = await at()
    await fingers.drag([x, y], [x + 60, y + 40])
    await expect.poll(async () => Math.round((await at())[0] - x)).toBe(60)
    expect(await ana.place(one)).toEqual(start)
    await fingers.drag([x + 60, y + 40], [x, y])
  })

  await test.step('thrown, the desk glides on', async () => {
    const before = await ana.view()
    await expect(async () => {
      const { x } = await ana.view()
      await fingers.down([[80, 600]])
      await fingers.move([[80, 600]], [[180, 600]], 4)
      await fingers.up()
      await expect.poll(async () => x - (await ana.view()).x, { timeout: 1000 }).toBeGreaterThan(130)
    }).toPass() // a browser that is held up between the last move and the end saw no throw
    await ana.page.keyboard.press('Shift+1')
    await expect.poll(async () => (await ana.view()).x).toBeCloseTo(before.x, 0)
  })

  await test.step('a tap selects, then it is dragged', async () => {
    const [x, y] = await at()
    await fingers.tap([x, y])
    await expect(one).toHaveClass(/is-selected/)
    await fingers.drag([x, y], [x + 50, y + 30])
    await expect.poll(async () => Math.round((await ana.place(one)).x - start.x)).toBeGreaterThan(30)
    await ana.page.getByRole('button', { name: 'Undo', exact: true }).tap()
    await expect.poll(() => ana.place(one)).toEqual(start)
  })

  await test.step('a second finger takes the drag back and zooms; the one that is left pans on', async () => {
    const [x, y] = await at()
    const { w } = await ana.view()
    await fingers.down([[x, y]])
    await fingers.move([[x, y]], [[x + 40, y]])
    await expect(ana.page.locator('#desk')).toHaveAttribute('data-dragging')
    await fingers.down([[x + 40, y], [x - 60, y]])
    await expect(ana.page.locator('#desk')).not.toHaveAttribute('data-dragging')
    await fingers.move([[x + 40, y], [x - 60, y]], [[x + 90, y], [x - 110, y]])
    await expect.poll(async () => (await ana.view()).w).toBeCloseTo(w / 2, 0)
    await fingers.liftLast()
    const before = await ana.view()
    await fingers.move([[x + 90, y]], [[x + 90, y + 60]])
    await expect.poll(async () => (await ana.view()).y).toBeLessThan(before.y - 10)
    await fingers.up()
    await expectSame(request, board, [ana])
    expect(await ana.place(one)).toEqual(start)
    await ana.page.keyboard.press('Shift+1')
  })

  await test.step('a palm does nothing', async () => {
    await expect.poll(async () => (await ana.view()).w).toBeCloseTo(360, 0)
    const before = await ana.view()
    await fingers.down([[180, 500]], 60)
    await fingers.move([[180, 500]], [[180, 400]])
    await fingers.up()
    expect(await ana.view()).toEqual(before)
  })
})

test('a long press selects and goes on as a drag or a marquee; two taps write', async ({ board, join, request }) => {
  await pour(request, board, [{ text: 'one', x: 0, y: 0 }, { text: 'two', x: 0, y: 260 }])
  const ana = await join('Ana', board.edit_url, PHONE)
  const fingers = await Fingers.on(ana.page)
  const middle = async (text: string): Promise<[number, number]> => {
    const { x, y } = await ana.middle(ana.note(text))
    return [x, y]
  }
  const start = await ana.place(ana.note('two'))
  const [x, y] = await middle('two')
  await fingers.down([[x, y]])
  await expect(ana.note('two')).toHaveClass(/is-selected/)
  await fingers.move([[x, y]], [[x + 60, y]])
  await fingers.up()
  await expect.poll(async () => (await ana.place(ana.note('two'))).x).toBeGreaterThan(start.x + 30)

  await fingers.tap([30, 130])
  await expect(ana.page.locator('.note.is-selected')).toHaveCount(0)
  await fingers.down([[20, 110]])
  await expect(ana.page.locator('.marquee')).toBeAttached()
  await fingers.move([[20, 110]], [[350, 640]])
  await fingers.up()
  await expect(ana.page.locator('.note.is-selected')).toHaveCount(2)

  const [ax, ay] = await middle('one')
  await fingers.tap([30, 130])
  await fingers.tap([ax, ay])
  await fingers.tap([ax, ay])
  await expect(ana.field).toBeFocused()
  await ana.page.keyboard.type('!')
  await expect(ana.note('!')).toHaveCount(1)
  await keyboardCovers(ana, 320)
  await expect(async () => {
    const { y, height } = (await ana.note('!').boundingBox())!
    expect(y + height).toBeLessThan(740 - 320)
  }).toPass()
  await expect(ana.page.locator('#tools'), 'nor do the tools lie over it').toBeHidden()
  await keyboardCovers(ana, 0)
  await fingers.tap([30, 560])
  await expect(ana.field).toHaveCount(0)
  await fingers.tap([30, 560])
  await fingers.tap([30, 560])
  await expect(ana.field).toBeFocused()
  await ana.page.keyboard.type('new by finger')
  await expect(ana.note('new by finger')).toHaveCount(1)

  // In a note that is higher than what the keyboard leaves, the line that is written is seen.
  const isSeen = (least: number, most: number) => async (): Promise<void> => {
    const [top, bottom] = await caretLine(ana)
    expect(top).toBeGreaterThan(least)
    expect(bottom).toBeLessThan(most)
  }
  await ana.page.keyboard.insertText('\nand one more line'.repeat(40))
  await expect(isSeen(60, 740 - 60)).toPass()
  await ana.page.setViewportSize({ width: 360, height: 340 }) // this one makes the page smaller
  await expect(isSeen(60, 340)).toPass()
  await ana.page.keyboard.press('Control+Home')
  await expect(isSeen(60, 340)).toPass()
  await ana.page.setViewportSize(PHONE.viewport)
  await ana.page.keyboard.press('Control+End')
  await expect(isSeen(60, 740)).toPass()
  await keyboardCovers(ana, 400)
  await expect(isSeen(60, 340)).toPass()
})

/** Where on the screen the line with the caret begins and ends. */
function caretLine(desk: Desk): Promise<number[]> {
  return desk.field.evaluate((field: HTMLTextAreaElement) => {
    const range = document.createRange()
    range.setStart(field.parentElement!.querySelector('.note-mirror')!.firstChild!, field.selectionEnd)
    const { top, bottom } = range.getBoundingClientRect()
    return [top, bottom]
  })
}

/** A keyboard on the screen, in a browser that lays it over the page. */
async function keyboardCovers(desk: Desk, height: number): Promise<void> {
  await desk.page.evaluate((height) => {
    Object.defineProperty(visualViewport!, 'height', { value: innerHeight - height, configurable: true })
    visualViewport!.dispatchEvent(new Event('resize'))
  }, height)
}

test('a pen does what a mouse does, and the hand that holds it nothing', async ({ board, join, request }) => {
  await pour(request, board, [{ text: 'one', x: 0, y: 0 }])
  const ana = await join('Ana', board.edit_url, { ...PHONE, viewport: { width: 1024, height: 768 } })
  const fingers = await Fingers.on(ana.page)
  const one = ana.note('one')
  const start = await ana.place(one)
  const view = await ana.view()
  const { x, y } = await ana.middle(one)
  await fingers.down([[700, 600]]) // the hand comes first
  await fingers.pen('mousePressed', [x, y])
  await fingers.pen('mouseMoved', [x + 30, y + 20])
  await fingers.move([[700, 600]], [[650, 500]])
  await fingers.pen('mouseMoved', [x + 60, y + 40])
  await fingers.pen('mouseReleased', [x + 60, y + 40])
  await fingers.up()
  await expect.poll(async () => Math.round((await ana.place(one)).x - start.x)).toBeGreaterThan(40)
  expect(await ana.view(), 'the hand panned nothing').toEqual(view)
  await fingers.rest(700)
  await fingers.drag([700, 600], [640, 560])
  await expect.poll(async () => Math.round((await ana.view()).x - view.x), 'and fingers pan again').toBeGreaterThan(40)
})

test('who may only look reads a long text on with a finger', async ({ join, request }) => {
  const board = await newBoard(request, nodes.a)
  const lines = Array.from({ length: 40 }, (_, i) => `line ${i + 1}`).join('\n')
  await pour(request, board, [{ text: lines, x: 0, y: 0, height: 200 }])
  const ben = await join('Ben', board.view_url, PHONE)
  const fingers = await Fingers.on(ben.page)
  const note = ben.note('line 1')
  await expect(note).toHaveAttribute('data-over')
  const { x, y } = await ben.middle(note)
  await fingers.tap([x, y])
  await expect(note).toHaveClass(/is-selected/)
  const view = await ben.view()
  await fingers.down([[x, y]])
  await fingers.move([[x, y]], [[x, y - 70]], 10)
  await fingers.up()
  await expect.poll(() => note.locator('.note-text').evaluate((e) => e.scrollTop)).toBeGreaterThan(20)
  expect(await ben.view()).toEqual(view)
})
