import type { Locator, Page } from '@playwright/test'
import type { Desk, Point } from './desk.ts'
import { expect, expectSame, test } from './world.ts'

/** Presses at one place, lets go at another. */
async function pull(desk: Desk, from: Point, to: Point): Promise<void> {
  const { mouse } = desk.page
  await mouse.move(from.x, from.y)
  await mouse.down()
  await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 })
  await mouse.move(to.x, to.y, { steps: 4 })
  await mouse.up()
}

/** Writes and stops. */
async function say(desk: Desk, words: string): Promise<Locator> {
  await expect(desk.field).toBeFocused()
  await desk.page.keyboard.type(words)
  await desk.page.keyboard.press('Escape')
  return desk.note(words)
}

/** How far the handle at the corner of the selected note is from it, after each frame until the zoom has come to rest. */
function partings(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const [note, handle, layer] = ['.note.is-selected', '.handle[data-dir="nw"]', '#camera'].map((s) => document.querySelector<HTMLElement>(s)!)
    const gaps: number[] = []
    let moved = false
    while (!moved || layer!.style.willChange) {
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
      moved ||= layer!.style.willChange !== ''
      const [{ x }, { x: left, width }] = [note!.getBoundingClientRect(), handle!.getBoundingClientRect()]
      gaps.push(Math.abs(left + width / 2 - x))
    }
    return gaps
  })
}

test('a note is taken from the pad and put where one wants it', async ({ board, join, request }) => {
  const ana = await join('Ana', board.edit_url)
  const { page } = ana
  const pad = (color: string): Locator => page.getByRole('button', { name: `New ${color} note` })
  const ghost = page.locator('.ghost')

  await test.step('a click takes it in hand, the next one lays it down', async () => {
    await pad('green').click()
    await expect(pad('green')).toHaveAttribute('aria-pressed', 'true')
    await page.mouse.move(400, 300)
    await expect(ghost).toBeVisible()
    await page.mouse.click(400, 300)
    await expect(ghost).toBeHidden()
    expect(await ana.middle(await say(ana, 'laid down'))).toEqual({ x: 400, y: 300 })
    expect((await ana.place(ana.note('laid down'))).color).toBe('green')
    await expect(pad('green')).toHaveAttribute('aria-pressed', 'false')
  })

  await test.step('Esc puts it back; the colour stays that of the next note', async () => {
    await pad('sky').click()
    await page.mouse.move(700, 500)
    await page.keyboard.press('Escape')
    await expect(ghost).toBeHidden()
    await page.mouse.click(700, 500)
    await expect(ana.notes).toHaveCount(1)
    await page.keyboard.press('n')
    expect((await ana.place(await say(ana, 'by key'))).color).toBe('sky')
  })

  await test.step('the next one by key lies beside it, and its words stay to be read, also after a click beside the buttons', async () => {
    await ana.state.click()
    await page.mouse.move(700, 500)
    await page.keyboard.press('n')
    const [{ x, y }, next] = [await ana.place(ana.note('by key')), await ana.place(await say(ana, 'again'))]
    expect([next.x - x, next.y - y]).toEqual([220, 0])
    await page.keyboard.press('Delete')
    await expect(ana.notes).toHaveCount(2)
  })

  await test.step('drawn from the pad onto the desk', async () => {
    await pull(ana, await ana.middle(pad('coral')), { x: 300, y: 560 })
    expect(await ana.middle(await say(ana, 'drawn'))).toEqual({ x: 300, y: 560 })
    await pull(ana, await ana.middle(pad('coral')), await ana.middle(pad('lime')))
    await expect(ana.notes).toHaveCount(3)
  })

  await test.step('twice, or by key: in the middle at once', async () => {
    await pad('pink').dblclick()
    await say(ana, 'twice')
    await pad('white').focus()
    await page.keyboard.press('Enter')
    await say(ana, 'in the middle')
    await expect(ana.notes).toHaveCount(5)
  })
  await expectSame(request, board, [ana])
})

test('the plus around a note makes its neighbour, and the handles give it a size', async ({ board, join, request }) => {
  const ana = await join('Ana', board.edit_url)
  const { page } = ana
  const plus = (name: string): Locator => page.getByRole('button', { name, exact: true })
  await ana.write({ x: 640, y: 320 }, 'first')
  const first = await ana.place(ana.note('first'))

  await test.step('around what is selected', async () => {
    await plus('Note on the right').click()
    const right = await ana.place(await say(ana, 'right'))
    expect(right).toEqual({ ...first, x: first.x + 220 })
    await ana.pick(ana.note('first'))
    await plus('Note below').click()
    expect(await ana.place(await say(ana, 'below'))).toEqual({ ...first, y: first.y + 220 })
  })

  await test.step('around what is pointed at, where there is room', async () => {
    await page.keyboard.press('Escape')
    await page.mouse.move(60, 700)
    await expect(page.locator('.plus:visible')).toHaveCount(0)
    const { x, y } = await ana.middle(ana.note('first'))
    await page.mouse.move(x, y)
    await expect(plus('Note on the left')).toBeVisible()
    await expect(plus('Note on the right')).toBeHidden()
    await page.keyboard.press('Control+a')
    await expect(page.locator('.plus:visible'), 'a pointer that only lies there').toHaveCount(0)
    await page.keyboard.press('Escape')
    await page.mouse.move(x + 5, y)
    await plus('Note on the left').click()
    expect(await ana.place(await say(ana, 'left'))).toEqual({ ...first, x: first.x - 220 })
  })

  await test.step('fewer from afar', async () => {
    const shown = page.locator('.plus:visible')
    await ana.pick(ana.note('first'))
    await expect(shown).toHaveCount(1) // the others lie there already
    await ana.pick(ana.note('left'))
    await expect(shown).toHaveCount(3)
    for (const [zoom, buttons] of [[75, 3], [50, 3], [25, 1], [10, 0]] as const) {
      await page.keyboard.press('Control+-')
      await expect(page.locator('#zoom-reset')).toHaveText(`${zoom} %`)
      await expect(shown).toHaveCount(buttons)
    }
    await page.keyboard.press('Control+0')
    await expect(shown).toHaveCount(3)
    await ana.pick(ana.note('first'))
  })

  await test.step('every side has a handle; Alt pulls both', async () => {
    for (const dir of ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w']) {
      const box = (await page.locator(`.handle[data-dir="${dir}"]`).boundingBox())!
      expect(Math.round(Math.min(box.width, box.height)), dir).toBeGreaterThanOrEqual(24)
    }
    const east = await ana.middle(page.locator('.handle[data-dir="e"]'))
    await page.keyboard.down('Alt')
    await pull(ana, east, { x: east.x + 30, y: east.y })
    await page.keyboard.up('Alt')
    expect(await ana.place(ana.note('first'))).toEqual({ ...first, x: first.x - 30, w: first.w + 60 })
    await page.keyboard.press('Control+z')
    expect(await ana.place(ana.note('first'))).toEqual(first)
  })

  await test.step('they stay at the note while the view glides', async () => {
    const gaps = partings(page)
    await page.keyboard.press('Shift+2')
    expect(Math.max(...(await gaps))).toBeLessThan(2)
  })
  await expectSame(request, board, [ana])
})
