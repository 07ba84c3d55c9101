// My name and colour. The question for them is loaded when it is asked.

import { say } from '../say.ts'
import type { Board, Me } from './board.ts'
import { later } from './later.ts'

const introduction = later(() => import('./introduce.ts'))

export interface Kept {
  readonly name: string
  readonly color: number
}

/** Who I am now; null in an embed, where nobody asks. */
export class Myself {
  private readonly listeners: (() => void)[] = []

  constructor(public who: Me | null) {}

  onChange(fn: () => void): void {
    this.listeners.push(fn)
  }

  become(kept: Kept): void {
    if (this.who) this.who = { ...this.who, ...kept }
    for (const fn of this.listeners) fn()
  }
}

let mine: Board | null = null

/** Opens the question, as from one's own avatar. */
export function askForName(): void {
  const board = mine
  if (board) introduction((m) => m.ask(board))
}

/** Asks who has no name yet. */
export function introducing(board: Board): void {
  if (!board.me.who || board.mode === 'embed') return
  mine = board
  board.actions.add({ id: 'me', title: say('Change your name and colour'), group: 'board', run: askForName })
  if (!board.me.who.name) introduction((m) => m.introduce(board))
}
