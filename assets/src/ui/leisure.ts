// What begins when the browser has nothing else to do: nobody needs it for the
// first look or the first deed.

import { arranging } from './arranging.ts'
import { reachingArrows } from './arrows.ts'
import type { Board } from './board.ts'
import { coloring } from './coloring.ts'
import { connecting } from './connecting.ts'
import { reachingEnds } from './ends.ts'
import { framing } from './framing.ts'
import { grouping } from './grouping.ts'
import { minimapping } from './minimap.ts'
import { naming } from './names.ts'
import { noteDeeds } from './note-deeds.ts'
import { ordering } from './order.ts'
import { presenting } from './present.ts'
import { printing } from './print.ts'
import { telling } from './telling.ts'
import { theming } from './themes.ts'
import { toolbars } from './toolbar.ts'
import { retellTips } from './told.ts'
import { keepingPlace } from './whereabouts.ts'
import { firstCamera } from './zoom.ts'

export function begin(board: Board): void {
  retellTips()
  ordering(board)
  grouping(board)
  framing(board)
  connecting(board)
  arranging(board)
  coloring(board)
  noteDeeds(board)
  keepingPlace(board, firstCamera)
  minimapping(board)
  presenting(board)
  printing(board)
  naming(board)
  telling(board)
  theming(board)
  reachingArrows(board)
  reachingEnds(board)
  toolbars(board)
}
