// Places and notes in the page's address: #x,y,zoom is what lies in the middle
// of the view, #note=ID a note. The first paint reads them too: views/firstlook.templ.

import { say } from '../say.ts'
import type { Board } from './board.ts'
import { type Camera, lookAt, MAX_ZOOM, MIN_ZOOM, type Size, toBoard } from './camera.ts'
import { clamp } from './geometry.ts'
import { lookAtNote } from './writing.ts'

/** A place: the board point in the middle of the view, and the zoom. */
export type Place = readonly [x: number, y: number, zoom: number]

export function placeOf(camera: Camera, { w, h }: Size): Place {
  const [x, y] = toBoard(camera, [w / 2, h / 2])
  return [Math.round(x), Math.round(y), Number(camera.zoom.toPrecision(3))]
}

/** The place that a hash names, if it names one. */
export function readPlace(hash: string): Place | null {
  const [, x, y, zoom] = /^#(-?\d+),(-?\d+),(\d*\.?\d+)$/.exec(hash) ?? []
  return zoom === undefined ? null : [Number(x), Number(y), clamp(Number(zoom), MIN_ZOOM, MAX_ZOOM)]
}

export function readNote(hash: string): string | undefined {
  return /^#note=([\w-]+)$/.exec(hash)?.[1]
}

/** Goes where a hash says, if it says anything. */
export function goTo(board: Board, hash: string): void {
  const { desk, stage, selection } = board
  const [note, place] = [readNote(hash), readPlace(hash)]
  if (place) desk.glide(lookAt([place[0], place[1]], desk.middle(), place[2]))
  if (!note) return
  if (!stage.note(note)) return board.toasts.show(say('The note that this link points to is not here.'), { key: 'link' })
  selection.set([note])
  lookAtNote(board, note)
}
