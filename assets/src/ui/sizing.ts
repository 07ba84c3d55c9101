// The size of what is selected, by keys: what the handles do with a pointer.

import { say } from '../say.ts'
import type { Board } from './board.ts'
import { bounds } from './geometry.ts'
import { times } from './nudge.ts'
import { sendSets } from './send.ts'
import { stretch } from './stretch.ts'

const STEP = 10
const TOGETHER = 1000 // ms: presses closer than this are one undo step

export function sizing(board: Board): void {
  const { selection } = board
  let last = -Infinity
  let ids: ReadonlySet<string> | null = null
  board.actions.add({
    id: 'size.keys', title: say('Make larger or smaller'), group: 'selecting', keys: 'Alt+Shift+Arrow', where: 'board', repeats: true, edits: true,
    enabled: () => selection.size > 0,
    run(e) {
      const now = performance.now()
      const joins = now - last < TOGETHER && ids === selection.ids
      last = now
      ids = selection.ids
      resize(board, times(STEP, e), joins)
    },
  })
}

/** The right and the lower edge go: what lies to the left of them and above stays. */
function resize({ stage, selection, client, announcer }: Board, [dx, dy]: readonly [number, number], joins: boolean): void {
  const places = stage.places([...selection.ids].filter((id) => !stage.note(id)?.locked))
  const box = bounds(places.values())
  if (!box) return
  const sets = [...stretch(box, places, { edge: 'se', dx, dy, even: false, centred: false })].map(([note, set]) => ({ note, set: { ...set } }))
  sendSets(client, sets, joins)
  const after = bounds(sets.map(({ set }) => set))!
  announcer.now(say('{w} by {h}', { w: Math.round(after.w), h: Math.round(after.h) }))
}
