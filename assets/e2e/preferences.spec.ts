// What people have told their system or their browser: to keep still, to show its
// own colours, to show everything four times as large.

import type { Locator, Page } from '@playwright/test'
import { atRest, Desk } from './desk.ts'
import { expect, introduce, nodes, on, pour, test } from './world.ts'

/** Does something, and tells at how many other places these elements were seen until it was done. */
async function steps(moved: Locator, deed: () => Promise<unknown>, isDone: () => Promise<void>): Promise<number> {
  await moved.evaluateAll((elements) => {
    const look = (): string => elements.map((e) => getComputedStyle(e)).map((s) => `${s.translate} ${s.scale} ${s.transform}`).join()
    const before = look()
    const seen = new Set<string>()
    let watching = true
    const watch = (): void => {
      if (look() !== before) seen.add(look())
      if (watching) requestAnimationFrame(watch)
    }
    requestAnimationFrame(watch)
    Object.assign(window, { stepsSeen: (): number => ((watching = false), seen.size) })
  })
  await deed()
  await isDone()
  return moved.page().evaluate(() => (window as unknown as { stepsSeen(): number }).stepsSeen())
}

test('who wants no motion sees none: not of the view, of whom they follow, of pointers, of dialogs', async ({ board, join, request }) => {
  await pour(request, board, [{ text: 'here', x: 0, y: 0 }, { text: 'far away', x: 3000, y: 2000 }])
  const ana = await join('Ana', board.edit_url, { reducedMotion: 'reduce' })
  const ben = await join('Ben', on(nodes.b, board.edit_url))
  const camera = (desk: Desk): Locator => desk.page.locator('#camera, #plane')
  const reads = (desk: Desk, zoom: string | RegExp) => (): Promise<void> => expect(desk.page.locator('#zoom-reset')).toHaveText(zoom)
  for (const desk of [ana, ben]) {
    await desk.page.keyboard.press('Control+0')
    await reads(desk, '100 %')()
  }

  await test.step('all is shown at once; for others it glides', async () => {
    const all = (desk: Desk): Promise<number> => steps(camera(desk), () => desk.page.keyboard.press('Shift+1'), async () => {
      await expect(desk.note('far away')).toBeInViewport({ ratio: 0.99 })
      await atRest(desk.page)
    })
    expect(await all(ana)).toBe(1)
    expect(await all(ben)).toBeGreaterThan(1)
  })

  await test.step('a pointer is where it was last told to be', async () => {
    const { x, y } = await ben.middle(ben.note('here'))
    await expect(ben.page.locator('#people').getByRole('button', { name: 'Follow Ana' })).toBeVisible() // who is alone sends no pointer
    await ben.page.mouse.move(x, y)
    await expect(ana.cursors).toHaveCount(1)
    const target = async (): Promise<void> => {
      await expect(async () => {
        const [tip, note] = [(await ana.cursors.boundingBox())!, await ana.middle(ana.note('far away'))]
        expect(Math.hypot(tip.x - note.x, tip.y - note.y)).toBeLessThan(12)
      }).toPass()
    }
    const far = await ben.middle(ben.note('far away'))
    expect(await steps(ana.cursors, () => ben.page.mouse.move(far.x, far.y), target)).toBe(1)
  })

  await test.step('the view of whom one follows is taken over at once', async () => {
    await ana.page.locator('#people').getByRole('button', { name: 'Follow Ben' }).click()
    await expect(ana.page.locator('.follow-sign')).toBeVisible()
    await expect.poll(async () => (await ana.view()).x).toBeCloseTo((await ben.view()).x, -1)
    const before = (await ben.view()).x
    const there = async (): Promise<void> => expect.poll(async () => (await ana.view()).x).toBeCloseTo((await ben.view()).x, -1)
    const taken = await steps(camera(ana), () => ben.page.mouse.wheel(900, 0), async () => {
      await expect.poll(async () => (await ben.view()).x).toBeGreaterThan(before + 400)
      await there()
    })
    expect(taken).toBeLessThan(4)
    await ana.page.keyboard.press('Escape')
  })

  await test.step('a dialog stands there', async () => {
    const moves = async ({ page }: Desk): Promise<number> => {
      const dialog = page.locator('#me-dialog')
      await dialog.evaluate((e) => {
        let moves = 0
        e.addEventListener('transitionrun', () => moves++)
        Object.assign(window, { movesSeen: () => moves })
      })
      await page.locator('#people button').first().click()
      await expect(dialog).toBeVisible()
      await expect(dialog).toHaveCSS('opacity', '1')
      return page.evaluate(() => (window as unknown as { movesSeen(): number }).movesSeen())
    }
    expect(await moves(ana)).toBe(0)
    expect(await moves(ben)).toBeGreaterThan(0)
  })
})

test('in the system’s own colours paper has edges, what is chosen is marked, and colours to choose stay colours', async ({ board, join, request }) => {
  await pour(request, board, [{ text: 'one', color: 'pink' }])
  const { page, ...ana } = await join('Ana', board.edit_url, { forcedColors: 'active' })
  const highlight = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('i'))
    probe.style.setProperty('forced-color-adjust', 'none')
    probe.style.backgroundColor = 'Highlight'
    return getComputedStyle(probe).backgroundColor
  })
  await expect(ana.notes.first()).toHaveCSS('border-top-style', 'solid')
  await expect(page.locator('#tools [aria-pressed="true"]')).toHaveCSS('background-color', highlight)
  const paper = (color: string): Promise<string> => page.locator(`[data-new-color="${color}"]`).evaluate((e) => getComputedStyle(e, '::after').backgroundColor)
  expect(await paper('pink')).not.toBe(await paper('green'))
  await page.keyboard.press('Home')
  const focused = page.locator('.note:focus')
  await expect(focused).toHaveCSS('outline-style', 'solid')
  const hasPink = (canvas: HTMLCanvasElement): boolean => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
    return data.some((red, i) => i % 4 === 0 && red > data[i + 1]! + 20)
  }
  await expect.poll(() => page.locator('#minimap canvas').evaluate(hasPink), 'what is painted keeps its colours').toBe(true)
})

for (const viewport of [{ width: 320, height: 640 }, { width: 320, height: 256 }]) {
  test(`nothing is cut off, or lies over another thing, at ${viewport.width} × ${viewport.height}`, async ({ visit }) => {
    const page = await visit(nodes.a, { viewport })
    await expectReflow(page)
    for (const path of ['boards', 'boards?trash=1', 'accessibility', 'nothing-here']) {
      await page.goto(`${nodes.a}/${path}`)
      await expectReflow(page)
    }
    await page.goto(nodes.a)
    await page.getByRole('button', { name: 'New board' }).click()
    await expectDialog(page, '#me-dialog')
    await introduce(page, 'Ana')
    await page.getByLabel('Name of the board').fill('A name that is rather long for so small a screen')
    await page.keyboard.press('Enter')
    await expect(page.locator('#save-state')).toHaveText('Saved')
    await expectApart(page)
    await page.locator('#desk').focus()
    await page.keyboard.press('n')
    await page.keyboard.type('one')
    await page.keyboard.press('Escape')
    await expectApart(page)
    for (const [key, dialog] of [['?', '#help-dialog'], ['Control+k', '.palette']] as const) {
      await page.locator('#desk').focus()
      await page.keyboard.press(key)
      await expectDialog(page, dialog)
      await page.keyboard.press('Escape')
    }
    await page.locator('#desk').focus()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Shift+Digit1')
    await expect(page.locator('.note-menu')).toBeHidden()
    await expect(async () => expect(await islandsOver(page, '.note'), 'all there is to see is in sight').toEqual([])).toPass()
    await page.locator('#commands-open').click()
    await expectDialog(page, '.palette')
    await page.keyboard.press('Escape')
    await page.locator('#desk').focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Control+f')
    await page.keyboard.type('one')
    await expect(async () => expect(await shareSeen(page, '.note.is-current'), 'what is found is in sight').toBeGreaterThan(0.4)).toPass()
    await page.keyboard.press('Escape')
    await page.locator('#share-open').click()
    await expect(page.locator('#share-body input').first()).toBeVisible()
    await expectDialog(page, '#share-dialog')
    await page.goto(`${nodes.a}/boards`)
    await expectReflow(page)
  })
}

/** A page is read in one column: it does not scroll sideways, and no control is cut. */
async function expectReflow(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBeLessThanOrEqual(320)
  for (const control of await page.locator('a:visible, button:visible, select:visible, input:visible').all()) {
    const box = (await control.boundingBox())!
    if (box.width <= 1) continue // for the ear
    expect(box.x + box.width, await control.evaluate((e) => e.outerHTML)).toBeLessThanOrEqual(320)
  }
}

async function expectDialog(page: Page, selector: string): Promise<void> {
  const dialog = page.locator(selector)
  await expect(dialog).toBeVisible()
  const { width, height } = page.viewportSize()!
  await expect(async () => {
    const box = (await dialog.boundingBox())!
    expect([box.x >= 0, box.y >= 0, box.x + box.width <= width, box.y + box.height <= height], selector).toEqual([true, true, true, true])
  }).toPass()
  expect(await dialog.evaluate((e) => e.scrollWidth - e.clientWidth), selector).toBeLessThanOrEqual(0)
}

/** What floats over an element. */
async function islandsOver(page: Page, selector: string): Promise<string[]> {
  return page.locator('.island:visible').evaluateAll((islands, selector) => {
    const below = document.querySelector(selector)!.getBoundingClientRect()
    const lies = (r: DOMRect): boolean => r.left < below.right && below.left < r.right && r.top < below.bottom && below.top < r.bottom
    return islands.filter((i) => lies(i.getBoundingClientRect())).map((i) => i.id || i.className)
  }, selector)
}

/** How much of what a screen could show of an element is not covered, from 0 to 1. */
async function shareSeen(page: Page, selector: string): Promise<number> {
  return page.locator(selector).evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect()
    const steps = Array.from({ length: 20 }, (_, i) => (i + 0.5) / 20)
    const points = steps.flatMap((x) => steps.map((y): [number, number] => [x * innerWidth, y * innerHeight]))
    const within = points.filter(([x, y]) => x > left && x < right && y > top && y < bottom)
    return within.filter(([x, y]) => element.contains(document.elementFromPoint(x, y))).length / within.length
  })
}

/** What floats over the desk is in sight, and each thing beside the others. */
async function expectApart(page: Page): Promise<void> {
  const { width, height } = page.viewportSize()!
  const boxes = []
  for (const island of await page.locator('.island:visible').all()) boxes.push({ what: await island.evaluate((e) => e.id || e.className), ...(await island.boundingBox())! })
  for (const a of boxes) {
    expect([a.x >= 0, a.y >= 0, a.x + a.width <= width, a.y + a.height <= height], a.what).toEqual([true, true, true, true])
    for (const b of boxes) {
      const over = a !== b && a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
      expect(over, `${a.what} over ${b.what}`).toBe(false)
    }
  }
}
