// Pictures of what a person is told when something could be lost.

import { Node } from './node.ts'
import { RETRO } from './retro.ts'
import { SCREENS } from './screens.ts'
import { sql } from './sql.ts'
import { expect, newBoard, nodes, on, pour, test } from './world.ts'

for (const { name, options, picture: take } of SCREENS) {
  test(`notices, ${name}`, async ({ join, request }) => {
    const node = await Node.start()
    const board = await newBoard(request, node.url, 'Retro, week 12')
    await pour(request, board, RETRO, node.url)
    const ana = await join('Ana Berg', board.edit_url, options)
    const ben = await join('Ben', on(nodes.b, board.edit_url))
    const picture = (what: string): Promise<void> => take(ana.page, what)
    const type = (text: string): Promise<void> =>
      ana.page.evaluate((words) => {
        const { client } = window.corkboard!
        const note = client.view.live().find((n) => n.text.startsWith('Coffee machine'))!
        client.text(note.id, [[...note.text].length, words])
        const other = client.view.live().find((n) => n.text.startsWith('Flaky'))!
        client.submit({ kind: 'note.set', note: other.id, set: { x: other.x + 40 } })
      }, text)

    await ana.page.context().addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined, configurable: true }))
    await ana.page.reload()
    await expect(ana.page.locator('.notice')).toBeVisible()
    await picture('notice-fragile')

    await node.kill()
    await type(', the old one')
    await ben.pick(ben.note('Coffee machine'))
    await ben.page.keyboard.press('Delete')
    await ben.expectSaved()
    let again = await Node.start({ port: node.port })
    await expect(ana.offers).toHaveCount(1)
    await picture('offer-deleted')
    await ana.offers.getByRole('button', { name: 'Put back as a new note' }).click()
    await ana.expectSaved()

    await again.kill()
    await type('. And a longer thought, that nobody wants to write twice, about beans and about water')
    await sql(board.id, `UPDATE boards SET epoch = epoch + 1 WHERE id = :board`)
    again = await Node.start({ port: node.port })
    await expect(ana.offers).toContainText('backup')
    await picture('offer-restored')
    await again.stop()
  })
}
