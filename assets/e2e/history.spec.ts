import { expect, expectSame, nodes, on, test } from './world.ts'

test('undo and redo take back my own doings only, deleted words too', async ({ board, join, request }) => {
  const ana = await join('Ana', board.edit_url)
  const ben = await join('Ben', on(nodes.b, board.edit_url))
  await ana.write({ x: 400, y: 300 }, 'Ana’s')
  await expect(ben.note('Ana’s')).toBeVisible()
  await ben.write({ x: 800, y: 300 }, 'Ben’s')
  await expect(ana.note('Ben’s')).toBeVisible()
  await ana.page.keyboard.press('Escape')
  await ana.drag(ana.note('Ana’s'), { x: 0, y: 150 })
  await ana.expectSaved()
  const moved = await ana.place(ana.note('Ana’s'))

  await test.step('the last drag goes back in one step', async () => {
    await ana.page.keyboard.press('Control+z')
    await expect.poll(async () => (await ben.place(ben.note('Ana’s'))).y).toBeCloseTo(moved.y - 150, 0)
    await ana.page.keyboard.press('Control+Shift+z')
    await expect.poll(() => ben.place(ben.note('Ana’s'))).toEqual(moved)
    await ana.page.keyboard.press('Control+z')
  })

  await test.step('what somebody else changed since is left alone', async () => {
    await ana.pick(ana.note('Ana’s'))
    await ana.menu.getByRole('button', { name: 'Green' }).click()
    await expect(ben.note('Ana’s')).toHaveAttribute('data-color', 'green')
    await ben.pick(ben.note('Ana’s'))
    await ben.menu.getByRole('button', { name: 'Pink' }).click()
    await expect(ana.note('Ana’s')).toHaveAttribute('data-color', 'pink')
    await ana.page.keyboard.press('Control+z')
    await ana.expectSaved()
    await expect(ana.page.locator('#toasts')).toContainText('Ben has changed this since, so it was left as it is.')
    await expect(ana.note('Ana’s')).toHaveAttribute('data-color', 'pink')
  })

  await test.step('a reload of the page forgets none of it', async () => {
    await ana.drag(ana.note('Ana’s'), { x: 90, y: 0 })
    const before = await ana.place(ana.note('Ana’s'))
    await ana.page.reload()
    await expect(ana.page.getByRole('button', { name: 'Undo', exact: true })).toBeEnabled()
    await ana.page.keyboard.press('Control+z')
    await expect.poll(async () => (await ben.place(ben.note('Ana’s'))).x).toBeCloseTo(before.x - 90, 0)
    await ana.page.reload()
    await expect(ana.page.getByRole('button', { name: 'Redo', exact: true })).toBeEnabled()
    await ana.page.keyboard.press('Control+y')
    await expect.poll(() => ben.place(ben.note('Ana’s'))).toEqual(before)
  })

  await test.step('all the way back leaves what is Ben’s', async () => {
    const undo = ana.page.getByRole('button', { name: 'Undo', exact: true }).first()
    for (let i = 0; i < 20 && (await undo.isEnabled()); i++) await undo.click()
    await expect(undo).toBeDisabled()
    await expect(ben.note('Ben’s')).toHaveCount(1)
    await expectSame(request, board, [ana, ben])
    expect(await ben.texts()).toContain('Ben’s')
  })

  await test.step('a deleted note comes back with its text by undo', async () => {
    await ana.write({ x: 400, y: 300 }, 'keep me')
    await ana.pick(ana.note('keep me'))
    await ana.page.keyboard.press('Delete')
    await expect(ben.note('keep me')).toHaveCount(0)
    await ana.page.keyboard.press('Control+z')
    await expect(ben.note('keep me')).toBeVisible()
    await ana.page.keyboard.press('Control+y')
    await expect(ben.note('keep me')).toHaveCount(0)
    await expectSame(request, board, [ana, ben])
  })

  await test.step('whoever writes in a note that is deleted keeps the words', async () => {
    await ana.write({ x: 400, y: 300 }, 'short-lived')
    await ben.note('short-lived').dblclick()
    await ben.page.keyboard.press('Control+End')
    await ben.page.keyboard.type(' words of Ben')
    await expect(ana.note('short-lived words of Ben')).toBeVisible()
    await ana.pick(ana.note('short-lived'))
    await ana.page.keyboard.press('Delete')
    await expect(ben.offers).toContainText('short-lived words of Ben')
    await expect(ben.offers.locator('.offer-words')).toBeFocused()
    await ana.page.keyboard.press('Control+z')
    await expect(ben.note('short-lived words of Ben')).toBeVisible()
    await expect(ben.offers, 'nothing is lost').toHaveCount(0)
    await expect(ben.page.locator('#toasts')).toContainText('The note is back')
    await ben.note('short-lived').dblclick()
    await expect(ben.field).toBeFocused()
    await ana.pick(ana.note('short-lived'))
    await ana.page.keyboard.press('Delete')
    await expect(ben.offers.locator('.offer-words')).toBeFocused()
    await ben.offers.getByRole('button', { name: 'Put back as a new note' }).click()
    await expect(ana.note('short-lived words of Ben')).toBeVisible()
    await ben.page.keyboard.press('Escape')
    await expectSame(request, board, [ana, ben])
  })

  const kept = (): Promise<string> => ana.page.evaluate((id) => sessionStorage.getItem(`undo ${id}`) ?? '', board.id)

  await test.step('a tab that is a copy undoes none of it', async () => {
    await expect.poll(kept, 'once edits rest').toContain('"done"')
    const [copy] = await Promise.all([ana.page.waitForEvent('popup'), ana.page.evaluate(() => void window.open(location.href))])
    await expect(copy.locator('#save-state')).toHaveText('Saved')
    const own = (page: typeof copy): Promise<boolean> => page.evaluate(() => window.corkboard!.client.canUndo)
    expect([await own(copy), await own(ana.page)]).toEqual([false, true])
    await copy.close()
  })

  await test.step('a tab that crashes forgets none of it', async () => {
    const short = await ana.page.evaluate(() => [...window.corkboard!.client.view.notes.values()].find((n) => n.text.startsWith('short-lived') && n.deleted)!.id)
    await expect.poll(kept, 'once edits rest').toContain(`{"kind":"restore","note":"${short}"}`)
    const crashed = ana.page.waitForEvent('crash')
    const session = await ana.page.context().newCDPSession(ana.page)
    session.send('Page.crash').catch(() => undefined) // it has nobody left to answer
    await crashed
    await session.send('Page.navigate', { url: board.edit_url })
    const says = async (expression: string): Promise<unknown> => (await session.send('Runtime.evaluate', { expression })).result.value
    await expect.poll(() => says('window.corkboard?.client.canUndo')).toBe(true)
    await says('window.corkboard.client.undo()')
    await expect(ben.notes.filter({ hasText: 'short-lived' }), 'the deleted one and what Ben put back').toHaveCount(2)
  })
})
