// The help sheet: every key by its group, made from the actions as they are.

import style from '../../css/help.css'
import { say } from '../say.ts'
import { type Action, combosOf } from './actions.ts'
import type { Board } from './board.ts'
import { groupTitles } from './groups.ts'
import { wear } from './later.ts'
import { make } from './page.ts'
import { sheet } from './sheet.ts'
import { closesBeside, returns } from './sheets.ts'
import { onMac, told } from './told.ts'

wear(style)

export function openHelp(board: Board): void {
  if (document.querySelector('#help-dialog[open]')) return
  const dialog = helpSheet(board)
  closesBeside(dialog)
  returns(board, dialog)
  dialog.showModal()
}

/** A dialog that goes from the page when it closes. */
function helpSheet(board: Board): HTMLDialogElement {
  const dialog = sheet('help-dialog', say('Keys'))
  dialog.classList.add('wide')
  const groups = make('div', 'key-groups')
  const list = board.actions.list()
  for (const [group, title] of Object.entries(groupTitles())) {
    const section = keysOf(title, list.filter((a) => a.group === group))
    if (section) groups.append(section)
  }
  const more = make('a', 'help-more', say('Accessibility'))
  more.href = '/accessibility'
  more.target = '_blank'
  dialog.append(singly(board), groups, more)
  return dialog
}

function keysOf(title: string, actions: readonly Action[]): HTMLElement | null {
  const list = make('dl', 'keys')
  for (const a of actions) {
    const ways = [...combosOf(a).map((c) => told(c)), ...(a.ways ?? []).map((way) => onMac(way))]
    if (ways.length > 0) list.append(line(a.title, ways))
  }
  if (!list.hasChildNodes()) return null
  const section = make('section', '')
  section.setAttribute('role', 'group') // a landmark each would be too many in one sheet
  section.setAttribute('aria-label', title)
  section.append(make('h3', '', title), list)
  return section
}

function line(title: string, ways: readonly string[]): HTMLElement {
  const row = make('div', '')
  const keys = make('dd', '')
  ways.forEach((way, i) => keys.append(...(i > 0 ? [make('span', 'or', say('or'))] : []), make('kbd', '', way)))
  row.append(make('dt', '', title), keys)
  return row
}

/** The switch for who presses letters without meaning to. */
function singly(board: Board): HTMLElement {
  const label = make('label', 'switch')
  const box = make('input', '')
  box.type = 'checkbox'
  box.setAttribute('role', 'switch')
  box.checked = board.keys.singles
  box.addEventListener('change', () => (board.keys.singles = box.checked))
  label.append(box, make('span', '', say('Single letters and signs are keys too, while the board has the focus')))
  return label
}
