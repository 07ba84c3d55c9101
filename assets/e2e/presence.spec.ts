import { expect, nodes, on, test } from './world.ts'

test('pointers, names and what others do are seen on the other side', async ({ board, join }) => {
  const ana = await join('Ana Berg', board.edit_url)
  await ana.write({ x: 400, y: 300 }, 'a place to point at')
  await ana.page.keyboard.press('Escape')
  const ben = await join('Ben', on(nodes.b, board.edit_url))
  const people = ben.page.locator('#people')
  await expect(people.getByLabel('Ana Berg')).toHaveText('AB')
  await expect(people.getByLabel('Ana Berg')).toHaveAttribute('data-person', String('Ana Berg'.length))
  await expect(ana.page.locator('#people').getByRole('button', { name: 'Follow Ben' })).toBeVisible()

  await test.step('the pointer is where it points, on whatever screen', async () => {
    await ben.page.setViewportSize({ width: 900, height: 600 })
    await ben.page.keyboard.press('Shift+1')
    const { x, y } = await ana.middle(ana.note('a place to point at'))
    await ana.page.mouse.move(x - 40, y, { steps: 4 })
    await ana.page.mouse.move(x, y, { steps: 4 })
    const cursor = ben.cursors.filter({ hasText: 'Ana Berg' })
    await expect(cursor).toBeVisible()
    const points = async (): Promise<void> => {
      const tip = (await cursor.boundingBox())!
      const middle = await ben.middle(ben.note('a place to point at'))
      expect(Math.hypot(tip.x - middle.x, tip.y - middle.y)).toBeLessThan(12)
    }
    await expect(points).toPass({ timeout: 5000 })

    // A pan carries it along, with the frame around what is selected, and moves neither by itself.
    await ben.pick(ben.note('a place to point at'))
    await expect(ben.page.locator('.selection')).toBeVisible()
    const rests = (): boolean => {
      const { roster } = window.corkboard!.client
      return ![...roster.peers.keys()].some((id) => roster.isMoving(id, performance.now() - 50))
    }
    await ben.page.waitForFunction(rests)
    const places = (): Promise<string[]> => ben.page.locator('.cursor, .selection').evaluateAll((all) =>
      all.map((e) => `${getComputedStyle(e).translate} ${getComputedStyle(e).transform}`))
    const [before, { x: left }] = [await places(), (await cursor.boundingBox())!]
    await ben.page.mouse.wheel(60, 40)
    await expect.poll(async () => (await cursor.boundingBox())!.x).toBeCloseTo(left - 60, 0)
    await points()
    expect(await places()).toEqual(before)
    await ben.page.keyboard.press('Escape')
  })

  await test.step('who selects and who writes', async () => {
    await ana.pick(ana.note('a place to point at'))
    await expect(ben.note('a place to point at')).toHaveAttribute('data-selected-by', 'Ana Berg')
    await ana.page.keyboard.press('Enter')
    await expect(ben.note('a place to point at')).toHaveAttribute('data-editing-by', 'Ana Berg')
    await ana.page.keyboard.press('Escape')
    await expect(ben.note('a place to point at')).not.toHaveAttribute('data-editing-by')
  })

  await test.step('a second tab is a second pointer of the same person, and does not push out the first', async () => {
    const second = await ana.page.context().newPage()
    await second.goto(ana.page.url())
    await expect(second.locator('#save-state')).toHaveText('Saved')
    await expect(ben.page.locator('#people').getByLabel('Ana Berg')).toHaveCount(1)
    await ana.page.bringToFront()
    await ana.write({ x: 800, y: 300 }, 'from the first tab')
    await expect(second.locator('.pile > .note')).toHaveText(['a place to point at', 'from the first tab'])
    await ana.expectSaved()
    await second.close()
    await expect(ben.page.locator('#live')).toContainText('Ana Berg added 1 note.', { timeout: 8000 }) // gathered for a while first
  })

  await test.step('a new name is seen at once', async () => {
    await ana.page.locator('#people').getByRole('button', { name: 'Change your name' }).click()
    const dialog = ana.page.locator('#me-dialog')
    await dialog.getByLabel('Your name').fill('Anna Berg')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(people.getByLabel('Anna Berg')).toBeVisible()
  })

  await test.step('who leaves is gone at once', async () => {
    await ana.page.goto('about:blank')
    await expect(people.getByLabel('Anna Berg'), 'long before 30 s have passed').toHaveCount(0)
    await expect(ben.cursors).toHaveCount(0)
  })
})
