// The ways to the sheets, which are loaded later, since the first sight of a board
// needs none of them.

import { say } from '../say.ts'
import type { Board } from './board.ts'
import { complete, later } from './later.ts'
import { part } from './page.ts'

const sheets = later(() => import('./sheets.ts'))
const help = later(() => complete(import('./help.ts')))
const palette = later(() => complete(import('./palette.ts')))

let byHand = false

/** Whether what was pressed last, beside what is in a sheet, was pressed by a pointer. */
export function wasByHand(): boolean {
  return byHand
}

export function dialogs(board: Board): void {
  document.addEventListener('click', (e) => e.isTrusted && !(e.target as Element).closest('dialog') && (byHand = e.detail > 0), true)
  part('share-open', HTMLElement)?.addEventListener('click', () => {
    const coming = sheets((m) => m.openShare(board))
    if (coming) board.actions.onComing(coming)
  })
  if (board.mode === 'board') asking(board)
}

function asking(board: Board): void {
  const shared = { group: 'board' } as const
  board.actions.add(
    { ...shared, id: 'palette', title: say('Commands'), keys: 'Ctrl+K Ctrl+/', where: 'anywhere', run: () => palette((m) => m.openPalette(board)) },
    { ...shared, id: 'help', title: say('Keys and help'), keys: '?', where: 'anywhere', also: say('shortcuts keyboard'), run: () => help((m) => m.openHelp(board)) },
  )
  const share = part('share-open', HTMLElement)
  if (share) board.actions.add({ ...shared, id: 'share', title: say('Share this board'), also: say('invite link'), run: () => share.click() })
  part('help-open', HTMLElement)?.addEventListener('click', () => board.actions.run('help'))
  part('commands-open', HTMLElement)?.addEventListener('click', () => board.actions.run('palette'))
}
