import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { settled } from './settled.ts'
import { expect, newBoard, nodes, pour, test } from './world.ts'

const DAY = 'rgb(245, 243, 238)'
const NIGHT = 'rgb(23, 24, 27)'

test('a German browser gets a German board, and its person English when they choose it', async ({ visit }) => {
  const page = await visit(nodes.a, { locale: 'de-AT' })
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await page.getByRole('button', { name: 'Neues Board' }).click()
  const me = page.locator('#me-dialog')
  await me.getByLabel('Dein Name').fill('Ana')
  await me.getByRole('button', { name: 'Speichern' }).click()
  await expect(page.locator('#save-state')).toHaveText('Gespeichert')
  await page.getByRole('button', { name: 'Neuer Zettel in Grün' }).click()
  await page.mouse.click(640, 400)
  await page.keyboard.type('Grüße')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('article', { name: 'Zettel in Grün von Ana: Grüße' })).toBeVisible()
  await expectAccessible(page)

  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Tastenkürzel' })
  await expect(help.getByText('Strg+Umschalt+Z')).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Delete')
  await expect(page.locator('#toasts')).toContainText('1 Zettel gelöscht.')
  await page.locator('#toasts').getByRole('button', { name: 'Rückgängig' }).click()

  await page.getByRole('button', { name: 'Ana (du). Namen ändern' }).click()
  await Promise.all([page.waitForEvent('load'), me.getByLabel('Sprache').selectOption({ label: 'English' })])
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page.locator('#save-state')).toHaveText('Saved')
  await expect(page.getByRole('article', { name: 'Green note by Ana: Grüße' })).toBeVisible()
  await page.goto(`${nodes.a}/nothing-here`)
  await expect(page.getByRole('heading')).toHaveText('There is no such page')
  await Promise.all([page.waitForEvent('load'), page.getByLabel('Language').selectOption('')])
  await expect(page.getByRole('heading')).toHaveText('Diese Seite gibt es nicht')
})

test('what is chosen to be dark is dark from the first paint on, and light again at once', async ({ request, visit }) => {
  const board = await newBoard(request)
  await pour(request, board, [{ text: 'Here' }])
  const page = await visit(nodes.a, { colorScheme: 'light' })
  await expectDesk(page, DAY)
  await page.getByLabel('Appearance').selectOption('dark')
  await expectDesk(page, NIGHT)
  await expect(page.locator('meta[name="theme-color"]').first()).toHaveAttribute('content', '#17181B')

  await page.addInitScript(() => {
    const seen: string[] = []
    Object.assign(window, { seen })
    const look = (): void => {
      if (document.body) seen.push(getComputedStyle(document.body).backgroundColor)
      if (seen.length < 20) requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
    document.addEventListener('DOMContentLoaded', () => seen.push(getComputedStyle(document.body).backgroundColor))
  })
  for (const url of [`${nodes.a}/boards`, board.edit_url]) {
    await page.goto(url)
    await page.waitForFunction(() => (window as unknown as { seen: string[] }).seen.length >= 20)
    const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen)
    expect(new Set(seen), `the colours of ${url} from its first frame on`).toEqual(new Set([NIGHT]))
    await expect(page.locator('meta[name="color-scheme"]')).toHaveAttribute('content', 'dark')
  }

  const onMap = (): Promise<number[]> => page.locator('#minimap canvas').evaluate((canvas: HTMLCanvasElement) =>
    [...canvas.getContext('2d')!.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data.slice(0, 3)])
  await expect.poll(onMap, 'yellow by night').toEqual([227, 192, 74])
  const me = page.locator('#me-dialog')
  await me.getByLabel('Appearance').selectOption('light')
  await expectDesk(page, DAY)
  await expect.poll(onMap, 'yellow by day').toEqual([255, 226, 122])
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectDesk(page, DAY)
  await me.getByLabel('Appearance').selectOption('system')
  await expectDesk(page, NIGHT)

  await page.goto(`${board.embed_url}?theme=light&lang=de`)
  await expectDesk(page, DAY)
  await expect(page.getByRole('link', { name: 'In Corkboard öffnen' })).toBeVisible()
})

test('without a script the look is chosen with a button', async ({ visit }) => {
  const page = await visit(`${nodes.a}/boards`, { javaScriptEnabled: false })
  await page.getByLabel('Language').selectOption('de')
  await page.getByLabel('Appearance').selectOption('dark')
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(page).toHaveURL(`${nodes.a}/boards`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Deine Boards')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})

async function expectDesk(page: Page, color: string): Promise<void> {
  await expect(page.locator('body')).toHaveCSS('background-color', color)
}

async function expectAccessible(page: Page): Promise<void> {
  await settled(page)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)).toEqual([])
}
