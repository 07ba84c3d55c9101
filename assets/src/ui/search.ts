// The search on the board: a bar with a field, what it found counted and marked,
// and the camera going from one to the next. Notes far from the view are found
// like all others.

import style from '../../css/search.css'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { Finder } from './finder.ts'
import { focusNote, focusQuietly } from './focus.ts'
import { meets } from './geometry.ts'
import { Highlights } from './highlights.ts'
import { iconButton } from './icon-button.ts'
import { wear } from './later.ts'
import { icon, make } from './page.ts'
import { noteLabel } from './words.ts'
import { bringToLight, lookAtNote } from './writing.ts'

wear(style)

const PAUSE = 250 // ms without a letter, after which the view goes there
const GATHER = 150 // ms in which changes of notes are taken together

let bar: Search | null = null

/** Opens the bar, or goes to its field. */
export function find(board: Board): void {
  bar ??= new Search(board)
  bar.open()
}

/** On to the next one that was found, or back to the one before. */
export function findOn(board: Board, by: 1 | -1): void {
  if (bar?.isOpen) bar.step(by)
  else find(board)
}

class Search {
  private readonly host = make('div', 'island')
  private readonly field = make('input', 'search-field')
  private readonly count = make('output', 'search-count')
  private readonly finder = new Finder()
  private readonly highlights: Highlights
  private timer = 0
  private gathering = 0
  private from: HTMLElement | null = null // where the keys were when it was opened

  constructor(private readonly board: Board) {
    this.highlights = new Highlights(board, (text) => this.finder.spans(text))
    this.build()
    board.client.onChange(() => this.isOpen && this.soon())
    document.addEventListener('keydown', (e) => this.escape(e), true)
  }

  get isOpen(): boolean {
    return this.host.isConnected
  }

  open(): void {
    if (!this.isOpen) {
      this.from = document.querySelector<HTMLElement>(':is(.note, .button):focus-visible')
      document.querySelector('.islands')?.after(this.host)
      this.look()
    }
    this.field.select()
    this.field.focus()
  }

  step(by: 1 | -1): void {
    clearTimeout(this.timer)
    this.finder.step(by)
    this.show()
    this.go()
  }

  private build(): void {
    const { host, field, count } = this
    host.id = 'search'
    host.setAttribute('role', 'search')
    count.ariaLive = 'off' // the note that is found is told, with the count
    field.type = 'search'
    field.dir = 'auto'
    field.placeholder = say('Find on the board')
    field.setAttribute('aria-label', field.placeholder)
    field.setAttribute('enterkeyhint', 'search')
    field.autocomplete = 'off'
    field.spellcheck = false
    field.addEventListener('input', () => this.typed())
    host.addEventListener('keydown', (e) => this.key(e))
    host.append(
      icon('find'), field, count,
      iconButton('up', say('The one before (Shift+Enter)'), () => this.step(-1)),
      iconButton('down', say('The next one (Enter)'), () => this.step(1)),
      iconButton('close', say('Close (Esc)'), () => this.close()),
    )
  }

  private key(e: KeyboardEvent): void {
    const isFind = e.key.toLowerCase() === 'f' && (e.ctrlKey || e.metaKey)
    if (e.isComposing) return
    if (e.key === 'F3' || (e.key === 'Enter' && e.target === this.field)) this.step(e.shiftKey ? -1 : 1)
    else if (isFind) this.field.select()
    else return
    e.preventDefault()
  }

  /** Esc closes the bar first, wherever the focus is but in a text or a sheet. */
  private escape(e: KeyboardEvent): void {
    const busy = this.board.pointer.busy || this.board.editor.id !== null || document.querySelector('dialog[open]')
    if (!this.isOpen || e.key !== 'Escape' || e.isComposing || busy) return
    e.preventDefault()
    this.close()
  }

  private typed(): void {
    this.look()
    clearTimeout(this.timer)
    this.timer = window.setTimeout(() => this.go(), PAUSE)
  }

  private look(): void {
    const { stage, desk } = this.board
    const notes = this.board.client.view.live().filter((n) => n.kind !== 'connector')
    this.finder.look(this.field.value, notes, (note) => meets(desk.visible, stage.place(note.id) ?? note))
    this.show()
  }

  /** Notes changed: what fits now is marked, and the view stays where it is. */
  private soon(): void {
    this.gathering ||= window.setTimeout(() => {
      this.gathering = 0
      if (this.isOpen) this.look()
    }, GATHER)
  }

  private show(): void {
    const { finder, board } = this
    const typed = this.field.value.trim() !== ''
    this.count.textContent = !typed ? '' : finder.size === 0 ? say('None') : say('{at} of {n}', { at: finder.at, n: finder.size })
    board.spotlight.set(typed ? finder.ids : null, finder.current)
    this.highlights.show()
  }

  /** Looks at the one it is at, and says which it is. */
  private go(): void {
    const { finder, board } = this
    const note = finder.current && board.stage.note(finder.current)
    if (!note) return board.announcer.now(this.count.textContent ?? '')
    lookAtNote(board, note.id)
    bringToLight(board, board.stage.place(note.id) ?? note)
    board.announcer.now(`${this.count.textContent}: ${noteLabel(note)}`)
  }

  /** The note one was at is kept, selected and with the focus. Without one, the focus goes back to where it was. */
  private close(): void {
    const { board } = this
    const id = board.spotlight.current
    clearTimeout(this.timer)
    board.spotlight.set(null)
    this.highlights.clear()
    this.host.remove()
    if (!id || !board.stage.note(id)) return this.back()
    board.selection.set([id])
    focusNote(board, id)
  }

  private back(): void {
    focusQuietly(this.board.page.desk)
    if (this.from?.isConnected) this.from.focus({ preventScroll: true })
  }
}
