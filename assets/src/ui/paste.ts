// What becomes of what is pasted or dropped on the board: notes that were copied
// here or elsewhere, or new notes made of words.

import { defaultColor, defaultSize, maxBatch, maxNotes } from '../notes/limits.ts'
import { newId } from '../notes/id.ts'
import type { CreateOp } from '../notes/op.ts'
import { keysBetween } from '../notes/zorder.ts'
import { plural, say } from '../say.ts'
import type { Board } from './board.ts'
import { addPictures } from './adding.ts'
import { onBoard } from './bounded.ts'
import { toBoard } from './camera.ts'
import { clipIn } from './clip.ts'
import { copies } from './copies.ts'
import { lastColor, underPointer } from './create.ts'
import { focusMade } from './focus.ts'
import type { Clip } from './forms.ts'
import { bounds, grow, type Point, type Rect } from './geometry.ts'
import { heightsFor } from './heights.ts'
import { freeCorner, placesOf } from './landing.ts'
import { askHow } from './paste-sheet.ts'
import { send } from './send.ts'
import { copyPictures } from './sending.ts'
import { asOne, type Fitting, fitting, type Ways, waysOf } from './ways.ts'
import { bringIntoView } from './writing.ts'

const ASIDE = 24 // board units between an original and what is pasted on its place

/** What the clipboard, or a hand that drops something, brought. */
export interface Load {
  readonly own: string
  readonly html: string
  readonly text: string
  readonly files: readonly File[]
  /** The words alone, as one note. */
  readonly plain?: boolean
  /** Where it was dropped. */
  readonly at?: Point
}

export function paste(board: Board, load: Load): void {
  const clip = load.plain ? null : clipIn(load.own, load.html)
  if (clip) return void pasteNotes(board, clip, load.at ?? underPointer(board))
  if (!load.text.trim() && load.files.length > 0) return void addPictures(board, load.files, load.at ?? underPointer(board))
  const ways = load.plain ? asOne(load.text) : waysOf(load.text, load.html)
  const [best] = ways.ways
  if (best.texts.length === 0) return tell(board, say('There is nothing on the clipboard that a board can hold.'))
  const all = fitting(best, room(board))
  if (best.texts.length === 1 && all.left + all.short === 0) return put(board, all, lastColor(), load.at ?? underPointer(board))
  ask(board, ways, load.at)
}

function ask(board: Board, ways: Ways, at: Point | undefined): void {
  const most = room(board)
  if (most === 0) return tellFull(board)
  askHow(board, ways, most, (chosen, color) => {
    if (!board.canEdit()) return
    put(board, chosen, color, at ?? toBoard(board.desk.camera, board.desk.middle()))
  })
}

/** How many notes one paste may bring. */
function room(board: Board): number {
  return Math.max(0, Math.min(maxBatch, maxNotes - board.stage.size))
}

function tellFull(board: Board): void {
  tell(board, say('This board is full: it holds {most} notes. Nothing was pasted, and your clipboard is as it was.', { most: maxNotes }))
}

function tell(board: Board, words: string): void {
  board.toasts.show(words, { key: 'paste', lasts: 10_000 })
}

/** New notes near a point, where nothing lies yet, each as high as its words need; one alone lies on it, as one that is made there. */
function put(board: Board, { texts, slots }: Fitting, color: string, at: Point): void {
  const heights = heightsFor(board, texts.map((text) => ({ text, w: defaultSize, h: defaultSize })))
  const places = placesOf(slots, defaultSize, heights)
  const size = bounds(places)!
  const [x, y] = texts.length === 1 ? [at[0] - size.w / 2, at[1] - size.h / 2] : freeCorner(size, at, (area) => isFree(board, area), board.stage.extent())
  const zs = keysBetween(texts.length, board.stage.highest()?.z ?? null, null)
  make(board, places.map((p, i): CreateOp => ({
    kind: 'note.create', note: newId(), x: onBoard(p.x - size.x + x), y: onBoard(p.y - size.y + y), w: p.w, h: p.h,
    color: color || defaultColor, z: zs[i]!, text: texts[i]!,
  })))
}

function isFree(board: Board, area: Rect): boolean {
  return board.stage.touching(grow(area, 8)).size === 0
}

/** Copied notes as they lay to each other, around a point, or beside their originals. */
async function pasteNotes(board: Board, clip: Clip, at: Point): Promise<void> {
  const notes = await withPictures(board, clip)
  const [most, n] = [room(board), notes.length]
  if (n > most) return n > maxBatch || most === 0 ? tellFull(board) : tell(board, tooMany(n, most))
  const things = notes.filter((op) => op.as !== 'connector')
  const block = bounds(things)
  if (!block) return
  let [dx, dy] = [at[0] - block.x - block.w / 2, at[1] - block.y - block.h / 2]
  if (clip.board === board.id && Math.abs(dx) < block.w / 2 && Math.abs(dy) < block.h / 2) dx = dy = ASIDE
  while (isTaken(board, things, dx, dy)) [dx, dy] = [dx + ASIDE, dy + ASIDE]
  make(board, copies(notes, board.stage.highest()?.z ?? null, dx, dy))
}

/** The notes, without pictures that this board cannot have. */
async function withPictures(board: Board, { origin, board: from, notes }: Clip): Promise<readonly CreateOp[]> {
  const pictures = new Set(notes.flatMap((n) => n.picture ?? []))
  if (pictures.size === 0 || (origin === location.origin && from === board.id)) return notes
  const missing = origin === location.origin ? await copyPictures(from, board.id, pictures) : pictures
  if (missing.size === 0) return notes
  tell(board, plural(missing.size, 'One picture could not be taken along.', '{n} pictures could not be taken along.'))
  return notes.map(({ picture, ...n }) => (picture && !missing.has(picture) ? { ...n, picture } : { ...n, text: n.text || (n.alt ?? '') }))
}

function tooMany(n: number, most: number): string {
  return say('These are {n} notes, and this board has room for {most} more. Nothing was pasted, and your clipboard is as it was.', { n, most })
}

/** Whether one of them would hide a note that lies just there. */
function isTaken(board: Board, notes: readonly Rect[], dx: number, dy: number): boolean {
  const [first] = notes
  return [...board.stage.touching({ x: first!.x + dx, y: first!.y + dy, w: 1, h: 1 })].some((id) => {
    const r = board.stage.place(id)!
    return Math.abs(r.x - first!.x - dx) < 2 && Math.abs(r.y - first!.y - dy) < 2
  })
}

/** One step, selected afterwards, in sight, and told. */
function make(board: Board, ops: readonly CreateOp[]): void {
  send(board.client, ops)
  const made = ops.filter((op) => board.stage.note(op.note) && op.as !== 'connector')
  if (made.length === 0) return // refused, and told so
  board.selection.set(made.map((op) => op.note))
  board.stage.flush()
  focusMade(board, made[0]!.note)
  bringIntoView(board, bounds(made)!)
  board.announcer.now(plural(made.length, '{n} note pasted', '{n} notes pasted'))
}
