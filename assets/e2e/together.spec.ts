import { Node } from './node.ts'
import { expect, expectSame, nodes, on, stored, test } from './world.ts'

test('what one does, the other sees, and Postgres keeps', async ({ board, join, request }) => {
  const ana = await join('Ana', board.edit_url)
  const ben = await join('Ben', on(nodes.b, board.edit_url))

  await test.step('create and type', async () => {
    await ana.write({ x: 400, y: 300 }, 'From Ana')
    await expect(ben.note('From Ana')).toBeVisible()
    await ben.write({ x: 800, y: 300 }, 'From Ben')
    await expect(ana.note('From Ben')).toBeVisible()
    await expectSame(request, board, [ana, ben])
  })

  await test.step('drag', async () => {
    const before = await ben.place(ben.note('From Ana'))
    await ana.drag(ana.note('From Ana'), { x: 120, y: 160 })
    await ana.expectSaved()
    const after = await ana.place(ana.note('From Ana'))
    expect(after.x - before.x).toBeCloseTo(120, 0)
    expect(after.y - before.y).toBeCloseTo(160, 0)
    await expect.poll(() => ben.place(ben.note('From Ana'))).toEqual(after)
    await expectSame(request, board, [ana, ben])
  })

  await test.step('edit', async () => {
    await ben.note('From Ana').dblclick()
    await expect(ben.field).toBeFocused()
    await ben.page.keyboard.press('Control+End')
    await ben.page.keyboard.type(', and more')
    await ben.page.keyboard.press('Escape')
    await expect(ana.note('From Ana, and more')).toBeVisible()
    await expectSame(request, board, [ana, ben])
  })

  await test.step('resize', async () => {
    await ana.pick(ana.note('From Ben'))
    const before = await ana.place(ana.note('From Ben'))
    const handle = (await ana.page.locator('.selection .handle[data-dir="se"]').boundingBox())!
    await ana.page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2)
    await ana.page.mouse.down()
    await ana.page.mouse.move(handle.x + 60, handle.y + 80, { steps: 6 })
    await ana.page.mouse.up()
    await ana.expectSaved()
    const after = await ana.place(ana.note('From Ben'))
    expect(after.w).toBeGreaterThan(before.w)
    expect(after.h).toBeGreaterThan(before.h)
    await expect.poll(() => ben.place(ben.note('From Ben'))).toEqual(after)
  })

  await test.step('recolour', async () => {
    await ben.pick(ben.note('From Ben'))
    await ben.menu.getByRole('button', { name: 'Violet' }).click()
    await expect(ana.note('From Ben')).toHaveAttribute('data-color', 'violet')
    await expectSame(request, board, [ana, ben])
  })

  await test.step('delete', async () => {
    await ana.pick(ana.note('From Ben'))
    await ana.page.keyboard.press('Delete')
    await expect(ben.note('From Ben')).toHaveCount(0)
    await expect(ben.note('From Ana')).toHaveCount(1)
    await expectSame(request, board, [ana, ben])
  })

  await test.step('a node that knows nothing but Postgres says the same', async () => {
    const fresh = await Node.start()
    const { hash, note_count } = await stored(request, board, fresh.url)
    expect(hash).toBe(await ana.hash())
    expect(note_count).toBe(1)
    await fresh.stop()
  })
})

test('two at work on one board: order, copies and its name are seen, hands on one note make no quarrel, who was away comes back', async ({ board, join, request }) => {
  const ana = await join('Ana', board.edit_url)
  const ben = await join('Ben', on(nodes.b, board.edit_url))
  const clear = async (): Promise<void> => {
    await ana.page.locator('#desk').focus()
    await ana.page.keyboard.press('Control+a')
    await ana.page.keyboard.press('Delete')
    await expect(ben.notes).toHaveCount(0)
  }

  await test.step('bring to front, duplicate and the board’s name are seen by the other', async () => {
    await ana.write({ x: 500, y: 300 }, 'below')
    await ana.page.keyboard.press('Escape')
    await ana.write({ x: 500, y: 530 }, 'above')
    await ana.page.keyboard.press('Escape')
    await ana.drag(ana.note('above'), { x: 60, y: -90 })
    await ana.pick(ana.note('below'))
    await ana.menu.getByRole('button', { name: 'Bring to front' }).click()
    await expect.poll(() => ben.order()).toEqual(['above', 'below'])
    await test.step('what lies lower is seen above the rest while it is in a hand, and no longer', async () => {
      const { x, y } = await ana.middle(ana.note('above'))
      const uppermost = (): Promise<string | undefined> => ben.page.evaluate(() => {
        const [a, b] = [...document.querySelectorAll('.pile > .note')].map((e) => e.getBoundingClientRect())
        const at = (side: 'left' | 'top', end: 'right' | 'bottom'): number => (Math.max(a![side], b![side]) + Math.min(a![end], b![end])) / 2
        const notes = document.elementsFromPoint(at('left', 'right'), at('top', 'bottom')).map((e) => e.closest<HTMLElement>('.note'))
        return notes.find((e) => e !== null)?.innerText
      })
      await expect.poll(uppermost).toBe('below')
      await ana.page.mouse.move(x, y + 60)
      await ana.page.mouse.down()
      await ana.page.mouse.move(x + 10, y + 60, { steps: 3 })
      await expect.poll(uppermost).toBe('above')
      expect(await ben.order(), 'and nothing of that is stored').toEqual(['above', 'below'])
      await ana.page.mouse.up()
      await expect.poll(uppermost).toBe('below')
      await ana.pick(ana.note('below'))
    })
    await ana.page.keyboard.press('Control+d')
    await expect(ben.note('below')).toHaveCount(2)
    await ana.page.getByLabel('Name of the board').fill('Plans for spring')
    await ana.page.keyboard.press('Enter')
    await expect(ben.page.getByLabel('Name of the board')).toHaveValue('Plans for spring')
    await expect(ben.page).toHaveTitle(/Plans for spring/)
    await expectSame(request, board, [ana, ben])
  })

  await clear()
  await test.step('two drag one note at once', async () => {
    await ana.write({ x: 600, y: 400 }, 'ours')
    await expect(ben.note('ours')).toBeVisible()
    await ana.page.keyboard.press('Escape')
    await Promise.all([ana.drag(ana.note('ours'), { x: 200, y: 0 }), ben.drag(ben.note('ours'), { x: 0, y: 200 })])
    await expectSame(request, board, [ana, ben])
  })

  await clear()
  await test.step('somebody deletes the note that I drag', async () => {
    await ana.write({ x: 600, y: 400 }, 'ours')
    await expect(ben.note('ours')).toBeVisible()
    await ana.page.keyboard.press('Escape')
    const { x, y } = await ana.middle(ana.note('ours'))
    await ana.page.mouse.move(x, y)
    await ana.page.mouse.down()
    await expect(ana.page.locator('.selection')).toBeVisible()
    await ana.page.mouse.move(x + 50, y, { steps: 5 })
    await ben.pick(ben.note('ours'))
    await ben.page.keyboard.press('Delete')
    await expect(ana.notes).toHaveCount(0)
    await ana.page.mouse.move(x + 100, y, { steps: 5 })
    await ana.page.mouse.up()
    await expectSame(request, board, [ana, ben])
    await expect(ana.menu, 'nothing is left around it').toBeHidden()
    await ana.write({ x: 300, y: 300 }, 'goes on')
    await expect(ben.note('goes on')).toBeVisible()
  })

  await clear()
  await test.step('away and back by the browser’s buttons', async () => {
    await ana.write({ x: 400, y: 300 }, 'before')
    await ana.expectSaved()
    await ana.page.getByRole('link', { name: 'Your boards' }).click()
    await expect(ana.page).toHaveURL(/\/boards$/)
    await ben.write({ x: 800, y: 300 }, 'meanwhile')
    await ana.page.goBack()
    await expect(ana.note('meanwhile')).toBeVisible()
    await ana.write({ x: 400, y: 600 }, 'after')
    await expect(ben.note('after')).toBeVisible()
    await expectSame(request, board, [ana, ben])
  })
})
