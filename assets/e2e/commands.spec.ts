import { expect, expectSame, pour, test } from './world.ts'

test('everything can be done by its name', async ({ board, join, request }) => {
  await pour(request, board, ['one', 'two'].map((text) => ({ text })))
  const ana = await join('Ana', board.edit_url)
  const { keyboard } = ana.page
  const palette = ana.page.getByRole('dialog', { name: 'Commands' })
  const field = palette.getByRole('combobox')
  const options = palette.getByRole('option')
  const marked = palette.locator('[aria-selected="true"]')
  await expect(ana.notes).toHaveCount(2)

  await test.step('found by a word, chosen with Enter', async () => {
    await keyboard.press('Control+k')
    await expect(field).toBeFocused()
    await keyboard.type('sel all')
    await expect(marked).toHaveText('Select allCtrl+A')
    await expect(field).toHaveAttribute('aria-activedescendant', (await marked.getAttribute('id'))!)
    await keyboard.press('Enter')
    await expect(palette).toHaveCount(0)
    await expect(ana.page.locator('.note.is-selected')).toHaveCount(2)
  })

  await test.step('what was used last comes first; arrows walk, round at the ends, also on a low window', async () => {
    const size = ana.page.viewportSize()!
    await ana.page.setViewportSize({ ...size, height: 480 })
    await keyboard.press('Control+/')
    await expect(marked).toHaveText('Select allCtrl+A')
    await keyboard.press('ArrowUp')
    await expect(options.last()).toHaveAttribute('aria-selected', 'true')
    await expect(options.last()).toBeInViewport({ ratio: 1 })
    await ana.page.setViewportSize(size)
    await keyboard.press('ArrowDown')
    await expect(options.first()).toHaveAttribute('aria-selected', 'true')
  })

  await test.step('other words find it too, the pointer chooses', async () => {
    await keyboard.type('clone')
    await options.filter({ hasText: 'Duplicate' }).click()
    await expect(ana.page.locator('#minimap')).toBeVisible() // what begins at leisure is there
    await expect(ana.notes).toHaveCount(4)
    await keyboard.press('Control+k')
    await keyboard.type('colour pink')
    await keyboard.press('Enter')
    await expect(ana.page.locator('.note[data-color="pink"]')).toHaveCount(2)
  })

  await test.step('from the name of the board the keys go back to the note', async () => {
    await keyboard.press('Home')
    const note = ana.page.locator(`#${await ana.page.locator('.note:focus').getAttribute('id')}`)
    for (const end of ['Escape', 'Enter']) {
      await keyboard.press('Control+k')
      await keyboard.type('rename')
      await keyboard.press('Enter')
      await expect(ana.page.getByLabel('Name of the board')).toBeFocused()
      await keyboard.press(end)
      await expect(note).toBeFocused()
    }
    await ana.page.locator('#desk').focus()
  })

  await test.step('only what can be done now is offered, and nothing is said to be nothing', async () => {
    await keyboard.press('Escape')
    await keyboard.press('Control+k')
    await keyboard.type('duplicate')
    await expect(palette.getByRole('status')).toHaveText('Nothing here is called that.')
    await expect(field).not.toHaveAttribute('aria-activedescendant')
    await keyboard.press('Escape')
    await expect(ana.page.locator('#desk')).toBeFocused()
  })

  await test.step('from a text that is being written, and back to its note', async () => {
    await ana.note('one').last().dblclick()
    await expect(ana.field).toBeFocused()
    await keyboard.press('Control+k')
    await expect(field).toBeFocused()
    await Promise.all([keyboard.press('Escape'), keyboard.press('Control+k')]) // as fast as one can
    await expect(field).toBeFocused()
    await keyboard.type('delete')
    await keyboard.press('Enter')
    await expect(ana.notes).toHaveCount(3)
  })

  await test.step('what is pressed right behind the end of a sheet is meant for the board', async () => {
    const help = ana.page.locator('#help-dialog')
    const find = ana.page.getByRole('searchbox')
    await ana.page.locator('#help-open').click()
    await expect(help).toBeVisible()
    await Promise.all([keyboard.press('Escape'), keyboard.press('Control+f')])
    await keyboard.type('one')
    await expect(find).toHaveValue('one')
    await keyboard.press('Escape')
    await keyboard.press('Escape') // or the next letter were for the note that was found
    await ana.page.locator('#help-open').click()
    await expect(help).toBeVisible()
    await Promise.all([keyboard.press('Escape'), keyboard.press('n')])
    await keyboard.type('quick')
    await expect(ana.field).toHaveValue('quick')
    await keyboard.press('Escape')
    await expect(ana.note('quick')).toBeFocused()
  })

  await test.step('so is what is pressed behind one’s name while that is still being saved', async () => {
    let letPass = (): void => {}
    const passes = new Promise<void>((pass) => (letPass = pass))
    const asked = new Promise<void>((ask) => void ana.page.route('**/me', (route) => (ask(), passes.then(() => route.continue()))))
    await keyboard.press('Escape')
    await keyboard.press('Control+k')
    await keyboard.type('change your name')
    await keyboard.press('Enter')
    await expect(ana.page.locator('#me-name')).toBeFocused()
    await keyboard.press('Enter')
    await asked
    await keyboard.press('n')
    await keyboard.type('behind')
    letPass()
    await expect(ana.field).toHaveValue('behind')
    await keyboard.press('Escape')
    await expect(ana.note('behind')).toBeFocused()
    await ana.page.unroute('**/me')
    await ana.note('quick').focus()
  })

  await test.step('the focus is not lost with the note that it came from', async () => {
    const quick = (await ana.note('quick').getAttribute('data-id'))!
    await keyboard.press('?')
    await expect(ana.page.locator('#help-dialog')).toBeVisible()
    await ana.page.evaluate((note) => window.corkboard!.client.submit({ kind: 'note.delete', note }), quick)
    await expect(ana.note('quick')).toHaveCount(0)
    await keyboard.press('Escape')
    await expect(ana.page.locator('#desk')).toBeFocused()
  })
  await expectSame(request, board, [ana])

  await test.step('who may only look is offered only that', async () => {
    const eve = await join('Eve', board.view_url)
    await eve.page.keyboard.press('Control+k')
    await expect(eve.page.getByRole('option', { name: 'Show everything' })).toBeVisible()
    await expect(eve.page.getByRole('option', { name: /Delete|Undo|New note|Rename/ })).toHaveCount(0)
  })
})
