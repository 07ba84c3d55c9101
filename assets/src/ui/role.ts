// What the page offers follows from what the person may do, also when that
// changes while the page is open.

import { mayEdit } from '../protocol.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'

export function roles(board: Board): void {
  let could = board.canEdit()
  board.client.onRole(() => {
    const { role } = board.client
    board.page.board.dataset['role'] = role
    const tools = document.getElementById('tools')
    if (tools) tools.hidden = !mayEdit(role)
    if (could && !mayEdit(role)) stop(board)
    else if (!could && mayEdit(role) && !tools) welcome(board)
    could = mayEdit(role)
  })
}

function stop(board: Board): void {
  board.pointer.cancel()
  board.editor.end() // why, a notice tells
}

/** The tools come with the page, which was made for somebody who only looks. */
function welcome(board: Board): void {
  board.toasts.show(say('You can edit this board now.'), {
    key: 'role',
    lasts: 0,
    action: { label: say('Show the tools'), run: () => location.reload() },
  })
}
