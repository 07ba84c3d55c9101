// Everything that a person can do by a key or by its name. Each behaviour
// declares what it does, where it does it:
//
//   board.actions.add({
//     id: 'note.duplicate', title: say('Duplicate'), group: 'notes', keys: 'Ctrl+D', edits: true,
//     ways: [say('Alt+drag')], enabled: () => board.selection.size > 0, run: () => duplicate(board),
//   })
//
// The keys, the command palette and the help sheet are made of that and of
// nothing else: what is added here has its key, is found by its name and is told.

import { clashes, isChord, type Press, matches } from './combos.ts'
import type { Point } from './geometry.ts'

export type Group = 'notes' | 'writing' | 'selecting' | 'arranging' | 'looking' | 'board'

/** Where the focus is: on the board, in a note's text, or anywhere else but in fields. On the board is on the page too. */
export type Place = 'board' | 'page' | 'writing'

export interface Action {
  /** Never changes: the palette remembers by it what was used last. */
  readonly id: string
  /** What it does, as one would ask for it. A getter where it depends on the state of things. */
  readonly title: string
  readonly group: Group
  /**
   * Combinations, with spaces between: 'N S', 'Ctrl+Shift+Z Ctrl+Y', 'Shift+Arrow' for
   * all four of them. Ctrl is ⌘ too. In a part that comes later a literal, with
   * `where` right behind it: the start knows them before (cmd/bundle/keys.go).
   */
  readonly keys?: string
  /**
   * Where the keys work: 'board' and 'writing' only there. Without it what goes
   * with Ctrl or Alt works on the whole page, and any other key on the board.
   * 'anywhere' goes a step further: those while writing too, these on the page.
   */
  readonly where?: 'board' | 'writing' | 'anywhere'
  /** Runs again while the key is held. */
  readonly repeats?: boolean
  /** Changes the board: not for who may only look. */
  readonly edits?: boolean
  /** Whether it would do something just now. */
  readonly enabled?: () => boolean
  /** Other ways to do it, told in the help sheet: 'Alt+drag'. */
  readonly ways?: readonly string[]
  /** Other words by which one may look for it. */
  readonly also?: string
  /**
   * Without it there is only something to tell. Returning false leaves the press to
   * the browser; a promise is of what must be loaded first, for which keys wait. `at` is
   * where on the board it was asked for by a menu.
   */
  run?(e?: KeyboardEvent, at?: Point): boolean | void | Promise<boolean>
}

/** Loads what declares further actions, and then does this. */
type Bring = (then?: () => void) => Promise<boolean>

export class Actions {
  private readonly known = new Map<string, Action>()
  private expected: Action[] = []
  private bring: Bring | undefined
  /** Called with what is done only when something has come; `again` is a press that must then happen again. */
  onComing: (there: Promise<boolean>, again?: KeyboardEvent) => void = () => {}

  constructor(private readonly canEdit: () => boolean) {}

  /** One key does one thing in one place: a second claim is a mistake in the code. */
  add(...actions: readonly Action[]): void {
    for (const a of actions) {
      const rival = [...this.known.values()].find((b) => a.id === b.id || collide(a, b))
      if (rival) throw new Error(`${a.id} and ${rival.id} want the same key or name`)
      this.known.set(a.id, a)
    }
  }

  /**
   * The keys of actions that come later, by where they work. One that is pressed
   * before brings them, and is pressed again.
   */
  expect(keys: Readonly<Record<string, string>>, bring: Bring): void {
    this.bring = bring
    this.expected = Object.entries(keys).map(([where, keys]) => ({
      id: '', title: '', group: 'board', keys, ...(where && { where: where as 'board' }), run: (e) => this.onComing(bring(), e),
    }))
  }

  /** Brings what is expected, and then does this. Tells whether anything is. */
  after(then: () => void): boolean {
    if (this.bring) this.onComing(this.bring(then))
    return this.bring !== undefined
  }

  /** What was expected is about to be declared. */
  arrived(): void {
    this.bring = undefined
    this.expected = []
  }

  /** All that this person may ever do, in the order in which it was declared. */
  list(): Action[] {
    return [...this.known.values()].filter((a) => this.isAllowed(a))
  }

  isAllowed(a: Action): boolean {
    return !a.edits || this.canEdit()
  }

  /** Whether it would do something now. */
  isEnabled(a: Action): boolean {
    return this.isAllowed(a) && (a.enabled?.() ?? true)
  }

  /** Does it, if it can be done now: for buttons. What is not known yet comes first. */
  run(id: string, at?: Point): void {
    const a = this.known.get(id)
    if (!a) this.after(() => this.run(id, at))
    else if (this.isEnabled(a)) this.perform(a, undefined, at)
  }

  /** Does it now. Returns false for a press that is the browser's. */
  perform(a: Action, e?: KeyboardEvent, at?: Point): boolean {
    const done = a.run?.(e, at)
    if (done instanceof Promise) this.onComing(done)
    return done !== false
  }

  /** The action of a press, with the focus in one of these places; `singly` is whether plain letters and signs count. */
  find(e: Press, places: readonly Place[], singly = true): Action | undefined {
    for (const a of [...this.known.values(), ...this.expected]) {
      for (const combo of combosOf(a)) {
        if ((singly || !isSingle(combo)) && matches(combo, e) && placesOf(a, combo).some((p) => places.includes(p))) return a
      }
    }
    return undefined
  }
}

export function combosOf(a: Action): string[] {
  return a.keys?.split(' ') ?? []
}

/** A letter, digit or sign without Ctrl or Alt, which somebody who speaks to their machine would press unawares (WCAG 2.1.4). */
export function isSingle(combo: string): boolean {
  return /^(Shift\+)?.$/.test(combo)
}

function placesOf(a: Action, combo: string): readonly Place[] {
  if (a.where === 'board' || a.where === 'writing') return [a.where]
  if (!isChord(combo)) return a.where === 'anywhere' ? ['page'] : ['board']
  return a.where === 'anywhere' ? ['page', 'writing'] : ['page']
}

/** Whether a press could mean both. */
function collide(a: Action, b: Action): boolean {
  return combosOf(a).some((x) => combosOf(b).some((y) => clashes(x, y) && meet(placesOf(a, x), placesOf(b, y))))
}

function meet(a: readonly Place[], b: readonly Place[]): boolean {
  const isWriting = (places: readonly Place[]): boolean => places.includes('writing')
  const isElsewhere = (places: readonly Place[]): boolean => places.some((p) => p !== 'writing')
  return (isWriting(a) && isWriting(b)) || (isElsewhere(a) && isElsewhere(b))
}
