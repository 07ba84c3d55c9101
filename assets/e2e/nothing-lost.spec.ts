import type { Page } from '@playwright/test'
import { Wire } from './delay.ts'
import { Desk } from './desk.ts'
import { freePort, Node } from './node.ts'
import { sql } from './sql.ts'
import { expect, expectSame, newBoard, nodes, on, test } from './world.ts'

const DAYS = 86_400_000

/** Writes more into a note. */
async function append(desk: Desk, note: string, text: string): Promise<void> {
  await desk.note(note).dblclick()
  await desk.page.keyboard.press('Control+End')
  await desk.page.keyboard.type(text)
  await desk.page.keyboard.press('Escape')
}

test('a backup is restored while a page is away: its edits are offered, over a reload, and kept (I14)', async ({ join, request }) => {
  const node = await Node.start()
  const board = await newBoard(request, node.url)
  const ana = await join('Ana', board.edit_url)
  await ana.write({ x: 500, y: 250 }, 'in the backup')
  await ana.write({ x: 900, y: 250 }, 'after the backup')
  await ana.expectSaved()
  await node.kill()
  await append(ana, 'in the backup', ', and mine')
  await append(ana, 'after the backup', ', and mine too')
  await expect(ana.state).toHaveText(/^Offline, \d changes kept$/)
  await sql(board.id, `
    DELETE FROM notes WHERE board_id = :board AND text = 'after the backup';
    DELETE FROM events WHERE board_id = :board;
    DELETE FROM sync_clients WHERE board_id = :board;
    UPDATE boards SET epoch = epoch + 1, log_floor = seq, note_count = 1 WHERE id = :board`)
  const again = await Node.start({ port: node.port })
  await expect(ana.offers).toContainText('restored from an earlier backup')
  expect(await ana.texts()).toEqual(['in the backup'])
  await ana.expectSaved()
  await ana.page.reload()
  await expect(ana.offers.locator('li')).toHaveText(['in the backup, and mine', 'after the backup, and mine too'])
  await ana.offers.getByRole('button', { name: 'Discard' }).click()
  await expect(ana.offers).toHaveCount(0)
  await ana.page.locator('#toasts').getByRole('button', { name: 'Undo' }).click()
  await ana.offers.getByRole('button', { name: 'Keep' }).click()
  await expectSame(request, board, [ana], again.url)
  expect(await ana.texts()).toEqual(['after the backup, and mine too', 'in the backup, and mine'])
  await ana.page.reload()
  await ana.expectSaved()
  await expect(ana.offers).toHaveCount(0)
  await again.stop()
})

test('away for longer than the log is kept: merged, what was deleted stays so, its typist has the words', async ({ join, request }) => {
  const node = await Node.start()
  const board = await newBoard(request, node.url)
  const ana = await join('Ana', board.edit_url)
  const ben = await join('Ben', on(nodes.b, board.edit_url))
  await ana.write({ x: 500, y: 250 }, 'both')
  await ana.write({ x: 900, y: 250 }, 'doomed')
  await expect(ben.note('doomed')).toBeVisible()
  await ana.expectSaved()
  await node.kill()
  await append(ana, 'both', ' (Ana)')
  await append(ana, 'doomed', ' (Ana)')
  await append(ben, 'both', ' (Ben)')
  await ben.pick(ben.note('doomed'))
  await ben.page.keyboard.press('Delete')
  await ben.write({ x: 500, y: 550 }, 'Ben’s own')
  await ben.expectSaved()
  await sql(board.id, `
    DELETE FROM events WHERE board_id = :board;
    DELETE FROM note_deltas WHERE board_id = :board;
    UPDATE boards SET log_floor = seq WHERE id = :board`)
  const again = await Node.start({ port: node.port })
  await expect(ana.offers).toContainText('doomed (Ana)')
  await expectSame(request, board, [ana, ben])
  const texts = await ana.texts()
  expect(texts).toHaveLength(2)
  expect(texts.find((t) => t.startsWith('both'))).toMatch(/^both( \(Ana\) \(Ben\)| \(Ben\) \(Ana\))$/)
  await again.stop()
})

test('a duplicated tab, on a clock two days ahead beside one two days behind, disturbs nothing', async ({ board, join, request }) => {
  const ana = await join('Ana', board.edit_url)
  await ana.page.context().addInitScript(shiftClock, 2 * DAYS)
  await ana.page.reload()
  const ben = await join('Ben', on(nodes.b, board.edit_url))
  await ben.page.context().addInitScript(shiftClock, -2 * DAYS)
  await ben.page.reload()
  const copied = ana.page.waitForEvent('popup')
  await ana.page.evaluate(() => window.open(location.href)) // takes the tab's session storage along
  const copy = new Desk(await copied)
  await copy.expectSaved()
  await ana.expectSaved()
  await Promise.all([ana.write({ x: 400, y: 300 }, 'first tab'), copy.write({ x: 800, y: 300 }, 'its copy')])
  await ben.write({ x: 400, y: 600 }, 'from the past')
  await expectSame(request, board, [ana, copy, ben])
  expect(await ben.texts()).toEqual(['first tab', 'from the past', 'its copy'])
  const ids = await Promise.all([ana, copy].map((d) => d.page.evaluate(() => window.corkboard!.client.clientId)))
  expect(new Set(ids).size).toBe(2)
  await ana.page.mouse.move(600, 500)
  await ana.page.mouse.move(640, 520, { steps: 4 })
  await expect(ben.cursors.filter({ hasText: 'Ana' }).first()).toBeVisible()
})

function shiftClock(by: number): void {
  const now = Date.now
  const { Date: Real } = globalThis
  globalThis.Date = class extends Real {
    constructor(...given: []) {
      if (given.length === 0) super(now() + by)
      else super(...given)
    }

    static override now(): number {
      return now() + by
    }
  } as DateConstructor
}

test('a connection that is dead without a word is found within 15 s, and at once by who wakes up', async ({ join, request }) => {
  const port = await freePort()
  const node = await Node.start({ url: `http://127.0.0.1:${port}` })
  const wire = await Wire.lay(port, node.port)
  const board = await newBoard(request, `http://127.0.0.1:${node.port}`)
  const ana = await join('Ana', board.edit_url)
  const ben = await join('Ben', on(nodes.b, board.edit_url))
  const heard = async (text: string, within: number): Promise<void> => {
    await ben.write({ x: 400 + text.length * 9, y: 300 }, text)
    await ben.expectSaved()
    await expect(ana.note(text)).toBeVisible({ timeout: within })
  }
  wire.swallow()
  await ana.page.evaluate(() => document.dispatchEvent(new Event('resume')))
  await heard('soon after waking', 3_000)
  wire.swallow()
  await ana.write({ x: 500, y: 600 }, 'typed into the void')
  await heard('found by a ping that nobody answers', 15_500)
  await expectSame(request, board, [ana, ben])
  await wire.close()
  await node.stop()
})

test('one of two nodes is taken down while somebody types: the state never leaves Saved and Saving…', async ({ join, request }) => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const [old, next] = await Promise.all([Node.start({ url }), Node.start({ url })])
  const wire = await Wire.lay(port, old.port)
  const board = await newBoard(request, `http://127.0.0.1:${old.port}`)
  const ana = await join('Ana', board.edit_url)
  await ana.expectSaved()
  await ana.page.evaluate(noteStates)
  await ana.page.mouse.dblclick(500, 300)
  await expect(ana.field).toBeFocused()
  wire.leadTo(next.port)
  const down = old.stop()
  const text = 'typed while the node went down, without a hole'
  await ana.page.keyboard.type(text, { delay: 60 })
  await down
  await ana.page.keyboard.type('.')
  await ana.page.keyboard.press('Escape')
  await expectSame(request, board, [ana], next.url)
  expect(await ana.texts()).toEqual([text + '.'])
  expect(await statesSeen(ana.page)).toEqual(expect.not.arrayContaining([expect.not.stringMatching(/^Sav(ed|ing…)$/)]))
  await wire.close()
  await next.stop()
})

/** Notes each reading of the state of the work. */
function noteStates(): void {
  const state = document.getElementById('save-state')!
  const seen: string[] = []
  new MutationObserver(() => seen.push(state.textContent ?? '')).observe(state, { childList: true, characterData: true, subtree: true })
  Object.assign(window, { seen })
}

function statesSeen(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { seen: string[] }).seen)
}

test('a browser that keeps nothing says so, readably and beside the tools', async ({ board, visit, join }) => {
  const ana = await join('Ana', board.edit_url, { viewport: { width: 360, height: 740 } })
  await ana.page.context().addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }))
  await ana.page.reload()
  const notice = ana.page.locator('.notice')
  await expect(notice).toContainText('kept only in this tab')
  const [n, tools] = [(await notice.boundingBox())!, (await ana.page.locator('#tools').boundingBox())!]
  expect(n.x >= 0 && n.x + n.width <= 360 && n.y + n.height < tools.y).toBe(true)
  const pad = ana.page.getByRole('button', { name: 'Yellow' }).first()
  await pad.click()
  await expect(pad).toHaveAttribute('aria-pressed', 'true')
  await ana.page.mouse.click(180, 500)
  await expect(ana.field).toBeFocused()
  await ana.page.keyboard.type('saved all the same')
  await ana.expectSaved()
  await notice.getByRole('button', { name: 'Close' }).click()
  await expect(notice).toBeHidden()
  const ben = await visit(on(nodes.b, board.view_url))
  await expect(ben.locator('.note')).toHaveText('saved all the same')
  await ana.page.keyboard.type(',')
  await ana.expectSaved()
  await ana.page.keyboard.insertText(' to the end') // at once: what reads on words in flight must stay behind
  await ana.page.reload()
  await expect(ben.locator('.note'), 'what was written just before the page was left').toHaveText('saved all the same, to the end')
})
