// Pictures of a board where no script runs.

import { RETRO } from './retro.ts'
import { SCREENS } from './screens.ts'
import { newBoard, nodes, pour, test } from './world.ts'

const FRAMES = [
  { kind: 'frame', text: 'Went well', x: -40, y: -40, width: 1200, height: 700, color: 'sky' },
  { kind: 'frame', text: 'Try next', x: 1300, y: -40, width: 900, height: 700, color: 'lime' },
  { text: 'Ask in the forum: https://example.org/forum', x: 1340, y: 60, width: 200, height: 200, color: 'pink' },
]

for (const { name, options, picture } of SCREENS) {
  test(`reading, ${name}`, async ({ request, visit }) => {
    const board = await newBoard(request, nodes.a, 'Retro, week 12')
    await pour(request, board, [...FRAMES, ...RETRO], nodes.a)
    const plain = await visit(board.edit_url, { ...options, javaScriptEnabled: false })
    await picture(plain, 'reading', true)
    const page = await visit(board.edit_url, options)
    await page.locator('.pile > .note').first().waitFor()
    await picture(page, 'framed')
  })
}
