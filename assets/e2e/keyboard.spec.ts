import { expect, expectSame, pour, test } from './world.ts'

test('writing and moving with the keyboard alone', async ({ board, join, request }) => {
  const ana = await join('Ana', board.edit_url)
  const { keyboard } = ana.page
  await expect(ana.page.locator('#desk')).toBeFocused()

  await test.step('create and write', async () => {
    await keyboard.down('n')
    await keyboard.down('n') // held on, it repeats, and is not typed into the note
    await keyboard.up('n')
    await keyboard.type('one')
    await keyboard.press('Tab') // the next note, to the right
    await keyboard.type('two')
    await keyboard.press('Control+Enter') // below
    await keyboard.type('three')
    await keyboard.press('Escape')
    expect(await ana.texts()).toEqual(['one', 'three', 'two'])
    const [one, two, three] = await Promise.all(['one', 'two', 'three'].map((t) => ana.place(ana.note(t))))
    expect(two!.x).toBeGreaterThan(one!.x)
    expect(two!.y).toBe(one!.y)
    expect(three!.y).toBeGreaterThan(two!.y)
  })

  await test.step('edit', async () => {
    await expect(ana.note('three')).toBeFocused()
    await keyboard.press('Enter')
    await keyboard.type(' and more')
    await keyboard.press('Escape')
    await expect(ana.note('three and more')).toBeVisible()
  })

  await test.step('a word is written into the note that is selected, whatever it begins with; who has stopped writing has shortcuts', async () => {
    await ana.note('two').click()
    await keyboard.type('nhs ')
    await expect(ana.note('twonhs')).toBeVisible()
    await keyboard.press('Escape')
    await keyboard.press('n')
    await keyboard.type('four')
    await keyboard.press('Escape')
    await expect(ana.notes).toHaveCount(4)
    await keyboard.press('Delete')
    await expect(ana.page.locator('#desk'), 'with a pointer in use no other note takes the focus').toBeFocused()
    await ana.note('twonhs').click()
    await keyboard.press('Enter')
    for (let i = 0; i < 4; i++) await keyboard.press('Backspace')
    await keyboard.press('Escape')
    await ana.note('three and more').click()
  })

  await test.step('move', async () => {
    const before = await ana.place(ana.note('three'))
    await keyboard.press('ArrowRight')
    await keyboard.press('Shift+ArrowDown')
    const after = await ana.place(ana.note('three'))
    expect([after.x - before.x, after.y - before.y]).toEqual([1, 10])
  })
  await expectSame(request, board, [ana])
})

test('going about a board with the keyboard alone', async ({ board, join, request }) => {
  await pour(request, board, ['one', 'two', 'three'].map((text) => ({ text })))
  const ana = await join('Ana', board.edit_url)
  const { keyboard } = ana.page
  await expect(ana.notes).toHaveCount(3)

  await test.step('walk from note to note', async () => {
    await keyboard.press('Home')
    await expect(ana.note('one')).toBeFocused() // by a part that may still be on its way
    await keyboard.press('End')
    await expect(ana.note('three')).toBeFocused()
  })

  await test.step('a note in focus goes just when the view moves on', async () => {
    const note = (await ana.note('three').getAttribute('data-id'))!
    await ana.page.evaluate((note) => {
      document.getElementById('desk')!.dispatchEvent(new WheelEvent('wheel', { deltaX: 3000, clientX: 600, clientY: 400, bubbles: true, cancelable: true }))
      window.corkboard!.client.submit({ kind: 'note.delete', note })
    }, note)
    await expect(ana.page.locator('#desk')).toBeFocused()
    await keyboard.press('Control+z')
    await keyboard.press('Shift+1')
    await expect(ana.notes).toHaveCount(3)
  })

  await test.step('colour, by the bar', async () => {
    await keyboard.press('Control+a')
    const green = ana.menu.getByRole('button', { name: 'Green' })
    await green.focus()
    await keyboard.press('Enter')
    await expect(ana.page.locator('.note[data-color="green"]')).toHaveCount(3)
  })

  await test.step('delete and take back', async () => {
    await ana.page.locator('#desk').focus()
    await keyboard.press('Control+a')
    await keyboard.press('Delete')
    await expect(ana.notes).toHaveCount(0)
    await keyboard.press('Control+z')
    await expect(ana.notes).toHaveCount(3)
  })

  await test.step('zoom', async () => {
    await keyboard.press('Control+=')
    await expect(ana.page.locator('#zoom-reset')).not.toHaveText('100 %')
    await keyboard.press('Control+0')
    await expect(ana.page.locator('#zoom-reset')).toHaveText('100 %')
  })

  await test.step('the keys are told', async () => {
    await keyboard.press('?')
    const help = ana.page.getByRole('dialog', { name: 'Keys' })
    await expect(help.getByRole('group', { name: 'Notes' })).toContainText('DuplicateCtrl+DorAlt+drag')
    await help.getByRole('switch', { name: /^Single letters/ }).uncheck()
    await keyboard.press('Escape')
    await expect(help).toBeHidden()
    await keyboard.press('Escape')
  })

  await test.step('single letters can be switched off, for good on this device', async () => {
    await ana.page.reload()
    await expect(ana.page.locator('#desk')).toBeFocused()
    await keyboard.press('n')
    await keyboard.press('?')
    await keyboard.press('Control+a')
    await expect(ana.page.locator('.note.is-selected')).toHaveCount(3)
    await expect(ana.field).toHaveCount(0)
    await expect(ana.page.locator('#help-dialog')).toHaveCount(0)
    await keyboard.press('Escape')
  })

  await test.step('Tab leads out of the board', async () => {
    for (let i = 0; i < 30; i++) {
      await keyboard.press('Tab')
      if (await ana.page.evaluate(() => !document.activeElement?.closest('#board'))) return
    }
    throw new Error('Tab is caught in the board')
  })
  await expectSame(request, board, [ana])
})
