// What the name of a note says of where it belongs, for who listens: whether it is
// in a group, and which frame it lies in; that its picture has no words, and
// what its boxes to tick say.

import { frameOf, framesOf } from '../notes/frames.ts'
import { isLive, type Note } from '../notes/note.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { frameName } from './listing.ts'
import { noteLabel } from './words.ts'

const REST = 300 // ms: while a frame moves, its notes keep their names

/** "Yellow note by Ana: the text, locked, in a group, in frame Ideas". Of a picture it is said that nobody has told what it shows. */
export function fullName(note: Note, frame: Note | undefined): string {
  const alt = note.alt || (note.picture && say('A picture that nobody has described yet'))
  const more = [noteLabel({ ...note, text: inWords(note.text), ...(alt && { alt }) })]
  if (note.group) more.push(say('in a group'))
  if (frame) more.push(say('in frame {name}', { name: frameName(frame) }))
  return more.join(', ')
}

const BOX = /(^|\n)[ \t]*\[([ xX]{1,4})\](?=[ \t])/g

/** Boxes to tick, as one says them: "to do: buy milk; done: write". */
function inWords(text: string): string {
  return text.replace(BOX, (_, start: string, inside: string) => `${start && ';'} ${inside.trim() ? say('done:') : say('to do:')}`)
}

export function naming({ stage, client, page }: Board): void {
  let frames: readonly Note[] = []
  let timer = 0
  const known = new Set<string>()
  const named = new WeakSet<Note>() // a note in the hand is drawn in each frame, and is called as before
  const name = (id: string, element = stage.element(id)): void => {
    const note = stage.note(id)
    if (!note || !element) return
    named.add(note)
    const words = fullName(note, frameOf(note, frames))
    if (element.getAttribute('aria-label') !== words) element.setAttribute('aria-label', words)
  }
  const begin = (): void => {
    timer = 0
    frames = framesOf([...client.view.notes.values()].filter(isLive))
    known.clear()
    for (const frame of frames) known.add(frame.id)
    for (const element of page.plane.querySelectorAll<HTMLElement>('.note')) name(element.dataset['id']!, element)
  }
  stage.onRender(name)
  stage.onPaint((changed) => {
    if ([...changed].some((id) => known.has(id) || stage.note(id)?.kind === 'frame')) timer ||= window.setTimeout(begin, REST)
    for (const id of changed) {
      const note = stage.note(id)
      if (note && !named.has(note)) name(id)
    }
  })
  begin()
}
