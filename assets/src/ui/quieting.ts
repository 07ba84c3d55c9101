// Asking to be left in peace by others, and being spared a crowd of pointers.

import { say } from '../say.ts'
import type { Board } from './board.ts'

export function quieting(board: Board): void {
  const { quiet, client: { roster } } = board
  const count = (): void => {
    if (quiet.count(roster.peers.size)) hint(board)
  }
  roster.onPeople(count)
  count()
  board.actions.add(
    { id: 'others.pointers', group: 'looking', also: say('cursors of others'),
      get title() { return quiet.hidesPointers ? say('Show the pointers of others') : say('Hide the pointers of others') },
      run: () => quiet.showPointers(quiet.hidesPointers) },
    { id: 'others.calm', group: 'looking', also: say('focus quiet distraction'),
      get title() { return quiet.isCalm ? say('End calm mode') : say('Calm mode: no pointers, no news of others') },
      run: () => toggleCalm(board) },
  )
}

function toggleCalm({ quiet, announcer }: Board): void {
  quiet.calm(!quiet.isCalm)
  announcer.now(quiet.isCalm ? say('Calm mode is on.') : say('Calm mode is off.'))
}

function hint({ quiet, toasts }: Board): void {
  toasts.show(say('Many people are here, so their pointers are hidden.'), {
    key: 'crowd', action: { label: say('Show them'), run: () => quiet.showPointers(true) },
  })
}
