// The list of notes: the board as headings and lists, for who reads by ear, by
// keys or at 400 %. It holds every note, also those that have no element on the
// desk, and everything in it can be changed where it stands.

import style from '../../css/list.css'
import { colors } from '../notes/limits.ts'
import { isLive, type Note } from '../notes/note.ts'
import { plural, say } from '../say.ts'
import type { News } from './announce.ts'
import { arrowName } from './arrow-name.ts'
import type { Board } from './board.ts'
import { focusedNote, focusNote, focusQuietly } from './focus.ts'
import { goToNote } from './going.ts'
import { iconButton } from './icon-button.ts'
import { wear } from './later.ts'
import { addNote, moveTo, removeNote, setColorOf } from './list-deeds.ts'
import { arrange, PartView } from './list-part.ts'
import { choice, Row, type RowDeeds } from './list-row.ts'
import { frameName, homes, listed, type Part, type Sorting } from './listing.ts'
import { make } from './page.ts'
import { hear, NEWS, newsTitles } from './telling.ts'
import { capital, colorName } from './words.ts'

wear(style)

const GATHER = 150 // ms in which changes are taken together
const AT_ONCE = 30 // ms of making rows in one go
const narrow = matchMedia('(max-width: 900px)') // the list covers the desk

let list: List | null = null

/** Opens the list, at the note one is at; from within the list, goes back to the board. */
export function toList(board: Board): void {
  list ??= new List(board)
  list.open()
}

class List implements RowDeeds {
  private readonly host = make('section', 'list-panel')
  private readonly body = make('div', 'list-body')
  private readonly none = make('p', 'muted list-none')
  private readonly find = make('input', 'field list-find')
  private readonly total = make('span', 'muted list-total')
  private readonly rows = new Map<string, Row>()
  private readonly views = new Map<string, PartView>()
  private wish = { words: '', color: '', by: 'place' as Sorting }
  private known: ReturnType<typeof homes> | null = null // until something changes
  private waiting = 0
  isMoving = false
  private isPressed = false
  private readonly unsettled: (() => void)[] = []
  private cost = 0 // ms that it took the last time
  private goal: string | undefined // the note whose row is made before all others, and kept in sight until they are there

  constructor(private readonly board: Board) {
    this.build()
    const soon = (): void => this.soon()
    board.client.onChange(soon)
    board.client.onRole(soon)
  }

  open(): void {
    const id = (this.goal = focusedNote(this.board) ?? this.board.selection.ids.values().next().value)
    const isOpen = this.host.isConnected
    if (!isOpen) {
      this.board.page.board.before(this.host)
      document.body.classList.add('has-list')
    }
    if (!isOpen || (id && !this.rows.has(id))) this.refresh()
    const row = id && this.rows.get(id)
    if (row) row.focus()
    else this.find.focus()
  }

  private close(at = this.focused()): void {
    const { board } = this
    this.host.remove()
    document.body.classList.remove('has-list')
    if (!at || !board.stage.note(at)) return focusQuietly(board.page.desk)
    board.selection.set([at])
    focusNote(board, at)
  }

  /** The note whose row has the focus. */
  private focused(): string | undefined {
    return document.activeElement?.closest<HTMLElement>('.list-row')?.dataset['id']
  }

  private build(): void {
    const { host, body, find, total, none } = this
    const title = make('h2', '', say('List of notes'))
    title.id = 'list-title'
    host.setAttribute('aria-labelledby', title.id)
    const top = make('div', 'list-top')
    top.append(title, total, iconButton('close', say('Close (Esc)'), () => this.close()))
    find.type = 'search'
    find.dir = 'auto'
    find.placeholder = say('Only notes with these words')
    find.setAttribute('aria-label', find.placeholder)
    find.addEventListener('input', () => this.look({ words: find.value }))
    const choices = make('div', 'list-choices')
    choices.append(this.colors(), this.sortings())
    body.append(none)
    host.append(top, find, choices, body, this.news())
    host.addEventListener('keydown', (e) => this.key(e))
    host.addEventListener('pointerdown', () => (this.isPressed = true), true)
    for (const end of ['pointerup', 'pointercancel']) document.addEventListener(end, () => this.isPressed && setTimeout(() => this.released()), true)
  }

  private colors(): HTMLElement {
    const options = colors.map((c): [string, string] => [c, capital(colorName(c))])
    return choice(say('Only this colour'), [['', say('All colours')], ...options], '', (color) => this.look({ color }))
  }

  private sortings(): HTMLElement {
    const options: [Sorting, string][] = [
      ['place', say('By frame')], ['color', say('By colour')], ['author', say('By author')], ['newest', say('Newest first')],
    ]
    return choice(say('Order'), options, 'place', (by) => this.look({ by: by as Sorting }))
  }

  /** How much of what others do is read out. */
  private news(): HTMLElement {
    const { announcer } = this.board
    const foot = make('div', 'list-foot')
    const titles = newsTitles()
    const news = choice(say('News of others'), NEWS.map((n): [News, string] => [n, titles[n]]), announcer.news, (n) => hear(this.board, n as News))
    news.addEventListener('focus', () => (news.value = announcer.news))
    foot.append(news)
    return foot
  }

  private key(e: KeyboardEvent): void {
    const isWayBack = e.altKey && e.code === 'KeyL' && !e.ctrlKey && !e.metaKey
    if (e.isComposing || (e.key !== 'Escape' && !isWayBack)) return
    e.preventDefault()
    e.stopPropagation()
    const id = this.focused()
    if (e.key === 'Escape') this.close()
    else if (id) this.goTo(id)
    else focusQuietly(this.board.page.desk)
  }

  settle(fn: () => void): void {
    // The next element has the focus only after this one lost it.
    this.unsettled.push(fn)
    if (!this.isPressed) setTimeout(() => this.released())
  }

  private released(): void {
    this.isPressed = false
    for (const fn of this.unsettled.splice(0)) fn()
  }

  private look(wish: Partial<List['wish']>): void {
    this.wish = { ...this.wish, ...wish }
    this.refresh()
    this.board.announcer.now(this.total.textContent ?? '')
  }

  private soon(): void {
    this.known = null
    if (this.host.isConnected) this.waiting ||= window.setTimeout(() => this.refresh(), Math.max(GATHER, 10 * this.cost))
  }

  /** Brings the list up to the board. Rows that are missing are made some at a time. */
  private refresh(): void {
    clearTimeout(this.waiting)
    this.waiting = 0
    if (!this.host.isConnected) return
    if (this.rows.get(this.focused() ?? '')?.isComposing) return this.soon()
    const began = performance.now()
    const live = this.board.client.view.live()
    const parts = listed(live, this.wish)
    const [before, at, active] = [[...this.rows.keys()], this.focused(), document.activeElement]
    this.isMoving = true
    const isWhole = this.show(parts, this.arrows(live))
    if (active instanceof HTMLElement && active !== document.activeElement && this.body.contains(active)) active.focus({ preventScroll: true })
    this.isMoving = false
    this.tell(parts)
    if (at && !this.rows.has(at)) this.focusAfter(before, at)
    this.cost = performance.now() - began
    this.body.setAttribute('aria-busy', String(!isWhole))
    if (at && at === this.goal) this.rows.get(at)?.reveal()
    if (isWhole) this.goal = undefined
    else this.waiting = window.setTimeout(() => this.refresh())
  }

  /** Tells whether there was time for all of it. */
  private show(parts: readonly Part[], arrows: readonly Arrow[]): boolean {
    const old = new Map(this.rows)
    const shown = new Set<PartView>()
    const end = performance.now() + AT_ONCE
    let isWhole = true
    this.rows.clear()
    const rowOf = (note: Note, lead?: string): Row | null => {
      const known = old.get(note.id)
      if (!known && note.id !== this.goal && performance.now() > end) {
        isWhole = false
        return null
      }
      const row = known ?? new Row(this.board, note, this, lead)
      row.show(note, lead)
      this.rows.set(note.id, row)
      return row
    }
    const put = (part: Part, leads?: readonly string[]): void => {
      const view = this.viewOf(part)
      const row = part.frame && rowOf(part.frame)
      const rows = part.notes.flatMap((note, i) => rowOf(note, leads?.[i])?.element ?? [])
      view.show(part, part.title || this.untitled(parts), row ?? undefined, this.adderOf(part))
      arrange(view.items, rows)
      shown.add(view)
    }
    for (const part of parts) put(part)
    if (arrows.length > 0) put(partOf(arrows), arrows.map((a) => a.lead))
    arrange(this.body, [this.none, ...[...shown].map((v) => v.element)])
    for (const [key, view] of this.views) if (!shown.has(view)) this.views.delete(key)
    return isWhole
  }

  private viewOf({ key, depth }: Part): PartView {
    const name = `${key} ${depth}`
    let view = this.views.get(name)
    if (!view) this.views.set(name, (view = new PartView(depth)))
    return view
  }

  private adderOf({ key }: Part): ((frame: Note | undefined) => void) | null {
    return this.board.canEdit() && key.startsWith('in ') ? (frame) => this.add(frame) : null
  }

  private untitled(parts: readonly Part[]): string {
    return parts.some((p) => p.frame) ? say('Not in a frame') : say('Notes')
  }

  /** Arrows between notes that are there, unless one looks for something else. */
  private arrows(live: readonly Note[]): Arrow[] {
    const { view } = this.board.client
    if (this.wish.color || this.wish.words.trim()) return []
    return live.flatMap((note) => {
      const [from, to] = [view.note(note.from ?? ''), view.note(note.to ?? '')]
      if (note.kind !== 'connector' || !isLive(from) || !isLive(to)) return []
      return [{ note, lead: arrowName(from, to) }]
    })
  }

  private tell(parts: readonly Part[]): void {
    const n = parts.reduce((sum, p) => sum + p.notes.length, 0)
    const words = plural(n, '{n} note', '{n} notes')
    if (this.total.textContent !== words) this.total.textContent = words
    this.none.hidden = n > 0 || parts.some((p) => p.frame)
    this.none.textContent = this.board.stage.size > 0 ? say('No note is like that.') : say('Nothing on this board yet.')
  }

  /** The row one was in is gone: the next one takes the focus, or the one before. */
  private focusAfter(before: readonly string[], gone: string): void {
    const i = before.indexOf(gone)
    const id = before.slice(i + 1).find((o) => this.rows.has(o)) ?? before.slice(0, i).findLast((o) => this.rows.has(o))
    if (id) this.rows.get(id)!.focus()
    else this.find.focus()
  }

  private add(frame: Note | undefined): void {
    const id = addNote(this.board, frame)
    this.refresh()
    if (id) this.rows.get(id)?.focus()
  }

  goTo(id: string): void {
    const { board } = this
    const note = board.client.view.note(id)
    const at = note?.kind === 'connector' ? note.from! : id
    if (narrow.matches) this.close(at)
    goToNote(board, id, at)
  }

  color(id: string, color: string): void {
    setColorOf(this.board, id, color)
    this.refresh()
  }

  move(id: string, frame: string): void {
    moveTo(this.board, id, frame)
    this.refresh()
  }

  remove(id: string): void {
    removeNote(this.board, id)
    this.refresh()
  }

  homes(id: string): ReturnType<RowDeeds['homes']> {
    this.known ??= homes(this.board.client.view.live())
    const note = this.board.stage.note(id)
    return {
      at: (note && this.known.of(note)?.id) ?? '',
      frames: this.known.frames.map((f) => ({ id: f.id, name: frameName(f) })),
    }
  }
}

interface Arrow {
  readonly note: Note
  readonly lead: string
}

function partOf(arrows: readonly Arrow[]): Part {
  return { key: 'arrows', title: say('Arrows'), depth: 0, frame: undefined, notes: arrows.map((a) => a.note) }
}
