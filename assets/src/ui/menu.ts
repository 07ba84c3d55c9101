// The menu of what is selected, or of the desk: by a right-click where the
// pointer is, by keys and by the button for it at the bar of the selected notes.
// At its end stands who wrote the note and when. What it places comes to where it
// was opened.

import { say } from '../say.ts'
import { type Action, combosOf } from './actions.ts'
import type { Board } from './board.ts'
import { canWithFocused } from './focus.ts'
import { bounds, centre, type Point } from './geometry.ts'
import { made } from './note-deeds.ts'
import { make } from './page.ts'
import { closePopup, openPopup } from './popup.ts'
import { told } from './told.ts'

type Groups = readonly (readonly string[])[]

const NOTES: Groups = [
  ['clipboard.cut', 'clipboard.copy', 'clipboard.paste', 'note.duplicate'],
  ['picture.describe', 'note.link', 'link.note', 'note.lock'],
  ['size.text', 'size.square', 'size.wide'],
  ['group', 'ungroup', 'frame.selection', 'arrange.tidy'],
  ['order.front', 'order.back'],
  ['note.delete', 'frame.delete'],
]
const ARROWS: Groups = [['arrow.label', 'arrow.turn'], ['note.delete']]
const DESK: Groups = [
  ['clipboard.paste', 'note.create', 'frame', 'picture.add'],
  ['select.all'],
  ['zoom.fit', 'minimap', 'link.place'],
]

/** Opens it at a place on the board; without one, where what it is for has room for it. */
export function openMenu(board: Board, at?: Point): void {
  // The button that opened it closes it.
  if (board.page.overlay.querySelector('.menu')) return closePopup()
  if (!at) canWithFocused(board, () => board.selection.size > 0)
  const groups = possible(board, groupsFor(board))
  const note = board.stage.note(board.selection.only ?? '')
  if (groups.length === 0 && !note) return
  openPopup(board, 'menu', (popup, close) => {
    const menu = make('div', '')
    menu.setAttribute('role', 'menu')
    menu.setAttribute('aria-label', say('Menu'))
    const run = (id: string): void => {
      close()
      board.actions.run(id, at)
    }
    menu.append(...groups.flatMap((group, i) => [...(i > 0 ? [line()] : []), ...group.map((a) => item(a, run))]))
    menu.addEventListener('keydown', (e) => walk(e, menu, close))
    menu.addEventListener('contextmenu', (e) => e.preventDefault())
    popup.append(menu)
    if (note) popup.append(make('p', 'muted', made(note)))
  }, at ?? (board.canEdit() ? undefined : middleOfSelection(board)))
}

function groupsFor({ client, selection }: Board): Groups {
  if (selection.size === 0) return DESK
  return [...selection.ids].every((id) => client.view.note(id)?.kind === 'connector') ? ARROWS : NOTES
}

/** What this person can do now. */
function possible({ actions }: Board, groups: Groups): Action[][] {
  const known = new Map(actions.list().map((a) => [a.id, a]))
  return groups.map((group) => group.flatMap((id) => known.get(id) ?? []).filter((a) => actions.isEnabled(a))).filter((g) => g.length > 0)
}

/** Who may only look has no bar at what is selected. */
function middleOfSelection({ stage, selection }: Board): Point | undefined {
  const box = bounds(stage.places(selection.ids).values())
  return box ? centre(box) : undefined
}

function line(): HTMLElement {
  const line = make('div', 'menu-line')
  line.setAttribute('role', 'separator')
  return line
}

function item(action: Action, run: (id: string) => void): HTMLElement {
  const button = make('button', 'button quiet')
  button.type = 'button'
  button.tabIndex = -1
  button.setAttribute('role', 'menuitem')
  const [key] = combosOf(action)
  button.append(make('span', '', action.title), ...(key ? [make('kbd', '', told(key))] : []))
  button.addEventListener('click', () => run(action.id))
  return button
}

/** Arrows, Home and End, and letters: on to the next one that begins with it. Tab leaves. */
function walk(e: KeyboardEvent, menu: HTMLElement, close: () => void): void {
  if (e.key === 'Tab') return close()
  const items = [...menu.querySelectorAll<HTMLElement>('button')]
  const at = items.indexOf(document.activeElement as HTMLElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[e.key] ?? begins(items, at, e)
  if (to === undefined) return
  e.preventDefault()
  items.at(to % items.length)?.focus()
}

function begins(items: readonly HTMLElement[], at: number, e: KeyboardEvent): number | undefined {
  if (e.key === ' ' || [...e.key].length > 1 || e.ctrlKey || e.metaKey || e.altKey) return undefined
  const onward = [...items.keys()].map((i) => (at + 1 + i) % items.length)
  return onward.find((i) => items[i]!.innerText.toLowerCase().startsWith(e.key.toLowerCase()))
}
