import { Node } from './node.ts'
import { Desk } from './desk.ts'
import { expect, expectSame, newBoard, nodes, on, test } from './world.ts'

test('unsaved edits outlive a reload while the server is down', async ({ join, request }) => {
  const node = await Node.start()
  const board = await newBoard(request, node.url)
  const ana = await join('Ana', board.edit_url)
  const ben = await join('Ben', on(nodes.b, board.edit_url))
  await ana.write({ x: 400, y: 300 }, 'saved before')
  await ana.expectSaved()
  const address = ana.page.url()

  await node.kill()
  await ana.write({ x: 700, y: 300 }, 'written while it was down')
  await ana.drag(ana.note('saved before'), { x: 0, y: 200 })
  await expect(ana.state).toHaveText(/^Offline, \d+ changes? kept$/)
  await expect(ana.page.reload()).rejects.toThrow(/ERR_CONNECTION_REFUSED/)

  const again = await Node.start({ port: node.port })
  await ana.page.goto(address)
  const back = new Desk(ana.page)
  await expect(back.note('written while it was down')).toBeVisible()
  await expect(ben.note('written while it was down')).toBeVisible()
  await expectSame(request, board, [back, ben])
  expect(await back.texts()).toEqual(['saved before', 'written while it was down'])
  expect((await back.place(back.note('saved before'))).y).toBe((await ben.place(ben.note('saved before'))).y)
  await again.stop()
})

test('a killed server comes back and everybody goes on, without a reload', async ({ join, request }) => {
  const node = await Node.start()
  const board = await newBoard(request, node.url)
  const ana = await join('Ana', board.edit_url)
  const ben = await join('Ben', on(nodes.b, board.edit_url))
  await node.kill()
  await ana.write({ x: 400, y: 300 }, 'Ana offline')
  await ben.write({ x: 700, y: 300 }, 'Ben online')
  await expect(ana.state).toHaveText(/^Offline, \d+ changes? kept$/)
  const again = await Node.start({ port: node.port })
  await expect(ben.note('Ana offline')).toBeVisible()
  await expect(ana.note('Ben online')).toBeVisible()
  await expectSame(request, board, [ana, ben])
  expect(await ana.texts()).toEqual(['Ana offline', 'Ben online'])

  await test.step('and a deploy is not noticed', async () => {
    await ana.write({ x: 400, y: 600 }, 'during the deploy')
    await again.stop()
    const next = await Node.start({ port: node.port })
    await expect(ben.note('during the deploy')).toBeVisible()
    await expectSame(request, board, [ana, ben])
    await next.stop()
  })
})
