// Hands key presses to the behaviours that registered for their action.

import { type Action, find, type Where } from './shortcuts.ts'

/** Does the deed. Returning false leaves the press to the browser. */
export type Deed = (e: KeyboardEvent) => boolean | void

export class Keys {
  private readonly deeds = new Map<Action, Deed>()
  private readonly typed: Deed[] = []

  constructor(private readonly board: HTMLElement) {
    document.addEventListener('keydown', (e) => this.down(e))
  }

  /** One deed an action. */
  on(action: Action, deed: Deed): void {
    this.deeds.set(action, deed)
  }

  /** Presses on the board that are no shortcut. */
  onTyped(deed: Deed): void {
    this.typed.push(deed)
  }

  private down(e: KeyboardEvent): void {
    if (e.defaultPrevented || e.isComposing || e.keyCode === 229) return
    const places = this.places(e.target)
    if (places.length === 0) return
    const shortcut = find(e, places)
    if (shortcut) {
      if (e.repeat && !shortcut.repeats) return e.preventDefault()
      this.run(this.deeds.get(shortcut.action), e)
    } else if (places.includes('board')) {
      for (const deed of this.typed) this.run(deed, e)
    }
  }

  private run(deed: Deed | undefined, e: KeyboardEvent): void {
    if (deed && deed(e) !== false) e.preventDefault()
  }

  /** What the focus is in decides which keys are ours. */
  private places(target: EventTarget | null): Where[] {
    if (!(target instanceof HTMLElement) || document.querySelector('dialog[open]')) return []
    if (target.matches('.note-field')) return ['writing']
    if (target.matches('input, textarea, select') || target.isContentEditable) return []
    // A button on the board has its own Enter and Space.
    if (target.closest('button, a[href]')) return ['page']
    return this.board.contains(target) ? ['board', 'page'] : ['page']
  }
}
