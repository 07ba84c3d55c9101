// All that shows others to me, and me to them.

import style from '../../css/cursors.css'
import large from '../../css/large.css'
import faces from '../../css/people.css'
import { dozing } from './away.ts'
import type { Board } from './board.ts'
import { cursors } from './cursors.ts'
import { wear } from './later.ts'
import { leading } from './lead.ts'
import { marking } from './marks.ts'
import { tellingNews } from './news.ts'
import { people } from './people.ts'
import { Pinned } from './pinned.ts'
import { quieting } from './quieting.ts'
import { raising } from './raising.ts'

wear(faces + style + large) // all as soon as there is time, and before anything is selected

export function keepCompany(board: Board): void {
  const pinned = new Pinned(board, board.page.cursors)
  cursors(board, pinned)
  marking(board, pinned)
  for (const behave of [people, raising, leading, dozing, quieting, tellingNews]) behave(board)
}
