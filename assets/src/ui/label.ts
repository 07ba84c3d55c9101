// The small bar at a selected connector: its label, the way round, and away with it.

import { diff } from '../notes/diff.ts'
import { maxText } from '../notes/limits.ts'
import type { Note } from '../notes/note.ts'
import { say } from '../say.ts'
import { type Arrow, between } from './arrow.ts'
import type { Board } from './board.ts'
import { button } from './button.ts'
import { clean } from './caret.ts'
import { float, FOOT } from './float.ts'
import { focusQuietly } from './focus.ts'
import { hide, make } from './page.ts'
import { remove } from './remove.ts'

const BELOW = 16 // pixels under the arrow's middle

export class LabelBar {
  private readonly bar = make('div', 'island label-bar')
  private readonly field = make('input', 'field')
  private id: string | null = null

  constructor(
    private readonly board: Board,
    private readonly arrowOf: (id: string) => Arrow | null,
  ) {
    this.field.placeholder = say('Label')
    this.field.setAttribute('aria-label', say('Label of the arrow'))
    this.field.addEventListener('input', () => this.typed())
    this.field.addEventListener('keydown', (e) => this.key(e))
    this.bar.setAttribute('role', 'group')
    this.bar.setAttribute('aria-label', say('Selected arrow'))
    this.bar.append(this.field, button(say('Turn round'), () => board.actions.run('arrow.turn')), button(say('Delete'), () => remove(board)))
    this.bar.hidden = true
    board.page.overlay.append(this.bar)
  }

  focus(): void {
    this.draw()
    this.field.focus({ preventScroll: true })
    this.field.select()
  }

  /** Goes to the selected connector, or away. */
  readonly draw = (): void => {
    const { board } = this
    const note = this.note(board.selection.only)
    const arrow = note && this.arrowOf(note.id)
    const shows = !!arrow && board.canEdit() && !board.pointer.busy
    hide(this.bar, !shows)
    this.id = shows ? note!.id : null
    if (!shows) return
    if (document.activeElement !== this.field || this.field.value === '') this.field.value = note!.text
    this.put(arrow)
  }

  private put(arrow: Arrow): void {
    const { desk } = this.board
    const [x, y] = desk.toScreen(between(arrow.from, arrow.to, 0.5))
    float(desk, this.bar, x - this.bar.offsetWidth / 2, Math.min(y + BELOW, desk.size.h - FOOT - this.bar.offsetHeight))
  }

  private note(id: string | null | undefined): Note | undefined {
    const note = id ? this.board.client.view.note(id) : undefined
    return note?.kind === 'connector' ? note : undefined
  }

  /** Each key goes out as a change of the text, so that two people can write one label. */
  private typed(): void {
    const note = this.note(this.id)
    if (!note) return
    const text = clean(this.field.value).slice(0, maxText)
    if (text !== note.text) this.board.client.text(note.id, diff(note.text, text))
  }

  private key(e: KeyboardEvent): void {
    if (e.isComposing || (e.key !== 'Enter' && e.key !== 'Escape')) return
    e.preventDefault()
    e.stopPropagation()
    focusQuietly(this.board.page.desk)
  }
}
