// The list of all who are here, each with what they may do and a way to follow
// them; and how much of them one wants to see.

import style from '../../css/people-list.css'
import type { Role } from '../protocol.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { button } from './button.ts'
import { wear } from './later.ts'
import { askForName } from './me.ts'
import { make } from './page.ts'
import { avatar, followPerson, nameOf, peopleOf, type Person } from './people.ts'
import { sheet } from './sheet.ts'
import { closesBeside, returns } from './sheets.ts'

wear(style)

/** Opens the list; it stays true while it is open. */
export function openList(board: Board): void {
  const dialog = sheet('people-dialog', say('Who is here'))
  const items = make('ul', 'people-list')
  const { roster } = board.client
  const show = (): void => {
    const focused = (document.activeElement as HTMLElement | null)?.dataset['user']
    items.replaceChildren(...peopleOf(roster.peers.values(), board.me.who).map((p) => item(board, dialog, p)))
    if (focused) items.querySelector<HTMLElement>(`[data-user="${CSS.escape(focused)}"]`)?.focus()
  }
  const ends = [roster.onPeople(() => board.frame.ask('overlay', show))]
  dialog.addEventListener('close', () => ends.forEach((end) => end()))
  dialog.append(items, switches(board))
  closesBeside(dialog)
  returns(board, dialog)
  show()
  dialog.showModal()
}

function item(board: Board, dialog: HTMLDialogElement, p: Person): HTMLElement {
  const li = make('li', 'person')
  const face = avatar('span', p)
  face.setAttribute('aria-hidden', 'true')
  const words = make('div', 'person-words')
  words.append(make('span', 'person-name', nameOf(p)), make('span', 'muted', roleWords(p.role ?? board.client.role)))
  li.append(face, words, p.isMe ? buttonOf(p, say('Change your name'), () => askForName()) : followButton(board, dialog, p))
  return li
}

function followButton(board: Board, dialog: HTMLDialogElement, p: Person): HTMLElement {
  const follow = buttonOf(p, say('Follow'), () => {
    dialog.close()
    followPerson(board, p.user)
  })
  follow.setAttribute('aria-label', say('Follow {name}', { name: nameOf(p) }))
  return follow
}

function buttonOf(p: Person, words: string, run: () => void): HTMLElement {
  const b = button(words, run, 'button')
  b.dataset['user'] = p.user
  return b
}

function roleWords(role: Role): string {
  const words: Record<Role, string> = {
    owner: say('Owner'),
    facilitator: say('Facilitator'),
    editor: say('Can edit'),
    commenter: say('Can comment'),
    viewer: say('Can view'),
  }
  return words[role]
}

function switches({ quiet }: Board): HTMLElement {
  const group = make('div', 'people-switches')
  const pointers = toggle(say('Show the pointers of others'), (on) => quiet.showPointers(on))
  const calm = toggle(say('Calm mode: no pointers, no news of others'), (on) => quiet.calm(on))
  const show = (): void => {
    pointers.checked = !quiet.hidesPointers
    calm.checked = quiet.isCalm
  }
  quiet.onChange(show)
  show()
  group.append(pointers.closest('label')!, calm.closest('label')!)
  return group
}

function toggle(words: string, turn: (on: boolean) => void): HTMLInputElement {
  const label = make('label', 'switch')
  const box = make('input', '')
  box.type = 'checkbox'
  box.setAttribute('role', 'switch')
  box.addEventListener('change', () => turn(box.checked))
  label.append(box, make('span', '', words))
  return box
}
