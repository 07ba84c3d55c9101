// One part of the list on the page: a heading, a frame's own row, and its notes.

import type { Note } from '../notes/note.ts'
import { plural, say } from '../say.ts'
import { iconButton } from './icon-button.ts'
import type { Row } from './list-row.ts'
import type { Part } from './listing.ts'
import { make } from './page.ts'

export class PartView {
  readonly element = make('section', 'list-part')
  readonly items = make('ul', 'list-items')
  private readonly title: HTMLElement
  private readonly head = make('div', 'list-head')
  private readonly count = make('span', 'muted list-count')
  private adder: HTMLElement | null = null

  constructor(depth: number) {
    this.title = make(`h${Math.min(3 + depth, 6)}` as 'h3', '')
    this.element.style.setProperty('--depth', String(Math.min(depth, 4)))
    this.head.append(this.title, this.count)
    this.element.append(this.head, this.items)
  }

  /** Shows what it is called and how many are in it; `add` makes a note here, for who may. */
  show({ frame, notes }: Part, title: string, row: Row | undefined, add: ((frame: Note | undefined) => void) | null): void {
    const words = frame ? say('Frame: {text}', { text: title }) : title
    if (this.title.textContent !== words) this.title.textContent = words
    const count = plural(notes.length, '{n} note', '{n} notes')
    if (this.count.textContent !== count) this.count.textContent = count
    if (row && row.element.parentElement !== this.element) this.head.after(row.element)
    if (!add) this.adder?.remove()
    else if (!this.adder?.isConnected) {
      this.adder = iconButton('plus', frame ? say('New note in this frame') : say('New note'), () => add(frame))
      this.head.append(this.adder)
    }
  }
}

/** Puts these, in this order, into a parent that has nothing else. */
export function arrange(parent: Element, wanted: readonly Element[]): void {
  const left = new Set(wanted)
  for (const child of [...parent.children]) if (!left.has(child)) child.remove()
  let at = parent.firstElementChild
  for (const element of wanted) {
    // One that comes later stood here: it is passed over, so that moving one down does not move all others up.
    if (at && at !== element && at.nextElementSibling === element) {
      const late = at
      at = element
      parent.append(late)
    }
    if (at === element) at = at.nextElementSibling
    else parent.insertBefore(element, at)
  }
}
