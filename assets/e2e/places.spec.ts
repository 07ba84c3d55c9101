import type { Page } from '@playwright/test'
import { cameraOf, type Desk } from './desk.ts'
import { expect, pour, test } from './world.ts'

const GRID = Array.from({ length: 40 }, (_, i) => ({ text: `Note ${i}`, x: (i % 8) * 600, y: Math.floor(i / 8) * 600 }))

/** The middle of the view, on the board, and the zoom in per cent. */
async function place(page: Page): Promise<{ x: number; y: number; zoom: number }> {
  const { x, y, zoom } = await cameraOf(page)
  const { width, height } = page.viewportSize()!
  return { x: Math.round(x + width / 2 / zoom), y: Math.round(y + height / 2 / zoom), zoom: Math.round(zoom * 100) }
}

/** Two frames have been drawn. */
const frames = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))))

const atLeisure = (desk: Desk): Promise<void> => expect(desk.page.locator('#minimap')).toBeVisible()

test('a link leads to a place or a note, and one comes back to where one was', async ({ board, join, request }) => {
  await pour(request, board, GRID)
  const ana = await join('Ana', board.edit_url, { permissions: ['clipboard-read', 'clipboard-write'] })
  const { page } = ana
  const { keyboard } = page
  const address = page.url()
  const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText())
  const command = async (words: string): Promise<void> => {
    await keyboard.press('Control+k')
    await expect(page.getByRole('combobox')).toBeFocused()
    await keyboard.type(words)
    await keyboard.press('Enter')
  }
  await atLeisure(ana)

  await test.step('the address tells the place, without a trail to go back over', async () => {
    const before = await page.evaluate(() => history.length)
    await page.locator('#zoom-reset').click()
    await expect(page).toHaveURL(/#-?\d+,-?\d+,1$/)
    const { x, y } = await place(page)
    await page.mouse.move(600, 400)
    await page.mouse.wheel(300, 200)
    await expect(page).toHaveURL(new RegExp(`#${x + 300},${y + 200},1$`))
    expect(await page.evaluate(() => history.length)).toBe(before)
  })

  let there: Awaited<ReturnType<typeof place>>
  await test.step('a reload and a later visit without a place come back to it', async () => {
    there = await place(page)
    await expect(page).toHaveURL(new RegExp(`#${there.x},${there.y},1$`))
    await page.reload()
    await ana.expectSaved()
    expect(await place(page)).toEqual(there)
    await page.goto('about:blank')
    await page.goto(address)
    await ana.expectSaved()
    expect(await place(page)).toEqual(there)
  })

  await test.step('before any of our script runs the view is there already', async () => {
    await page.route('**/*.js', (route) => route.abort())
    await page.goto('about:blank')
    await page.goto(address)
    expect(await place(page)).toEqual(there)
    await page.goto('about:blank')
    await page.goto(`${address}#900,-300,0.5`)
    expect(await place(page)).toEqual({ x: 900, y: -300, zoom: 50 })
    await page.unroute('**/*.js')
  })

  await test.step('a link to a note selects it; a place that is pasted or gone back to is glided to', async () => {
    await page.goto('about:blank')
    await page.goto(`${address}#900,-300,0.5`)
    await ana.expectSaved()
    await atLeisure(ana)
    await command('show every')
    await ana.note('Note 37').click() // once the glide has come to rest
    await command('link to this note')
    await expect.poll(copied).toMatch(/#note=[\w-]+$/)
    const link = await copied()
    await command('link to this place')
    await expect.poll(copied).toMatch(/#-?\d+,-?\d+,0\.\d+$/)
    await page.goto(`${address}#-5000,-5000,1`)
    await expect.poll(() => place(page)).toEqual({ x: -5000, y: -5000, zoom: 100 })
    await page.goto(link)
    await expect(page.locator('.note.is-selected')).toHaveText('Note 37')
    await expect(ana.note('Note 37')).toBeInViewport({ ratio: 1 })
    await page.goBack()
    await expect.poll(() => place(page)).toEqual({ x: -5000, y: -5000, zoom: 100 })
    const eve = await join('Eve', board.view_url)
    await eve.page.goto(link)
    await expect(eve.page.locator('.note.is-selected')).toHaveText('Note 37')
    await eve.page.goto(link.replace(/note=.*/, 'note=gone-for-good'))
    await expect(eve.page.locator('.toast')).toContainText('is not here')
  })
})

test('zoom, minimap and a push', async ({ board, join, request }) => {
  await pour(request, board, GRID)
  const ana = await join('Ana', board.edit_url)
  const { page } = ana
  const { keyboard } = page
  const reading = page.locator('#zoom-reset')

  await test.step('from 5 % to 400 %, by keys wherever the focus is', async () => {
    await page.getByRole('button', { name: 'Zoom in' }).focus()
    await keyboard.press('Control+0')
    await expect(reading).toHaveText('100 %')
    for (let i = 0; i < 8; i++) await keyboard.press('Control+=')
    await expect(reading).toHaveText('400 %')
    await keyboard.press('Shift+1')
    await expect(reading).not.toHaveText('400 %')
    for (let i = 0; i < 14; i++) await keyboard.press('-')
    await expect(reading).toHaveText('5 %')
    await page.mouse.move(600, 400)
    await keyboard.down('Control')
    await page.mouse.wheel(0, -500)
    await expect(reading).not.toHaveText('5 %')
    for (let i = 0; i < 4; i++) await page.mouse.wheel(0, 500)
    await keyboard.up('Control')
    await expect(reading).toHaveText('5 %')
    await keyboard.press('Shift+0')
    await expect(reading).toHaveText('100 %')
    await page.locator('#desk').focus()
    await keyboard.press('Home')
    await keyboard.press('Enter')
    await expect(ana.field).toBeFocused()
    await keyboard.press('Control+-')
    await expect(reading).toHaveText('75 %')
    await keyboard.press('Escape')
    await keyboard.press('Shift+2')
    await expect(reading).toHaveText('200 %')
    await keyboard.press('Shift+1')
    await expect(page.locator('.note').last()).toBeInViewport()
  })

  await test.step('the minimap goes where it is pointed at, and can be hidden', async () => {
    const map = page.locator('#minimap')
    await expect(map).toBeVisible()
    await keyboard.press('Control+0')
    await expect(reading).toHaveText('100 %')
    const box = (await map.boundingBox())!
    await page.mouse.move(box.x - 200, box.y)
    const [desk, surface] = ['rgb(245, 243, 238)', 'rgb(255, 255, 255)']
    for (const island of [map, page.locator('#zoom')]) {
      await expect(island, 'dim until it is used').toHaveCSS('background-color', desk)
      await island.hover()
      await expect(island).toHaveCSS('background-color', surface)
    }
    await page.mouse.move(box.x + 14, box.y + 30)
    await page.mouse.down()
    await expect.poll(async () => (await place(page)).x).toBeLessThan(1000)
    await expect(page).toHaveURL(/#-?\d+,-?\d+,1$/)
    const before = await place(page)
    await page.mouse.move(box.x + 150, box.y + 90, { steps: 4 })
    await expect.poll(async () => (await place(page)).x - before.x).toBeGreaterThan(2000)
    expect((await place(page)).y - before.y).toBeGreaterThan(800)
    await page.mouse.move(box.x - 400, box.y - 400, { steps: 4 })
    await page.mouse.up()
    await expect(page.locator('.note').first(), 'no further than the map').toBeInViewport()
    const sight = async (): Promise<number> => (await page.locator('.minimap-frame').boundingBox())!.width
    await page.evaluate(() => {
      const here = location.hash
      location.hash = '#90000,0,1'
      history.replaceState(history.state, '', here) // as the page does where one has come to rest
    })
    await expect.poll(sight).toBeLessThan(10)
    await keyboard.press('Shift+1')
    await expect.poll(sight, 'a map of what there is, once one is back').toBeGreaterThan(100)
    await expect.poll(() => underBars(page), 'no note lies under the map').toBe(0)
    await keyboard.press('Control+0')
    await page.locator('#desk').focus()
    await keyboard.press('m')
    await expect(map).toBeHidden()
    await page.reload()
    await ana.expectSaved()
    await page.locator('#desk').focus()
    await expect(async () => {
      await keyboard.press('m')
      await expect(map).toBeVisible({ timeout: 500 })
    }).toPass()
  })

  await test.step('a note that one goes to, by arrows or from the list, lies under none of the bars', async () => {
    await keyboard.press('Control+0')
    await expect(reading).toHaveText('100 %')
    const at = (text: string): Promise<string[]> => ana.notes.filter({ hasText: new RegExp(`^${text}$`) }).evaluate((note) => {
      const { left, top, right, bottom } = note.getBoundingClientRect()
      const corners = [[left, top], [right, top], [left, bottom], [right, bottom]].map(([x, y]) => [x! + (x === left ? 20 : -20), y! + (y === top ? 20 : -20)] as const)
      const seen = corners.map(([x, y]) => document.elementFromPoint(x, y)?.closest('.note, .island, #minimap'))
      return note === document.activeElement ? seen.map((e) => (e === note ? '' : `${e?.className}${e?.id}`)) : ['not in focus']
    })
    await keyboard.press('Home')
    await expect.poll(() => at('Note 0')).toEqual(['', '', '', ''])
    for (const [key, text] of [['Right', 'Note 1'], ['Right', 'Note 2'], ['Down', 'Note 10'], ['Down', 'Note 18']]) {
      await keyboard.press(`Arrow${key}`)
      await expect.poll(() => at(text!), text).toEqual(['', '', '', ''])
    }
    await keyboard.press('Home')
    await keyboard.press('Alt+l')
    await page.getByRole('button', { name: 'Go to “Note 39”' }).click()
    await keyboard.press('Alt+l')
    await keyboard.press('Escape')
    await expect.poll(() => at('Note 39'), 'from the list').toEqual(['', '', '', ''])
  })

  await test.step('let go in motion, the desk moves on until it is touched', async () => {
    const push = async (): Promise<void> => {
      await keyboard.press('h')
      await page.mouse.move(800, 500)
      await page.mouse.down()
      for (let i = 1; i <= 6; i++) await page.mouse.move(800 - i * 40, 500)
      await page.mouse.up()
    }
    let from = 0
    await expect(async () => {
      from = (await place(page)).x
      await push() // on a busy machine it may rest before it lets go, and then pushes nothing
      await expect.poll(async () => (await place(page)).x - from, { timeout: 2000 }).toBeGreaterThan(280)
    }).toPass()
    await page.mouse.down()
    await page.mouse.up()
    await frames(page) // what was on its way to the screen
    const stopped = await place(page)
    expect(stopped.x).toBeGreaterThan(from)
    await frames(page)
    expect(await place(page)).toEqual(stopped)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await push()
    await frames(page)
    const still = await place(page)
    await frames(page)
    expect(await place(page)).toEqual(still)
  })
})

/** How many notes something lies over that floats on the desk. */
function underBars(page: Page): Promise<number> {
  return page.evaluate(() => {
    const bars = [...document.querySelectorAll('.island:not(#overlay *), #minimap')].map((bar) => bar.getBoundingClientRect())
    return [...document.querySelectorAll('.note')].map((note) => note.getBoundingClientRect())
      .filter((n) => bars.some((b) => b.left < n.right && n.left < b.right && b.top < n.bottom && n.top < b.bottom)).length
  })
}
