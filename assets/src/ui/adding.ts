// Pictures that are dropped, pasted or chosen: each shows at once where it will
// lie, and becomes a note when the server has taken it. One that is not taken
// leaves nothing behind but the reason.

import { minSize } from '../notes/limits.ts'
import { newId } from '../notes/id.ts'
import { keysBetween } from '../notes/zorder.ts'
import { plural, say } from '../say.ts'
import type { Board } from './board.ts'
import { onBoard } from './bounded.ts'
import type { Point, Rect } from './geometry.ts'
import { make } from './page.ts'
import { NotSent, sendPicture } from './sending.ts'
import { seen, type Sight, smaller } from './sight.ts'
import { shorten } from './words.ts'

const MOST = 20 // at once
const SIDE = 400 // board units of the longer side, or most of what is seen of the board
const PAPER = 'white' // what shows around a picture that is not quite of its note's shape
const APART = 24

/** Adds them one after the other, each beside the one before. */
export async function addPictures(board: Board, files: readonly File[], [x, y]: Point): Promise<void> {
  if (!board.canEdit()) return tell(board, say('You can look at this board, but not change it.'))
  const [some, rest] = [files.slice(0, MOST), files.length - MOST]
  let left = x
  const made: string[] = []
  const refused = new Map<string, string[]>() // names by the reason
  for (const file of some) {
    const sight = await seen(file)
    const size = sized(board, sight)
    const place = { x: onBoard(left - size.w / 2), y: onBoard(y - size.h / 2), ...size }
    left += size.w + APART
    try {
      made.push(await add(board, file, sight, place))
    } catch (error) {
      const why = error instanceof NotSent ? error.message : say('The picture could not be kept. Nothing was added: try again in a moment.')
      refused.set(why, [...(refused.get(why) ?? []), shorten(file.name, 40)])
    }
  }
  if (refused.size > 0) tell(board, reasons(refused, files.length > 1))
  if (rest > 0) board.toasts.show(plural(rest, 'At most 20 pictures go at once: one was left out.', 'At most 20 pictures go at once: {n} were left out.'), { key: 'left out', lasts: 12_000 })
  const there = made.filter((id) => board.stage.note(id))
  if (there.length === 0) return
  board.selection.set(there)
  board.announcer.now(plural(there.length, 'Picture added', '{n} pictures added'))
  board.toasts.show(say('Added. Say what it shows, for those who cannot see it.'), {
    key: 'describe', lasts: 10_000, action: { label: say('Describe'), run: () => board.actions.run('picture.describe') },
  })
}

/** The picture's own ratio; a square while it is not known. */
function sized({ desk }: Board, { w, h }: Pick<Sight, 'w' | 'h'>): { w: number; h: number } {
  const by = Math.min(1, SIDE / Math.max(w, h), (0.8 * desk.visible.w) / w)
  return { w: Math.max(minSize, Math.round(w * by)), h: Math.max(minSize, Math.round(h * by)) }
}

/** Why some were not taken, and where there were others, which ones. */
function reasons(refused: ReadonlyMap<string, readonly string[]>, named: boolean): string {
  return [...refused].map(([why, names]) => (named ? `${names.join(', ')}: ${why}` : why)).join(' ')
}

async function add(board: Board, file: File, sight: Sight, place: Rect): Promise<string> {
  const wait = placeholder(sight, place)
  board.page.plane.append(wait.element)
  try {
    const sent = await sendPicture(board.id, await smaller(file, sight), wait.progress)
    return put(board, sent.picture, sight.bitmap ? place : { ...place, ...sized(board, { w: sent.width, h: sent.height }) })
  } finally {
    wait.element.remove()
    sight.bitmap?.close()
  }
}

function put(board: Board, picture: string, place: Rect): string {
  const note = newId()
  const [z] = keysBetween(1, board.stage.highest()?.z ?? null, null)
  board.client.submit({ kind: 'note.create', note, ...place, color: PAPER, z: z!, text: '', picture })
  board.stage.flush()
  return note
}

function placeholder({ bitmap }: Sight, { x, y, w, h }: Rect): { element: HTMLElement; progress: (part: number) => void } {
  const [element, bar] = [make('div', 'picture-wait'), make('progress', '')]
  Object.assign(element.style, { transform: `translate(${x}px, ${y}px)`, width: `${w}px`, height: `${h}px`, zIndex: '2147483647' })
  bar.setAttribute('aria-label', say('Picture on its way'))
  if (bitmap) element.append(drawn(bitmap, w, h))
  element.append(bar)
  return { element, progress: (part) => (bar.value = part) }
}

function drawn(bitmap: ImageBitmap, w: number, h: number): HTMLCanvasElement {
  const canvas = make('canvas', '')
  Object.assign(canvas, { width: w, height: h })
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, w, h)
  return canvas
}

function tell(board: Board, words: string): void {
  board.toasts.show(words, { key: 'picture', lasts: 12_000 })
}

/** Lets the person choose pictures on their device, or take one. */
export function choosePictures(then: (files: File[]) => void): void {
  const input = make('input', '')
  Object.assign(input, { type: 'file', accept: 'image/png,image/jpeg,image/gif,image/webp', multiple: true })
  input.addEventListener('change', () => then([...(input.files ?? [])]))
  input.click()
}
