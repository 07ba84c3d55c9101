import type { Locator } from '@playwright/test'
import { expect, expectSame, nodes, on, stored, test } from './world.ts'

test('a viewer sees everything live and changes nothing', async ({ board, join, request }) => {
  const ana = await join('Ana', board.edit_url)
  await ana.write({ x: 400, y: 300 }, 'mine')
  const eve = await join('Eve', on(nodes.b, board.view_url))
  await expect(eve.state).toHaveText('View only')
  await expect(eve.note('mine')).toBeVisible()

  await test.step('sees live', async () => {
    await ana.drag(ana.note('mine'), { x: 200, y: 100 })
    await ana.expectSaved()
    const after = await ana.place(ana.note('mine'))
    await expect.poll(() => eve.place(eve.note('mine'))).toEqual(after)
  })

  const before = await stored(request, board)

  await test.step('has no tools', async () => {
    await expect(eve.page.locator('#tools')).toHaveCount(0)
    await expect(eve.page.getByRole('button', { name: 'Share' })).toHaveCount(0)
    await expect(eve.page.getByLabel('Name of the board')).toHaveAttribute('readonly', '')
  })

  await test.step('pointer and keys change nothing', async () => {
    await eve.page.mouse.dblclick(900, 600)
    await eve.note('mine').dblclick()
    await expect(eve.field).toHaveCount(0)
    await eve.drag(eve.note('mine'), { x: -100, y: 0 })
    await eve.note('mine').click()
    for (const key of ['n', 's', 'Delete', 'ArrowLeft', 'x', 'Control+d', 'Control+z']) await eve.page.keyboard.press(key)
    await expect(eve.field).toHaveCount(0)
    await expect(eve.notes).toHaveCount(1)
  })
  await test.step('menus hold what may be done', async () => {
    const items = eve.page.getByRole('menuitem')
    await eve.note('mine').click({ button: 'right' })
    await expect(items).toHaveText([/^Copy/, /^Copy link to this note/])
    await eve.page.mouse.click(900, 200, { button: 'right' })
    await expect(items).toHaveText([/^Select all/, /^Show everything/, /^Hide the minimap/, /^Copy link to this place/])
    await eve.page.keyboard.press('Escape')
  })

  await test.step('and the server refuses what the page does not', async () => {
    const answer = await eve.page.evaluate(async (id) => {
      const socket = new WebSocket(location.origin.replace('http', 'ws') + '/ws', ['corkboard.v1'])
      const frames: Record<string, unknown>[] = []
      return new Promise<string>((resolve) => {
        socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', board: id, client: 'eve-by-hand-0001' }))
        socket.onclose = (e) => resolve(`closed ${e.code} ${JSON.stringify(frames.at(-1))}`)
        socket.onmessage = (e) => {
          const frame = JSON.parse(String(e.data)) as Record<string, unknown>
          frames.push(frame)
          if (frame['type'] === 'welcome') {
            const op = { mid: 1, kind: 'board.set', set: { name: 'Eve’s' } }
            socket.send(JSON.stringify({ type: 'ops', gen: frame['gen'], ops: [op] }))
          }
          if (frame['type'] === 'ack') {
            socket.close()
            resolve(JSON.stringify(frame['acks']))
          }
        }
      })
    }, board.id)
    expect(answer).toContain('"forbidden"')
  })

  expect(await stored(request, board)).toEqual(before)
  await expectSame(request, board, [ana, eve])
})

test('who has no link gets the same answer as for a board that does not exist', async ({ board, visit }) => {
  const page = await visit(board.url)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const words = async (locator: Locator): Promise<string> => (await locator.innerText()).trim()
  const real = await words(page.locator('.problem'))
  const answer = await page.goto(board.url.replace(board.id, 'a'.repeat(board.id.length)))
  expect(answer?.status()).toBe(404)
  expect(await words(page.locator('.problem'))).toBe(real)
})
