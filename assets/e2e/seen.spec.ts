// What is on a board can be seen and reached, however full it is.

import { expect, on, nodes, pour, test } from './world.ts'

test('what is on a board can be seen, however full it is', async ({ board, join, request }) => {
  const ana = await join('Ana Berg', board.edit_url)

  await test.step('the island with the state of my work keeps its size while I write', async () => {
    const island = ana.page.locator('.island.top-left')
    const saved = (await island.boundingBox())!.width
    await ana.state.evaluate((e) => (e.textContent = 'Saving…'))
    expect((await island.boundingBox())!.width).toBe(saved)
  })

  await test.step('the bar of a selection as high as the desk does not lie under the tools', async () => {
    const { width, height } = ana.page.viewportSize()!
    await ana.write({ x: width / 2, y: 130 }, 'above')
    await ana.write({ x: width / 2, y: height - 180 }, 'below')
    await ana.page.keyboard.press('Control+a')
    await expect(ana.menu).toBeVisible()
    const [bar, tools] = [(await ana.menu.boundingBox())!, (await ana.page.locator('#tools').boundingBox())!]
    expect(bar.y + bar.height).toBeLessThanOrEqual(tools.y)
    await ana.page.keyboard.press('Delete')
    await expect(ana.notes).toHaveCount(0)
  })

  await test.step('the name of who writes lies over the note above', async () => {
    await ana.write({ x: 500, y: 500 }, 'mine')
    await ana.page.keyboard.press('Escape')
    await expect(ana.menu).toBeHidden() // it lay there
    await ana.write({ x: 500, y: 310 }, 'next')
    const ben = await join('Ben', on(nodes.b, board.edit_url))
    await ana.page.keyboard.press('Escape')
    await ana.pick(ana.note('mine'))
    await ana.page.keyboard.press('Enter')
    const tag = ben.page.locator('.note-editor')
    await expect(tag).toHaveText('Ana Berg')
    const [name, note] = [(await tag.boundingBox())!, (await ben.note('mine').boundingBox())!]
    expect(Math.abs(name.y + name.height + 3 - note.y)).toBeLessThan(3)
    const isOnTop = await tag.evaluate((e) => {
      const { x, y, width, height } = e.getBoundingClientRect()
      e.style.pointerEvents = 'auto'
      return document.elementFromPoint(x + width / 2, y + height / 2) === e
    })
    expect(isOnTop).toBe(true)
    await ana.page.keyboard.press('Escape')
    await expect(tag).toHaveCount(0)
  })

  await test.step('a text longer than its note fades out, is read on with the wheel, begins at its beginning, and is shown whole when asked', async () => {
    await ana.page.keyboard.press('Control+a')
    await ana.page.keyboard.press('Delete')
    const lines = Array.from({ length: 30 }, (_, i) => `line ${i + 1}`)
    // Poured in with a height: other notes are as high as their texts.
    await pour(request, board, [{ text: 'short', x: 0, y: 0, width: 200, height: 200 }, { text: lines.join('\n'), x: 400, y: 0, width: 200, height: 200 }])
    const long = ana.note('line 1')
    const text = long.locator('.note-text')
    await expect(long).toHaveAttribute('data-over')
    await expect(ana.note('short')).not.toHaveAttribute('data-over')
    expect(await long.evaluate((e) => e.scrollTop)).toBe(0)
    await ana.pick(long)
    const { x, y } = await ana.middle(long)
    await ana.page.mouse.wheel(0, 200)
    await expect.poll(() => text.evaluate((e) => e.scrollTop)).toBeGreaterThan(100)
    expect(await ana.middle(long), 'the desk stays').toEqual({ x, y })
    await ana.page.mouse.click(200, 650)
    await expect.poll(() => text.evaluate((e) => e.scrollTop)).toBe(0)
    await ana.page.mouse.move(x, y)
    await ana.page.mouse.wheel(0, 50)
    await expect.poll(async () => (await ana.middle(long)).y).toBeLessThan(y)
    await ana.pick(long)
    await ana.menu.getByRole('button', { name: 'More for the selected notes' }).click()
    await ana.page.getByRole('menuitem', { name: 'Show the whole text' }).click()
    await expect(long).not.toHaveAttribute('data-over')
    expect((await ana.place(long)).h).toBeGreaterThan(600)
    await ana.page.keyboard.press('Control+z')
    await expect(long).toHaveAttribute('data-over')
  })
})
