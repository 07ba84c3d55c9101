// One note in the list: its words in a field that goes with what others write,
// and what can be done with it. The tools of a row are made when it is reached,
// so that ten thousand rows stay light.

import { colors, maxText } from '../notes/limits.ts'
import type { Note } from '../notes/note.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { button } from './button.ts'
import { clean, cut } from './caret.ts'
import { Draft } from './draft.ts'
import { recognise } from './grow.ts'
import { iconButton } from './icon-button.ts'
import { setTextOf } from './list-deeds.ts'
import { setLocked } from './lock.ts'
import { make } from './page.ts'
import { capital, colorName, oneLine, shorten } from './words.ts'

const GO = 'button quiet list-go' // the look of a row's buttons with words

/** What the list does for its rows. */
export interface RowDeeds {
  /** Rows change places: what loses the focus by that gets it back. */
  readonly isMoving: boolean
  /** Runs it when no button of a pointer is down: what is pressed must not move away. */
  settle(fn: () => void): void
  goTo(id: string): void
  color(id: string, color: string): void
  move(id: string, frame: string): void
  remove(id: string): void
  /** The frames that a note can be moved to, and which one it is in. */
  homes(id: string): { readonly at: string; readonly frames: readonly { readonly id: string; readonly name: string }[] }
}

export class Row {
  readonly element: HTMLElement
  private readonly facts = make('span', 'list-facts')
  private readonly goTo: HTMLElement
  private field: HTMLTextAreaElement | null = null
  private words: HTMLElement | null = null
  private draft: Draft | null = null // while the focus is in the field
  private tools: HTMLElement | null = null

  constructor(
    private readonly board: Board,
    public note: Note,
    private readonly deeds: RowDeeds,
    /** What comes before the words, for who listens: an arrow's ends. */
    private lead = '',
  ) {
    this.element = make(note.kind === 'frame' ? 'div' : 'li', 'list-row')
    this.element.dataset['id'] = note.id
    this.goTo = button(say('Go to'), () => deeds.goTo(this.note.id), GO)
    this.element.append(this.facts, this.goTo)
    this.element.addEventListener('focusin', () => this.open())
    this.element.addEventListener('focusout', () => deeds.isMoving || deeds.settle(() => this.close()))
    this.show(note, lead)
  }

  /** Whether an input method is at work here: nothing may move. */
  get isComposing(): boolean {
    return this.draft?.composing === true
  }

  /** Brings the row up to the note. */
  show(note: Note, lead = this.lead): void {
    const { element, facts } = this
    const isNew = !this.field && !this.words
    const [was, led] = [this.note, this.lead]
    this.note = note
    this.lead = lead
    const mayWrite = this.board.canEdit() && !note.locked
    if (isNew || mayWrite !== (this.field !== null)) this.makeText(mayWrite)
    else if (was === note && led === lead) return
    element.dataset['color'] = note.color
    facts.textContent = factsOf(note, lead)
    this.showText(note)
    this.goTo.setAttribute('aria-label', say('Go to {note}', { note: nameOf(note) }))
    const isHere = this.tools?.contains(document.activeElement) === true
    if (this.tools && (!isHere || was.locked !== note.locked)) this.openTools()
    if (isHere && was.locked !== note.locked) this.focus() // what had the focus went with the lock
  }

  /** Into the field, or to what there is instead. */
  focus(): void {
    const target = this.field ?? this.goTo
    target.focus({ preventScroll: true })
    this.reveal()
  }

  /** Shows all of the row with the focus, its tools too. Rows that come into view by that take another height when they are drawn. */
  reveal(): void {
    const show = (): void => {
      if (this.element.contains(document.activeElement)) this.element.scrollIntoView({ block: 'nearest' })
    }
    show()
    requestAnimationFrame(() => requestAnimationFrame(show))
  }

  private makeText(mayWrite: boolean): void {
    this.draft = null
    const old = this.field ?? this.words
    const hadFocus = old !== null && old === document.activeElement
    this.field = mayWrite ? this.makeField() : null
    this.words = mayWrite ? null : make('p', 'list-words')
    const text = (this.field ?? this.words)!
    text.dir = 'auto'
    if (old) old.replaceWith(text)
    else this.element.prepend(text)
    if (hadFocus) this.focus()
  }

  private makeField(): HTMLTextAreaElement {
    const field = make('textarea', 'list-words')
    field.rows = 1
    field.addEventListener('focus', () => this.begin(field))
    field.addEventListener('blur', () => this.end())
    field.addEventListener('compositionstart', () => this.draft && (this.draft.composing = true))
    field.addEventListener('compositionend', () => (guard(field), this.draft?.composed()))
    field.addEventListener('input', () => {
      if (!this.draft?.composing) guard(field)
      this.draft?.typed()
    })
    field.addEventListener('beforeinput', (e) => turn(this.board, e))
    return field
  }

  private begin(field: HTMLTextAreaElement): void {
    const { id, text } = this.note
    this.draft = new Draft(field, text, (delta) => setTextOf(this.board, id, delta))
    this.board.client.presence.editing(id)
    recognise(this.board, this.board.stage.note(id))
  }

  private end(): void {
    if (this.draft?.composing) this.draft.composed()
    this.draft = null
    if (!this.board.editor.id) this.board.client.presence.editing(null)
    this.showText(this.note)
  }

  private showText({ text, color }: Note): void {
    const { field, words } = this
    if (words) words.textContent = text || say('empty')
    words?.classList.toggle('muted', !text)
    if (!field) return
    if (this.draft) this.draft.received(text)
    else if (field.value !== text) field.value = text
    field.setAttribute('aria-label', this.lead || labelOf(this.note, color))
    field.placeholder = say('empty')
  }

  private open(): void {
    if (this.tools || !this.board.canEdit()) return
    this.openTools()
    this.deeds.settle(() => this.reveal())
  }

  private openTools(): void {
    const tools = make('div', 'list-tools')
    const { id, locked } = this.note
    if (locked) tools.append(button(say('Unlock'), () => setLocked(this.board, [id], false), GO))
    else tools.append(this.colorChoice(), ...this.frameChoice(), iconButton('trash', say('Delete'), () => this.deeds.remove(id)))
    if (this.tools) this.tools.replaceWith(tools)
    else this.element.append(tools)
    this.tools = tools
  }

  private close(): void {
    if (this.element.contains(document.activeElement)) return
    this.tools?.remove()
    this.tools = null
  }

  private colorChoice(): HTMLElement {
    const options = colors.map((c): [string, string] => [c, capital(colorName(c))])
    return choice(say('Colour'), options, this.note.color, (color) => this.deeds.color(this.note.id, color))
  }

  private frameChoice(): HTMLElement[] {
    const { at, frames } = this.deeds.homes(this.note.id)
    if (this.note.kind || frames.length === 0) return []
    const options = [['', say('No frame')], ...frames.map((f) => [f.id, f.name])] as [string, string][]
    return [choice(say('Frame'), options, at, (frame) => this.deeds.move(this.note.id, frame))]
  }
}

/** A field with a name that chooses among named values. */
export function choice(name: string, options: readonly (readonly [value: string, words: string])[], value: string, chosen: (value: string) => void): HTMLSelectElement {
  const select = make('select', 'field list-choice')
  select.setAttribute('aria-label', name)
  select.title = name
  for (const [v, words] of options) select.append(new Option(words, v, false, v === value))
  select.addEventListener('change', () => chosen(select.value))
  return select
}

/** A note as one calls it in a sentence: its first words, or its colour. */
function nameOf(note: Note): string {
  const words = shorten(oneLine(note.text), 40)
  return words ? say('“{text}”', { text: words }) : say('the empty {color} note', { color: colorName(note.color) })
}

function labelOf({ kind, author }: Note, color: string): string {
  if (kind === 'frame') return say('Name of the frame')
  return author.name
    ? say('Text of the {color} note by {author}', { color: colorName(color), author: author.name })
    : say('Text of the {color} note', { color: colorName(color) })
}

/** What the words do not say. */
function factsOf(note: Note, lead: string): string {
  const facts = [lead || (note.kind ? '' : capital(colorName(note.color))), note.kind ? '' : note.author.name]
  if (note.locked) facts.push(say('locked'))
  if (note.group) facts.push(say('in a group'))
  if (note.alt) facts.push(note.alt)
  return facts.filter(Boolean).join(' · ')
}

/** Takes out what may not stand in a note, and what is too much. */
function guard(field: HTMLTextAreaElement): void {
  const value = cut(clean(field.value), maxText)
  if (value === field.value) return
  const caret = Math.min(field.selectionEnd, value.length)
  field.value = value
  field.setSelectionRange(caret, caret)
}

/** The browser's own undo knows nothing of what others wrote; ours does. */
function turn({ client }: Board, e: InputEvent): void {
  if (e.inputType !== 'historyUndo' && e.inputType !== 'historyRedo') return
  e.preventDefault()
  if (e.inputType === 'historyUndo') client.undo()
  else client.redo()
}
