// Around writing in a note: the keys that end it, the size of the text that
// follows, and the tool bar's way out.

import type { Board } from './board.ts'

export function writingKeys(board: Board): void {
  const { editor, stage } = board
  board.keys.on('stopWriting', () => editor.end())
  editor.onChange((id) => {
    if (id && !board.selection.has(id)) board.selection.set([id])
    if (id) board.announcer.now('Writing. Press Escape to stop.')
  })
  // What is typed is drawn by the stage like any other change of the view.
  stage.onPaint(() => {
    if (editor.id && !stage.note(editor.id)) editor.end(false)
  })
}
