// Around writing in a note: the key that ends it, and a view in which one can
// read what one writes, also when a phone's keyboard comes up.

import type { Note } from '../notes/note.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { lookAt, reveal } from './camera.ts'
import { centre, type Rect } from './geometry.ts'
import { later } from './later.ts'
import { isLocked, unlocked } from './lock.ts'
import { clear, narrowInset } from './zoom.ts'

const pen = later(() => import('./pen.ts'))
const READABLE = 0.4 // zoom below which nobody can read what they write
const CRAMPED = { w: 640, h: 560 } // a desk so small, as above a phone's keyboard, has no room for tools beside what is written

export function writingKeys(board: Board): void {
  const { announcer, editor, stage, desk } = board
  let helps = false
  let before: Note | undefined
  board.actions.add({
    id: 'write.stop', title: say('Stop writing'), group: 'writing', keys: 'Escape', where: 'writing', edits: true,
    run: () => {
      editor.end()
      announcer.now(say('Writing ended'))
    },
  })
  const makeRoom = (): void => {
    const { w, h } = desk.size
    document.body.toggleAttribute('data-cramped', editor.id !== null && w <= CRAMPED.w && h <= CRAMPED.h)
  }
  editor.onChange((id) => {
    makeRoom()
    if (!id) return
    before = stage.note(id)
    if (!helps) {
      pen((p) => p.helpingToWrite(board, before))
      announcer.now(say('Writing. Press Escape to stop.'))
    }
    helps = true
    if (!board.selection.has(id)) board.selection.set([id])
    lookAtNote(board, id)
  })
  editor.onTyped((id) => pen((p) => p.growToText(board, id)))
  desk.onResize(() => {
    makeRoom()
    if (editor.id) lookAtNote(board, editor.id)
  })
  stage.onPaint(() => {
    const { id } = editor
    if (!id || (stage.note(id) && !isLocked(board, id))) return
    editor.end(false)
    unlocked(board, [id]) // tells why the field is gone
  })
}

/** Brings a note to where it can be read. */
export function lookAtNote(board: Board, id: string): void {
  const place = board.stage.place(id)
  if (!place) return
  if (board.desk.camera.zoom < READABLE) lookClosely(board, place)
  else bringIntoView(board, place)
}

/** The smallest move that shows all of it. */
export function bringIntoView(board: Board, place: Rect): void {
  const { desk } = board
  const camera = reveal(desk.goal, place, desk.size, narrowInset(board))
  if (camera !== desk.goal) desk.glide(camera)
}

/** For what one goes to: under nothing that floats there. */
export function bringToLight(board: Board, place: Rect): void {
  bringIntoView(board, place)
  const { goal } = board.desk
  clear((c) => board.desk.goal === goal && c.clearOfBars(board, place))
}

function lookClosely(board: Board, place: Rect): void {
  const { desk } = board
  const zoom = Math.min(1, (desk.size.w - 32) / place.w)
  desk.glide(lookAt(centre(place), desk.middle(), zoom))
}
