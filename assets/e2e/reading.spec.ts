// The board without a script: a page to be read. With one, nothing of that page
// jumps when the script takes it over.

import type { Page } from '@playwright/test'
import { expect, nodes, pour, test } from './world.ts'

const NOTES = [
  { kind: 'frame', text: 'This week', x: 0, y: 0, width: 1000, height: 500, color: 'sky' },
  { kind: 'frame', text: 'Later', x: 40, y: 240, width: 400, height: 240, color: 'sand' },
  { text: 'second', client_id: 'b', x: 300, y: 20, width: 200, height: 160 },
  { text: 'first: https://example.org/a', client_id: 'a', x: 20, y: 40, width: 200, height: 160, link: 'mailto:ana@example.org', color: 'teal' },
  { text: 'some day', x: 60, y: 260, width: 200, height: 200, color: 'pink' },
  { text: 'outside', x: 1200, y: 0, width: 200, height: 200 },
  { text: 'above', x: 1300, y: 60, width: 200, height: 200, color: 'lime' },
  { kind: 'connector', text: 'leads to', from: 'a', to: 'b' },
]

/** What stands where, before and after the script. */
async function places(page: Page): Promise<unknown> {
  return page.locator('#plane .note').evaluateAll((all) =>
    all.map((note) => ({ id: note.id, words: note.querySelector('.note-text')!.textContent, ...note.getBoundingClientRect().toJSON() })).sort((a, b) => (a.id < b.id ? -1 : 1)),
  )
}

/** What the notes say, from the lowest to the highest. */
async function stacked(page: Page): Promise<string[]> {
  return page.locator('#plane .note').evaluateAll((all) =>
    all.sort((a, b) => Number(getComputedStyle(a).zIndex) - Number(getComputedStyle(b).zIndex)).map((note) => note.querySelector('.note-text')!.textContent!),
  )
}

test('without scripts frames are headings and notes are lists, in reading order; with them nothing jumps', async ({ board, request, visit }) => {
  await pour(request, board, NOTES, nodes.a)
  const plain = await visit(board.edit_url, { javaScriptEnabled: false })
  await expect(plain.locator('h1, #plane :is(h2, h3, li .note-text), .connections :is(h2, li)')).toHaveText([
    'Test board', 'outside', 'above', 'This week', 'first: https://example.org/a', 'second', 'Later', 'some day',
    'Connections', 'first: https://example.org/a → second: leads to',
  ])
  await expect(plain.getByRole('heading', { level: 2, name: 'This week' })).toBeVisible()
  await expect(plain.getByRole('heading', { level: 3, name: 'Later' })).toBeVisible()
  await expect(plain.getByRole('listitem').filter({ hasText: 'second' }).first()).toBeVisible()
  await expect(plain.getByRole('link', { name: 'https://example.org/a' })).toHaveAttribute('href', 'https://example.org/a')
  await expect(plain.getByRole('link', { name: 'ana@example.org', exact: true })).toBeVisible()
  expect(await plain.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)

  const late = await visit('about:blank')
  let letGo = (): void => undefined
  const held = new Promise<void>((resolve) => (letGo = resolve))
  await late.route('**/assets/main-*.js', async (route) => (await held, route.continue()))
  await late.goto(board.edit_url, { waitUntil: 'commit' })
  await expect(late.locator('#plane .note')).toHaveCount(7)
  await late.evaluate(() => document.fonts.ready)
  const before = await places(late)
  const order = stacked(late)
  expect((await order).slice(0, 2)).toEqual(['This week', 'Later'])
  letGo()
  await expect(late.locator('.pile > .note')).toHaveCount(7)
  expect(await places(late)).toEqual(before)
  expect(await stacked(late)).toEqual(await order)
})
