// Copying, cutting and pasting, by the browser's own events: they bring the
// clipboard along, and nobody is asked for leave. What reads and writes it comes
// later; what an event brings must be taken at once.

import { say } from '../say.ts'
import type { Board } from './board.ts'
import { later } from './later.ts'

type Part = typeof import('./clipping.ts')

let part: Part | undefined
const clipping = later(async () => (part = await import('./clipping.ts')))

export function clipboard(board: Board): void {
  const { actions } = board
  let plain = false // the paste that comes is of the words alone
  document.addEventListener('copy', (e) => copying(board, e))
  document.addEventListener('cut', (e) => copying(board, e))
  document.addEventListener('paste', (e) => {
    if (isElsewhere(e) || !e.clipboardData) return
    e.preventDefault()
    receive(board, e.clipboardData, plain)
    plain = false
  })
  dropping(board)
  if (board.mode === 'embed') return
  actions.add(
    { id: 'clipboard.copy', title: say('Copy'), group: 'notes', keys: 'Ctrl+C', run: (e) => !e && document.execCommand('copy') },
    { id: 'clipboard.cut', title: say('Cut'), group: 'notes', keys: 'Ctrl+X', edits: true, run: (e) => !e && document.execCommand('cut') },
    { id: 'clipboard.paste', title: say('Paste'), group: 'notes', keys: 'Ctrl+V', edits: true, also: say('insert clipboard'),
      run(e) {
        plain = false
        return !e && clipping((m) => void m.pasteAsked(board))
      } },
    { id: 'clipboard.plain', title: say('Paste as one note'), group: 'notes', keys: 'Ctrl+Shift+V', edits: true, also: say('plain text'),
      run(e) {
        plain = e !== undefined
        return !e && clipping((m) => void m.pasteAsked(board, true))
      } },
  )
}

/** In a field, in a sheet, or on words that are selected, the browser does what it does everywhere. */
function isElsewhere({ target }: Event): boolean {
  const isField = target instanceof Element && target.closest('input, textarea, [contenteditable]') !== null
  return isField || document.querySelector('dialog[open]') !== null
}

function copying(board: Board, e: ClipboardEvent): void {
  if (isElsewhere(e) || board.selection.size === 0 || !(getSelection()?.isCollapsed ?? true)) return
  if (e.type === 'cut' && !board.canEdit()) return
  e.preventDefault()
  if (part) part.put(board, e.clipboardData!, e.type === 'cut')
  else clipping(() => document.execCommand(e.type))
}

function receive(board: Board, data: DataTransfer, plain: boolean, drop?: MouseEvent): void {
  const [own, html, text] = ['application/x-corkboard+json', 'text/html', 'text/plain'].map((type) => data.getData(type)) as [string, string, string]
  const files = [...data.files]
  const at = drop && board.desk.board(drop)
  clipping((m) => m.take(board, { own, html, text, files, plain, ...(at && { at }) }))
}

function dropping(board: Board): void {
  const { desk } = board.page
  desk.addEventListener('dragover', (e) => isElsewhere(e) || e.preventDefault())
  desk.addEventListener('drop', (e) => {
    if (isElsewhere(e) || !e.dataTransfer) return
    e.preventDefault()
    receive(board, e.dataTransfer, false, e)
  })
}
