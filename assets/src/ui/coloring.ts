// The colours by their names, for the command palette.

import { colors } from '../notes/limits.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { setColor } from './color.ts'
import { colorName } from './words.ts'

export function coloring(board: Board): void {
  for (const color of colors) {
    board.actions.add({
      id: `color.${color}`, title: say('Colour: {color}', { color: colorName(color) }), group: 'notes', edits: true,
      enabled: () => board.selection.size > 0, run: () => setColor(board, color),
    })
  }
}
