// Going along with others, and being left in peace by them.

import type { Page } from '@playwright/test'
import { expect, nodes, on, test } from './world.ts'

test('a click on an avatar follows that person until one moves the board oneself', async ({ board, join }) => {
  const ana = await join('Ana Berg', board.edit_url)
  await ana.write({ x: 300, y: 300 }, 'here')
  const ben = await join('Ben', on(nodes.b, board.edit_url), { viewport: { width: 900, height: 600 } })
  const avatar = ben.page.locator('#people').getByRole('button', { name: 'Follow Ana Berg' })
  const sign = ben.page.locator('.follow-sign')
  const followed = ana.page.locator('.followers')
  const seenByBoth = async (): Promise<void> => {
    await expect(async () => {
      const [a, b] = [await ana.view(), await ben.view()]
      expect(b.x).toBeLessThanOrEqual(a.x + 2)
      expect(b.y).toBeLessThanOrEqual(a.y + 2)
      expect(b.x + b.w).toBeGreaterThanOrEqual(a.x + a.w - 2)
      expect(b.y + b.h).toBeGreaterThanOrEqual(a.y + a.h - 2)
      expect(Math.min(b.w / a.w, b.h / a.h), 'and not much more').toBeLessThan(1.1)
    }).toPass({ timeout: 5000 })
  }

  await test.step('the view goes where theirs goes', async () => {
    await avatar.click()
    await expect(sign).toContainText('Following Ana Berg')
    await expect(sign).toHaveAttribute('data-person', String('Ana Berg'.length))
    await expect(followed).toHaveText('Ben follows you')
    await seenByBoth()
    await ana.page.mouse.move(640, 400)
    await ana.page.mouse.wheel(2500, 900)
    await seenByBoth()
    await ana.page.keyboard.press('Control+-')
    await seenByBoth()
    await expect(sign, 'no move of theirs ends it').toBeVisible()
  })

  await test.step('an own move ends it, and so do Esc and the button', async () => {
    await ben.page.mouse.move(450, 300)
    await ben.page.mouse.wheel(0, 120)
    await expect(sign).toHaveCount(0)
    await expect(followed).toBeHidden()
    const { x } = await ben.view()
    await ana.page.mouse.wheel(-800, 0)
    await avatar.click()
    await seenByBoth()
    expect((await ben.view()).x).not.toBeCloseTo(x, 0)
    await ben.page.keyboard.press('Escape')
    await expect(sign).toHaveCount(0)
    await avatar.click()
    await sign.getByRole('button', { name: 'Stop' }).click()
    await expect(sign).toHaveCount(0)
  })

  await test.step('two who follow each other do not chase each other: the later one leads nobody', async () => {
    await avatar.click()
    await expect(followed).toHaveText('Ben follows you')
    await ana.page.locator('#people').getByRole('button', { name: 'Follow Ben' }).click()
    await expect(sign).toHaveCount(0)
    await expect(ana.page.locator('.follow-sign')).toContainText('Following Ben')
    await ana.page.keyboard.press('Escape')
  })

  await test.step('a leader who loads the page again is followed on; one who leaves is not', async () => {
    await avatar.click()
    await expect(followed).toHaveText('Ben follows you')
    await ana.page.reload()
    await expect(ana.page.locator('.followers')).toHaveText('Ben follows you')
    await ana.page.mouse.move(640, 400)
    await ana.page.mouse.wheel(700, 700)
    await seenByBoth()
    await ana.page.goto('about:blank')
    await expect(ben.page.locator('#toasts')).toContainText('Ana Berg has left the board.', { timeout: 10_000 })
    await expect(sign).toHaveCount(0)
  })
})

test('the list of who is here is reached by keys, says what each may do, and who is away', async ({ board, join }) => {
  const ana = await join('Ana', board.edit_url)
  const ben = await join('Ben', board.view_url)
  await ana.page.evaluate(() => document.querySelector<HTMLElement>('#people button')!.focus())
  const more = ana.page.locator('#people .more')
  await expect(more).toHaveCount(0)
  const guests = await Promise.all([1, 2, 3, 4].map((i) => join(`Guest ${i}`, board.view_url)))
  await expect(more).toHaveText('+2')
  await test.step('away', async () => {
    await setHidden(ben.page, true)
    await expect(more).toHaveAttribute('aria-label', /Ben \(away\)$/)
  })
  await more.focus()
  await ana.page.keyboard.press('Enter')
  const list = ana.page.getByRole('dialog', { name: 'Who is here' })
  const items = list.getByRole('listitem')
  await expect(items).toHaveCount(6)
  await expect(items.first()).toContainText('Ana (you)')
  await expect(items.first()).toContainText('Can edit')
  await expect(items.last()).toContainText('Ben (away)')
  await expect(items.last()).toContainText('Can view')
  await setHidden(ben.page, false)
  await expect(items.filter({ hasText: 'Ben' })).not.toContainText('away')
  const follow = list.getByRole('button', { name: 'Follow Guest 1' })
  await follow.focus()
  await ana.page.keyboard.press('Enter')
  await expect(list).toBeHidden()
  await expect(guests[0]!.page.locator('.followers')).toHaveText('Ana follows you')
})

/** As the browser tells a page that another tab is in front. */
function setHidden(page: Page, hidden: boolean): Promise<void> {
  return page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
    Object.defineProperty(document, 'visibilityState', { value: hidden ? 'hidden' : 'visible', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)
}

test('pointers can be hidden, and calm mode leaves only who writes; the device remembers', async ({ board, join }) => {
  const ana = await join('Ana', board.edit_url)
  await ana.write({ x: 400, y: 300 }, 'a note')
  await ana.page.keyboard.press('Escape')
  const ben = await join('Ben', on(nodes.b, board.edit_url))
  const seen = ben.note('a note')
  await ana.page.mouse.move(500, 500)
  await ana.page.mouse.move(510, 500)
  await expect(ben.cursors).toHaveCount(1)
  const open = async (): Promise<void> => {
    await ben.page.locator('#people').getByRole('button', { name: 'Ben (you)' }).focus()
    await ben.page.locator('#people').getByRole('button', { name: 'Who is here' }).click()
  }
  const list = ben.page.getByRole('dialog', { name: 'Who is here' })
  await open()
  await list.getByRole('switch', { name: 'Show the pointers of others' }).uncheck()
  await expect(ben.cursors).toHaveCount(0)
  await ben.page.reload()
  await expect(ben.state).toHaveText('Saved')
  await ana.page.mouse.move(520, 500)
  await ana.pick(ana.note('a note'))
  await expect(seen).toHaveAttribute('data-selected-by', 'Ana')
  await expect(ben.cursors).toHaveCount(0)
  await open()
  await list.getByRole('switch', { name: /^Calm mode/ }).check()
  await expect(seen).not.toHaveAttribute('data-selected-by')
  await ana.page.keyboard.press('Enter')
  await expect(seen).toHaveAttribute('data-editing-by', 'Ana')
  await expect(seen).toHaveAttribute('aria-description', 'Ana is writing here')
  await list.getByRole('switch', { name: 'Show the pointers of others' }).check()
  await expect(list.getByRole('switch', { name: /^Calm mode/ })).not.toBeChecked()
  await expect(ben.cursors).toHaveCount(1)
})
