// Pictures of a board where no script runs.

import { fileURLToPath } from 'node:url'
import { RETRO } from './retro.ts'
import { newBoard, nodes, pour, test } from './world.ts'

const FOLDER = fileURLToPath(new URL('../test-results/pictures/', import.meta.url))

const FRAMES = [
  { kind: 'frame', text: 'Went well', x: -40, y: -40, width: 1200, height: 700, color: 'sky' },
  { kind: 'frame', text: 'Try next', x: 1300, y: -40, width: 900, height: 700, color: 'lime' },
  { text: 'Ask in the forum: https://example.org/forum', x: 1340, y: 60, width: 200, height: 200, color: 'pink' },
]

for (const width of [360, 1440]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`reading, ${width}, ${colorScheme}`, async ({ request, visit }) => {
      const board = await newBoard(request, nodes.a, 'Retro, week 12')
      await pour(request, board, [...FRAMES, ...RETRO], nodes.a)
      const options = { viewport: { width, height: width < 600 ? 740 : 900 }, colorScheme }
      const plain = await visit(board.edit_url, { ...options, javaScriptEnabled: false })
      await plain.screenshot({ path: `${FOLDER}reading-${width}-${colorScheme}.png`, fullPage: true })
      const page = await visit(board.edit_url, options)
      await page.locator('#plane > .note').first().waitFor()
      await page.screenshot({ path: `${FOLDER}framed-${width}-${colorScheme}.png` })
    })
  }
}
