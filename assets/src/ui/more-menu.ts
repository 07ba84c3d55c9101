// What the bar of the selected notes has no room for: a menu of actions, and at
// its end who wrote the note and when.

import { say } from '../say.ts'
import { type Action, combosOf } from './actions.ts'
import type { Board } from './board.ts'
import { make } from './page.ts'
import { closePopup, openPopup } from './popup.ts'
import { made } from './note-deeds.ts'
import { told } from './told.ts'

const ITEMS = ['picture.describe', 'note.link', 'note.lock', 'size.text', 'size.square', 'size.wide', 'group', 'ungroup', 'arrange.tidy', 'order.front', 'order.back', 'frame.delete']

export function moreMenu(board: Board): void {
  // The button that opened it closes it.
  if (board.page.overlay.querySelector('.more-menu')) return closePopup()
  const known = new Map(board.actions.list().map((a) => [a.id, a]))
  const actions = ITEMS.flatMap((id) => known.get(id) ?? []).filter((a) => board.actions.isEnabled(a))
  const note = board.stage.note(board.selection.only ?? '')
  if (actions.length === 0 && !note) return
  openPopup(board, 'more-menu', (popup, close) => {
    const menu = make('div', '')
    menu.setAttribute('role', 'menu')
    menu.setAttribute('aria-label', say('More for the selected notes'))
    menu.append(...actions.map((a) => item(board, a, close)))
    menu.addEventListener('keydown', (e) => walk(e, menu))
    popup.append(menu)
    if (note) popup.append(make('p', 'muted', made(note)))
  })
}

function item(board: Board, action: Action, close: () => void): HTMLElement {
  const button = make('button', 'button quiet')
  button.type = 'button'
  button.setAttribute('role', 'menuitem')
  const [key] = combosOf(action)
  button.append(make('span', '', action.title), ...(key ? [make('kbd', '', told(key))] : []))
  button.addEventListener('click', () => {
    close()
    board.actions.run(action.id)
  })
  return button
}

function walk(e: KeyboardEvent, menu: HTMLElement): void {
  const items = [...menu.querySelectorAll<HTMLElement>('button')]
  const at = items.indexOf(document.activeElement as HTMLElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[e.key]
  if (to === undefined) return
  e.preventDefault()
  items.at(to % items.length)?.focus()
}
