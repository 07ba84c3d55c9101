// Puts the board's page together: what holds state first, then one behaviour
// after the other. Their order is the order in which presses are offered.

import { mayEdit } from '../protocol.ts'
import { Actions } from './actions.ts'
import { Announcer } from './announce.ts'
import type { Board, Client, Me } from './board.ts'
import { following } from './changes.ts'
import { clipboard } from './clipboard.ts'
import { connected } from './connected.ts'
import { creating } from './create.ts'
import { Desk } from './desk.ts'
import { dialogs } from './dialogs.ts'
import { drawing } from './drawing.ts'
import { duplicating } from './duplicate.ts'
import { Editor } from './edit.ts'
import { embedding } from './embed.ts'
import { farView } from './far.ts'
import { finding } from './finding.ts'
import { canWithFocused, focusing, focusQuietly } from './focus.ts'
import { Frame } from './frame.ts'
import { history } from './history.ts'
import { keyboardRoom } from './keyboard.ts'
import { Keys } from './keys.ts'
import { loadingLater } from './later.ts'
import { unlocked } from './lock.ts'
import { introducing, Myself } from './me.ts'
import { neighbours } from './neighbour.ts'
import { noticing } from './notices.ts'
import { nudging } from './nudge.ts'
import { offering } from './offers.ts'
import { tellBoard } from './opening.ts'
import { findPage, part } from './page.ts'
import { padding } from './pad.ts'
import { panning, pinch } from './pan.ts'
import { Pointer } from './pointer.ts'
import { sharing } from './presence.ts'
import { pressing } from './press.ts'
import { Quiet } from './quiet.ts'
import { reading } from './reading.ts'
import { removing } from './remove.ts'
import { renaming } from './rename.ts'
import { rescuing } from './rescue.ts'
import { returning } from './return.ts'
import { roles } from './role.ts'
import { saving } from './saved.ts'
import { selecting } from './select.ts'
import { Selection } from './selection.ts'
import { Spotlight } from './spotlight.ts'
import { Stage } from './stage.ts'
import { Toasts } from './toasts.ts'
import { Tool } from './tool.ts'
import { writingKeys } from './writing.ts'
import { firstLook, zooming } from './zoom.ts'

export interface Start {
  readonly board: string
  readonly mode: 'board' | 'embed'
  readonly me: Me | null
  readonly client: Client
}

const BEHAVIOURS = [
  farView,
  reading,
  following,
  rescuing,
  padding,
  panning,
  drawing,
  connected,
  pressing,
  selecting,
  focusing,
  creating,
  writingKeys,
  keyboardRoom,
  neighbours,
  nudging,
  removing,
  duplicating,
  clipboard,
  history,
  zooming,
  sharing,
  saving,
  noticing,
  offering,
  renaming,
  dialogs,
  finding,
  roles,
  returning,
  embedding,
  loadingLater,
] satisfies ((board: Board) => void)[]

export function startBoard(start: Start): Board {
  const board = assemble(start)
  board.desk.flush()
  board.stage.adopt()
  firstLook(board)
  document.getElementById('note-places')?.remove()
  for (const behave of BEHAVIOURS) behave(board)
  introducing(board)
  void document.fonts?.ready.then(() => board.stage.refitAll())
  if (board.mode === 'board' && !document.querySelector('dialog[open]')) {
    focusQuietly(board.page.desk)
    tellBoard(board)
  }
  return board
}

function assemble({ board: id, mode, me, client }: Start): Board {
  const page = findPage()
  const frame = new Frame()
  const desk = new Desk(page.desk, page.camera, page.plane, frame)
  const stage = new Stage(() => client.view, page.plane, desk, frame)
  const toasts = new Toasts(part('toasts', HTMLElement))
  const quiet = new Quiet()
  const canEdit = (): boolean => mode === 'board' && mayEdit(client.role)
  const actions = new Actions(canEdit)
  const selection = new Selection()
  const board: Board = {
    id,
    mode,
    me: new Myself(me),
    client,
    page,
    frame,
    desk,
    stage,
    toasts,
    canEdit,
    selection,
    spotlight: new Spotlight(),
    editor: new Editor(client, stage, toasts, (id) => canEdit() && unlocked(board, [id]).length > 0),
    tool: new Tool(),
    pointer: new Pointer(desk, (before, now) => pinch(desk, before, now)),
    actions,
    keys: new Keys(page.board, actions, selection, (a) => canWithFocused(board, () => actions.isEnabled(a))),
    announcer: new Announcer(part('live', HTMLElement)),
    quiet,
  }
  return board
}
