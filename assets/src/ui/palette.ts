// The command palette: every action that can be done now, and every frame that
// one can go to, found by its name or by other words for it. What was used last
// comes first.

import style from '../../css/commands.css'
import { outline } from '../notes/frames.ts'
import { say } from '../say.ts'
import { type Action, combosOf } from './actions.ts'
import type { Board } from './board.ts'
import { canWithFocused, shownFocus } from './focus.ts'
import { goToNote } from './going.ts'
import { groupTitles } from './groups.ts'
import { wear } from './later.ts'
import { frameName } from './listing.ts'
import { make } from './page.ts'
import { ranked } from './rank.ts'
import { closesBeside, goBack, returns } from './sheets.ts'
import { told } from './told.ts'

wear(style)

const KEPT = 'corkboard used'
const MOST_KEPT = 8

export function openPalette(board: Board): void {
  if (document.querySelector('#palette[open]')) return
  new Palette(board).open()
}

class Palette {
  private readonly dialog = make('dialog', 'palette')
  private readonly field = make('input', 'palette-field')
  private readonly list = make('ul', 'palette-list')
  private readonly nothing = make('p', 'palette-nothing')
  private readonly actions: readonly Command[]
  private shown: readonly Command[] = []
  private at = 0

  constructor(private readonly board: Board) {
    const { selection } = board
    const focused = shownFocus(board)
    this.actions = selection.as(selection.size === 0 && focused ? [focused] : selection.ids, () => commands(board))
    this.build()
    this.list.addEventListener('click', (e) => this.choose(indexOf(e)))
    this.list.addEventListener('pointermove', (e) => this.mark(indexOf(e)))
    this.field.addEventListener('input', () => this.show())
    this.dialog.addEventListener('keydown', (e) => this.key(e))
    closesBeside(this.dialog)
  }

  open(): void {
    document.body.append(this.dialog)
    returns(this.board, this.dialog)
    this.dialog.addEventListener('close', () => this.dialog.remove())
    this.show()
    this.dialog.showModal()
  }

  /** The focus goes at once: until the browser has done its part, the next key would still come here. */
  private close(): void {
    this.dialog.close()
    goBack(this.board, this.dialog)
  }

  private build(): void {
    const { dialog, field, list, nothing } = this
    dialog.id = 'palette'
    dialog.setAttribute('aria-label', say('Commands'))
    list.id = 'palette-list'
    list.setAttribute('role', 'listbox')
    list.setAttribute('aria-label', say('Commands'))
    field.placeholder = say('What would you like to do?')
    field.setAttribute('aria-label', field.placeholder)
    const combobox = { role: 'combobox', 'aria-expanded': 'true', 'aria-controls': list.id, 'aria-autocomplete': 'list', autocomplete: 'off', spellcheck: 'false', enterkeyhint: 'go' }
    for (const [name, value] of Object.entries(combobox)) field.setAttribute(name, value)
    nothing.setAttribute('role', 'status')
    dialog.append(field, list, nothing)
  }

  private show(): void {
    this.shown = ranked(this.field.value, this.actions)
    this.list.replaceChildren(...this.shown.map(option))
    this.list.hidden = this.shown.length === 0
    this.nothing.textContent = this.shown.length === 0 ? say('Nothing here is called that.') : ''
    this.mark(0)
  }

  /** The one that Enter takes. */
  private mark(at: number): void {
    const options = this.list.children
    if (at < 0) return
    options[this.at]?.setAttribute('aria-selected', 'false')
    this.at = at
    options[at]?.setAttribute('aria-selected', 'true')
    options[at]?.scrollIntoView({ block: 'nearest' })
    if (options[at]) this.field.setAttribute('aria-activedescendant', options[at].id)
    else this.field.removeAttribute('aria-activedescendant')
  }

  private key(e: KeyboardEvent): void {
    if (e.isComposing) return
    const n = this.shown.length
    const to = { ArrowDown: (this.at + 1) % n, ArrowUp: (this.at + n - 1) % n, PageDown: Math.min(this.at + 8, n - 1), PageUp: Math.max(this.at - 8, 0) }[e.key]
    if (to !== undefined && n > 0) this.mark(to)
    else if (e.key === 'Enter') this.choose(this.at)
    else if (e.key === 'k' && (e.ctrlKey || e.metaKey)) this.close()
    else return
    e.preventDefault()
  }

  private choose(at: number): void {
    const command = this.shown[at]
    if (!command) return
    this.close()
    remember(command.action.id)
    if (canWithFocused(this.board, () => this.board.actions.isEnabled(command.action))) command.action.run?.()
  }
}

interface Command {
  readonly action: Action
  readonly title: string
  readonly also: string
  readonly keys: readonly string[]
}

/** What can be done now: what was used last, then what has a key, by its group. An arrow key's deed has no name without the arrow. */
function commands(board: Board): Command[] {
  const used = recall()
  const groups = Object.keys(groupTitles())
  const age = ({ id, group, keys }: Action): number =>
    used.includes(id) ? used.indexOf(id) : used.length + groups.indexOf(group) + (keys ? 0 : groups.length)
  const can = board.actions.list().filter((a) => a.run && a.where !== 'writing' && !a.keys?.includes('Arrow') && a.id !== 'palette')
  const known = [...can, ...frames(board)].filter((a) => board.actions.isEnabled(a)).map((action) => {
    const keys = combosOf(action).map((c) => told(c))
    return { action, title: action.title, also: `${action.also ?? ''} ${keys.join(' ')}`, keys }
  })
  return known.sort((a, b) => age(a.action) - age(b.action))
}

/** Going to a frame, for each that there is. */
function frames(board: Board): Action[] {
  return outline(board.client.view.live()).flatMap(({ frame }): Action[] => (frame
    ? [{ id: `frame.${frame.id}`, title: say('Go to the frame “{name}”', { name: frameName(frame) }), group: 'looking', run: () => goToNote(board, frame.id) }]
    : []))
}

function option({ title, keys, action }: Command): HTMLElement {
  const item = make('li', 'palette-option')
  item.id = `palette-${action.id}`
  item.setAttribute('role', 'option')
  item.setAttribute('aria-selected', 'false')
  item.append(make('span', 'palette-title', title))
  if (keys[0]) item.append(make('kbd', '', keys[0]))
  return item
}

function indexOf(e: Event): number {
  const item = e.target instanceof Element ? e.target.closest('[role="option"]') : null
  return item ? [...item.parentElement!.children].indexOf(item) : -1
}

function recall(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '[]')
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}

function remember(id: string): void {
  const used = [id, ...recall().filter((other) => other !== id)].slice(0, MOST_KEPT)
  try {
    localStorage.setItem(KEPT, JSON.stringify(used))
  } catch {
    // Storage is off: the order stays as declared.
  }
}
