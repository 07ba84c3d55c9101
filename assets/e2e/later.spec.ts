import { expect, introduce, test } from './world.ts'

test('a part that cannot be loaded says so, and the rest goes on; else it is there before the network goes', async ({ board, visit }) => {
  const page = await visit('about:blank')
  await page.route('**/assets/help-*', (route) => route.abort())
  await page.goto(board.edit_url)
  await introduce(page, 'Ana')
  await page.locator('#help-open').click()
  await expect(page.locator('.toast')).toContainText('This part could not be loaded.')

  const other = await visit('about:blank')
  const loaded = other.waitForResponse('**/assets/help-*')
  await other.goto(board.edit_url)
  await introduce(other, 'Ben')
  await loaded // nobody asked for it: the browser had nothing else to do
  await other.context().setOffline(true)
  await other.locator('#help-open').click()
  await expect(other.getByRole('dialog')).toBeVisible()
})
