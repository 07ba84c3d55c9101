// Hands key presses to the actions whose keys they are.

import type { Action, Actions, Place } from './actions.ts'
import { HeldKeys } from './held.ts'
import { isMac } from './platform.ts'
import type { Selection } from './selection.ts'

/** Does the deed. Returning false leaves the press to the browser. */
export type Deed = (e: KeyboardEvent) => boolean | void

const KEPT = 'corkboard keys'

export class Keys {
  private readonly typed: Deed[] = []
  private singly = recall()
  private isText: (e: KeyboardEvent) => boolean = () => false
  private readonly held: HeldKeys
  private spent: string | null = null // the key whose press did something: held on, it types nothing into what that opened

  constructor(
    private readonly board: HTMLElement,
    private readonly actions: Actions,
    selection: Selection,
    private readonly isReady: (action: Action) => boolean, // to be done now
  ) {
    this.held = new HeldKeys(selection, (e) => !isClipboard(e) && actions.find(e, ['board', 'page', 'writing']) !== undefined)
    actions.onComing = (there, again) => this.held.until(there, again)
    document.addEventListener('keydown', (e) => this.down(e))
  }

  /** Whether single letters and signs are shortcuts: this device remembers. What goes with Ctrl always is. */
  get singles(): boolean {
    return this.singly
  }

  set singles(on: boolean) {
    this.singly = on
    try {
      if (on) localStorage.removeItem(KEPT)
      else localStorage.setItem(KEPT, 'no singles')
    } catch {
      // Storage is off: it holds until the page is left.
    }
  }

  /** Presses on the board that are no shortcut. */
  onTyped(deed: Deed): void {
    this.typed.push(deed)
  }

  /** Tells the presses on the board that are meant for a text, and so are no shortcuts. */
  onText(isText: (e: KeyboardEvent) => boolean): void {
    this.isText = isText
  }

  /** Does it after keys that wait, if one of them may take a tool. False: none does. */
  behind(deed: () => void): boolean {
    return this.held.behind(deed)
  }

  private down(e: KeyboardEvent): void {
    if (e.defaultPrevented || e.isComposing || e.keyCode === 229) return
    if (e.repeat && e.code === this.spent) return e.preventDefault()
    this.spent = null
    const places = this.places(e)
    const action = this.actions.find(e, places, this.singly && !(places.includes('board') && this.isText(e)))
    if (action && this.actions.isAllowed(action)) {
      if ((e.repeat && !action.repeats) || !this.isReady(action)) return e.preventDefault()
      if (!action.run || !this.actions.perform(action, e)) return
      if (!action.repeats) this.spent = e.code
      e.preventDefault()
    } else if (places.includes('board')) {
      for (const deed of this.typed) if (deed(e) !== false) e.preventDefault()
    }
  }

  /** What the focus is in decides which keys are ours. */
  private places({ target, ctrlKey, key }: KeyboardEvent): Place[] {
    if (!(target instanceof HTMLElement) || document.querySelector('dialog[open]')) return []
    // On a Mac, Ctrl and a letter move the caret about in a text.
    if (target.matches('.note-field')) return isMac && ctrlKey && key.length === 1 ? [] : ['writing']
    if (target.matches('input, textarea, select') || target.isContentEditable) return []
    // A button on the board has its own Enter and Space.
    if (target.closest('button, a[href]')) return ['page']
    return this.board.contains(target) ? ['board', 'page'] : ['page']
  }
}

/** Keys that browsers answer with an event of their own. */
function isClipboard(e: KeyboardEvent): boolean {
  return /^[cvx]$/i.test(e.key)
}

function recall(): boolean {
  try {
    return localStorage.getItem(KEPT) === null
  } catch {
    return true
  }
}
