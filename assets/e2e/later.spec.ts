import { Desk } from './desk.ts'
import { Parts } from './parts.ts'
import { expect, introduce, nodes, pour, test } from './world.ts'

test('a part that cannot be loaded says so, and the rest goes on; else it is there before the network goes', async ({ board, visit }) => {
  const page = await visit('about:blank')
  let fail = (): void => {}
  const asked = new Promise<void>((ask) => {
    const failed = new Promise<void>((done) => (fail = done))
    void page.route('**/assets/help-*', (route) => (ask(), failed.then(() => route.abort())))
  })
  await page.goto(board.edit_url)
  await introduce(page, 'Ana')
  await page.locator('#help-open').click()
  await asked
  await page.keyboard.press('n') // meant for the help, which never comes
  fail()
  await expect(page.locator('.toast')).toContainText('This part could not be loaded.')
  await expect(page.locator('.pile > .note')).toHaveCount(0)

  const other = await visit('about:blank')
  const loaded = other.waitForRequest('**/assets/palette-*') // the next after the help, which is there by then
  await other.goto(board.edit_url)
  await introduce(other, 'Ben')
  await loaded // nobody asked for it: the browser had nothing else to do
  await other.context().setOffline(true)
  await other.locator('#help-open').click()
  await expect(other.getByRole('dialog')).toBeVisible()
})

test('keys pressed before their part has come are not lost: they happen when it is there, in their order', async ({ board, visit, request }) => {
  await pour(request, board, [{ text: 'snow', x: 0, y: 0 }, { text: 'mangos', x: 0, y: 300 }])
  const page = await visit('about:blank')
  const parts = await Parts.keep(page, 'search', 'leisure', 'palette')
  await page.goto(board.edit_url)
  await introduce(page, 'Ana')
  const { keyboard } = page
  const ana = new Desk(page)

  await test.step('letters after Ctrl+F go into its field, and are no shortcuts', async () => {
    await keyboard.press('Control+f')
    await parts.asked('search')
    await keyboard.type('mangosx')
    await keyboard.press('Backspace')
    parts.arrive('search')
    await expect(page.getByRole('searchbox')).toHaveValue('mangos')
    await expect(page.locator('.search-count')).toHaveText('1 of 1')
    await expect(ana.notes).toHaveCount(2)
    await keyboard.press('Escape')
    await expect(ana.note('mangos')).toHaveClass(/is-selected/)
  })

  await test.step('deeds that nobody knows yet, among such as are known', async () => {
    await keyboard.press('Control+Shift+L')
    await parts.asked('leisure')
    await keyboard.press('Control+a') // what is locked is left out
    await keyboard.press('n')
    await keyboard.type('mine')
    await keyboard.press('Tab')
    await keyboard.type('next')
    await keyboard.press('Escape')
    await keyboard.press('Control+k')
    await keyboard.type('hide the mini')
    await keyboard.press('Enter')
    await keyboard.press('Alt+p')
    await expect(ana.notes).toHaveCount(2)
    parts.arrive('leisure')
    await expect(ana.note('mangos')).toHaveAttribute('data-locked')
    await expect(ana.note('mine')).toHaveCount(1)
    await expect(ana.note('next')).toHaveClass(/is-selected/)
    await expect(page.locator('#minimap')).toBeVisible()
    await parts.asked('palette')
    parts.arrive('palette')
    await expect(page.locator('#present')).toBeVisible()
    await expect(page.locator('#palette')).toHaveCount(0)
    await keyboard.press('Escape')
    await expect(page.locator('#minimap')).toBeHidden()
  })
})

test('what a pointer begins before its part has come happens when it is there', async ({ board, visit, request }) => {
  await pour(request, board, [{ text: 'one', x: 0, y: 0 }, { text: 'two', x: 300, y: 0 }, { text: 'three', x: 600, y: 0 }, { text: 'long '.repeat(90), x: 900, y: 0 }])
  const open = async (name: string, part = 'leisure'): Promise<[Desk, Parts]> => {
    const page = await visit('about:blank')
    const parts = await Parts.keep(page, part)
    await page.goto(board.edit_url)
    await introduce(page, name)
    return [new Desk(page), parts]
  }

  await test.step('a right-click opens the menu, and keys walk in it', async () => {
    const [ana, parts] = await open('Ana')
    await ana.note('one').click({ button: 'right' })
    await parts.asked('leisure')
    await ana.page.keyboard.press('l')
    await ana.page.keyboard.press('Enter') // the deed of the menu that begins with it: the lock
    parts.arrive('leisure')
    await expect(ana.note('one')).toHaveAttribute('data-locked')
  })

  await test.step('keys before it are for what was selected then', async () => {
    const [cleo, parts] = await open('Cleo')
    await cleo.pick(cleo.note('two'))
    await cleo.note('three').click({ modifiers: ['Shift'] })
    await cleo.page.keyboard.press('Control+g')
    await parts.asked('leisure')
    await cleo.page.keyboard.press('Escape')
    await cleo.pick(cleo.note('one'))
    parts.arrive('leisure')
    await expect(cleo.page.locator('#minimap')).toBeVisible()
    await expect(cleo.note('one')).toHaveClass(/is-selected/)
    await expect(cleo.page.locator('.note.is-selected')).toHaveCount(1)
    await cleo.pick(cleo.note('two'))
    await expect(cleo.note('three'), 'is in the group').toHaveClass(/is-selected/)
  })
  await test.step('a note that grew goes back, though all was written before there was a pen', async () => {
    const [dan, parts] = await open('Dan', 'pen')
    const height = async (text: string): Promise<number> => (await dan.place(dan.note(text))).h
    expect(await height('long')).toBeGreaterThan(230)
    await dan.note('long').dblclick()
    await parts.asked('pen')
    await dan.page.keyboard.press('Control+a')
    await dan.page.keyboard.type('brief')
    parts.arrive('pen')
    await expect.poll(() => height('brief')).toBe(200)
  })
  await test.step('the links are shown, and a letter meanwhile makes no note', async () => {
    const page = await visit(nodes.a)
    const parts = await Parts.keep(page, 'sheets')
    await page.getByRole('button', { name: 'New board' }).click() // who made it shares it
    await introduce(page, 'Fay')
    await page.locator('#share-open').click()
    await parts.asked('sheets')
    await page.keyboard.press('n')
    parts.arrive('sheets')
    await expect(page.getByRole('textbox', { name: 'Can edit' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.locator('#share-dialog')).toBeHidden()
    await expect(page.locator('#desk')).toBeFocused()
    await expect(new Desk(page).notes).toHaveCount(0)
  })
  await test.step('a frame is drawn where it was drawn, and its name is what was typed', async () => {
    const [ben, parts] = await open('Ben')
    const { mouse, keyboard } = ben.page
    await ben.page.locator('[data-tool="frame"]').click()
    await parts.asked('leisure')
    await mouse.move(200, 150)
    await mouse.down()
    await mouse.move(500, 350, { steps: 3 })
    await mouse.up()
    parts.arrive('leisure')
    await expect(ben.field).toBeFocused()
    await keyboard.type('Plans')
    await keyboard.press('Escape')
    const box = await ben.note('Plans').boundingBox()
    expect([box!.x, box!.y, box!.width, box!.height].map(Math.round)).toEqual([200, 150, 300, 200])
  })

  await test.step('so it is behind the key of its tool, which waits, and keys after that are its name', async () => {
    const [eve, parts] = await open('Eve')
    const { mouse, keyboard } = eve.page
    await keyboard.press('f')
    await parts.asked('leisure')
    await mouse.move(200, 400)
    await mouse.down()
    await mouse.move(500, 600, { steps: 3 })
    await mouse.up()
    await keyboard.type('Later')
    await keyboard.press('Escape')
    parts.arrive('leisure')
    const box = await eve.note('Later').boundingBox()
    expect([box!.x, box!.y, box!.width, box!.height].map(Math.round)).toEqual([200, 400, 300, 200])
  })
})
