import { expect, introduce, nodes, test } from './world.ts'
import { Desk } from './desk.ts'
import { Parts } from './parts.ts'

test('from the front door to a shared board, without an account', async ({ join, visit }) => {
  const page = await visit(nodes.a)
  const parts = await Parts.keep(page, 'share')
  await page.getByRole('button', { name: 'New board' }).click()
  await expect(page).toHaveURL(/\/b\/[\w-]+$/)
  await introduce(page, 'Olga')
  const olga = new Desk(page)
  await olga.write({ x: 400, y: 300 }, 'first note')
  await olga.expectSaved()

  const share = page.locator('#share-dialog')
  await test.step('a sheet that was closed before it was whole stays closed', async () => {
    await page.getByRole('button', { name: 'Share' }).click()
    await expect(share).toBeVisible()
    await parts.asked('share')
    await page.keyboard.press('Escape')
    await expect(share).toBeHidden()
    const worn = await page.evaluate(() => document.adoptedStyleSheets.length)
    parts.arrive('share')
    await page.waitForFunction((worn) => document.adoptedStyleSheets.length > worn, worn)
    await page.evaluate(() => new Promise((done) => setTimeout(done))) // behind the task that it begins with
    await expect(share).not.toHaveAttribute('open')
  })
  await page.getByRole('button', { name: 'Share' }).click()
  const edit = await share.getByRole('textbox', { name: 'Can edit' }).inputValue()
  const view = await share.getByRole('textbox', { name: 'Can view' }).inputValue()
  await expect(share.locator('#embed-snippet')).toHaveValue(/<iframe src=".*\/embed\//)
  await page.keyboard.press('Escape')
  await expect(share).toBeHidden()

  const ben = await join('Ben', edit)
  await ben.write({ x: 800, y: 300 }, 'from Ben')
  await expect(olga.note('from Ben')).toBeVisible()
  const eve = await join('Eve', view)
  await expect(eve.note('from Ben')).toBeVisible()
  await expect(eve.state).toHaveText('View only')

  await test.step('a link that is turned off takes its people along', async () => {
    await page.getByRole('button', { name: 'Share' }).click()
    const section = share.locator('.share-link').filter({ hasText: 'Can edit' })
    await section.getByText('Turn off and make a new link').click()
    await section.getByRole('button', { name: 'Turn off the old link' }).click()
    await expect(share.getByRole('textbox', { name: 'Can edit' })).not.toHaveValue(edit)
    await expect(ben.state).toHaveText(/^Can’t edit/, { timeout: 5000 })
    await expect(ben.page.locator('.notice')).toHaveText(/no longer/)
    await expect(ben.page.locator('#tools')).toBeHidden()
    await page.keyboard.press('Escape')
  })
})

test('my boards: rename, to the trash and back', async ({ visit }) => {
  const page = await visit(nodes.a)
  for (const name of ['Older', 'Newer']) {
    await page.goto(nodes.a)
    await page.getByRole('button', { name: 'New board' }).click()
    const dialog = page.locator('#me-dialog')
    if (name === 'Older') await introduce(page, 'Olga')
    await expect(dialog).toBeHidden()
    await page.getByLabel('Name of the board').fill(name)
    await page.keyboard.press('Enter')
    await expect(page.locator('#save-state')).toHaveText('Saved')
  }
  await page.goto(`${nodes.b}/boards`) // the other node says the same
  const rows = page.locator('.board-row')
  await expect(rows.locator('.board-name')).toHaveText(['Newer', 'Older'])

  await test.step('rename', async () => {
    await page.getByLabel('Rename Older').click()
    await rows.last().getByLabel('New name').fill('Renamed <b>&')
    await rows.last().getByRole('button', { name: 'Rename', exact: true }).click()
    await expect(page.getByRole('link', { name: 'Renamed <b>&' })).toBeVisible()
  })

  await test.step('to the trash, and back at once', async () => {
    await page.getByRole('button', { name: 'Move Newer to the trash' }).click()
    await expect(page.locator('.board-row.is-gone')).toContainText('Newer is in the trash')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByRole('link', { name: 'Newer' })).toBeVisible()
  })

  await test.step('to the trash, and back from there', async () => {
    await page.getByRole('button', { name: 'Move Newer to the trash' }).click()
    await expect(page.locator('.board-row.is-gone')).toBeVisible()
    await page.reload()
    await expect(page.getByRole('link', { name: 'Newer' })).toHaveCount(0)
    await page.getByRole('link', { name: 'Trash' }).click()
    await expect(rows.locator('.board-name')).toHaveText(['Newer'])
    await page.getByRole('button', { name: 'Restore Newer' }).click()
    await expect(page.locator('.board-row')).toHaveCount(0)
    await page.goto(`${nodes.b}/boards`)
    await page.getByRole('link', { name: 'Newer' }).click()
    await expect(page.locator('#save-state')).toHaveText('Saved')
  })
})

test('a board that goes to the trash is closed for those who look at it', async ({ join, visit }) => {
  const page = await visit(nodes.a)
  await page.getByRole('button', { name: 'New board' }).click()
  await introduce(page, 'Olga')
  await page.getByRole('button', { name: 'Share' }).click()
  const edit = await page.locator('#share-dialog').getByRole('textbox', { name: 'Can edit' }).inputValue()
  const ben = await join('Ben', edit)
  await page.goto(`${nodes.a}/boards`)
  await page.getByRole('button', { name: /to the trash$/ }).click()
  await expect(ben.state).toHaveText(/^Can’t edit/)
})

test('without any script the pages still do their work', async ({ visit }) => {
  const page = await visit(nodes.a, { javaScriptEnabled: false })
  await page.getByRole('button', { name: 'New board' }).click()
  await expect(page).toHaveURL(/\/b\//)
  await page.goto(`${nodes.a}/boards`)
  await page.getByRole('button', { name: /to the trash$/ }).click()
  await page.goto(`${nodes.a}/boards?trash=1`)
  await page.getByRole('button', { name: /Restore/ }).click()
  await page.goto(`${nodes.a}/boards`)
  await expect(page.locator('.board-row')).toHaveCount(1)
})

test('a name that is typed before the script has come is kept', async ({ visit }) => {
  const page = await visit(nodes.a)
  let arrive = (): void => {}
  const arrived = new Promise<void>((resolve) => (arrive = resolve))
  await page.route('**/assets/main-*.js', async (route) => {
    await arrived
    await route.continue()
  })
  await page.getByRole('button', { name: 'New board' }).click()
  await page.getByLabel('Name of the board').fill('Quick')
  await page.keyboard.press('Enter')
  arrive()
  const list = await page.context().newPage()
  await expect(async () => {
    await list.goto(`${nodes.a}/boards`)
    await expect(list.getByRole('link', { name: 'Quick' })).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 15_000 })
})
