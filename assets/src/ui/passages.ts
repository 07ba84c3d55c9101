// Texts with links that can be followed and boxes that can be ticked. Both
// stand in the text as it was typed: an address, and [ ] or [x] at the beginning
// of a line. Ticking is an edit of one character, which merges with what others
// type.

import style from '../../css/passages.css'
import type { TextOp } from '../notes/op.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { toPoints } from './caret.ts'
import { wear } from './later.ts'
import { unlocked } from './lock.ts'
import { make } from './page.ts'
import { noteOf } from './pointer.ts'
import { shorten } from './words.ts'

export type Passage =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  | { readonly kind: 'task'; readonly text: string; readonly at: number; readonly done: boolean; readonly label: string }

const TASK = /(?<=^[ \t]*(?:(?:[-*•]|\d{1,3}[.)])[ \t]+)?)\[[ x]{1,4}\](?=[ \t]|$)/
const LINK = /(?<![\p{Script=Latin}\p{N}_.@/-])(?:https?:\/\/|www\.)[^\s<>"“”„«»\u3000-\u303f\uff01-\uff0f\uff1a-\uff20]+/u
const FIND = new RegExp(`${TASK.source}|${LINK.source}`, 'gimu')

/** The text in its passages; put together they are the text again. */
export function passagesOf(text: string): Passage[] {
  const out: Passage[] = []
  let from = 0
  for (const found of text.matchAll(FIND)) {
    const passage = found[0].startsWith('[') ? task(text, found.index, found[0]) : link(found[0])
    if (!passage) continue
    if (found.index > from) out.push({ kind: 'words', text: text.slice(from, found.index) })
    out.push(passage)
    from = found.index + passage.text.length
  }
  if (from < text.length) out.push({ kind: 'words', text: text.slice(from) })
  return out
}

/** Two people who tick at once leave two marks in the box: it is ticked all the same. */
function task(text: string, at: number, box: string): Passage {
  const rest = text.slice(at + box.length)
  const label = shorten(rest.slice(0, /$/m.exec(rest)!.index).trim(), 100)
  return { kind: 'task', text: box, at, done: /x/i.test(box), label }
}

function link(found: string): Passage | null {
  const text = withoutEnd(found)
  const isBare = /^www/i.test(text)
  const href = isBare ? `https://${text}` : text
  if (!URL.canParse(href)) return null
  const { hostname } = new URL(href)
  return (isBare ? /^www\.[^.]+\.[^.]/.test(hostname) : hostname !== '') ? { kind: 'link', text, href } : null
}

/** Without the punctuation that belongs to the sentence, and a bracket that was opened before. */
function withoutEnd(found: string): string {
  let text = found
  for (;;) {
    const last = text.at(-1)!
    const opener = { ')': '(', ']': '[', '}': '{' }[last]
    const isOpen = opener !== undefined && text.split(opener).length < text.split(last).length
    if (!isOpen && !/[.,;:!?'’*_~…]/.test(last)) return text
    text = text.slice(0, -1)
  }
}

/** Fills the box of a note's text; a box to tick that has the focus keeps it. */
export function showPassages(box: HTMLElement, text: string): void {
  const focused = stops(box).indexOf(document.activeElement as HTMLElement)
  const isReached = box.parentElement?.tabIndex === 0
  box.replaceChildren(...passagesOf(text).map((p) => elementOf(p)))
  for (const stop of stops(box)) stop.tabIndex = isReached ? 0 : -1
  if (focused >= 0) stops(box)[focused]?.focus({ preventScroll: true })
}

/** What the keyboard stops at within a text. */
function stops(box: HTMLElement): HTMLElement[] {
  return [...box.querySelectorAll<HTMLElement>('.note-link, .note-task')]
}

function elementOf(p: Passage): Node {
  if (p.kind === 'words') return document.createTextNode(p.text)
  if (p.kind === 'task') return taskElement(p)
  const a = make('a', 'note-link', p.text)
  a.href = p.href
  a.target = '_blank'
  a.rel = 'noopener noreferrer nofollow'
  a.draggable = false
  return a
}

let mayTick = (): boolean => true

/** As wide as its characters, which stay there unseen. */
function taskElement({ text, done, label }: Passage & { kind: 'task' }): HTMLElement {
  const box = make('span', 'note-task', text)
  box.translate = false
  box.setAttribute('role', 'checkbox')
  box.setAttribute('aria-checked', String(done))
  box.setAttribute('aria-readonly', String(!mayTick()))
  box.setAttribute('aria-label', label || say('Task'))
  return box
}

/** What clicks and keys do with boxes and links. */
export function ticking(board: Board): void {
  wear(style)
  mayTick = board.canEdit
  const { plane } = board.page
  plane.addEventListener('click', (e) => {
    const box = taskOf(e)
    if (box) tick(board, noteOf(e)!, box)
  })
  plane.addEventListener('keydown', (e) => {
    const stop = e.target instanceof HTMLElement && e.target.matches('.note-link, .note-task') ? e.target : null
    if (!stop) return
    if (e.key === 'Escape') stop.closest<HTMLElement>('.note')?.focus({ preventScroll: true })
    else if ((e.key === ' ' || e.key === 'Enter') && taskOf(e)) tick(board, noteOf(e)!, stop)
    else return
    e.preventDefault()
  })
}

function taskOf(e: Event): HTMLElement | null {
  return e.target instanceof Element ? e.target.closest<HTMLElement>('.note-task') : null
}

/** Which box it is counts by the note's own text: what is shown may have been translated. */
function tick(board: Board, id: string, box: HTMLElement): void {
  const note = board.stage.note(id)
  if (!note || !board.canEdit() || unlocked(board, [id]).length === 0) return
  const nth = [...box.parentElement!.querySelectorAll('.note-task')].indexOf(box)
  const found = passagesOf(note.text).filter((p) => p.kind === 'task')[nth]
  if (found) board.client.submit(tickOp(note.id, note.text, found))
}

/** The edit that ticks a box, or takes the tick away. */
export function tickOp(note: string, text: string, { at, text: box, done }: Passage & { kind: 'task' }): TextOp {
  return { kind: 'note.text', note, rev: 0, delta: [toPoints(text, at + 1), done ? ' ' : 'x', 2 - box.length] }
}
