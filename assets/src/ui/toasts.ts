// Short messages at the edge, with at most one thing to do. A message stays
// while it is pointed at or has the focus.

import { say } from '../say.ts'
import { button } from './button.ts'
import { make } from './page.ts'

export interface ToastOptions {
  /** A button: its words, and what it does. The toast closes with it. */
  readonly action?: { readonly label: string; readonly run: () => void }
  /** A later toast of the same key takes the place of the earlier one. */
  readonly key?: string
  /** Milliseconds until it goes by itself; 0 stays until it is closed. */
  readonly lasts?: number
}

const LASTS = 6000
const MOST = 4

export class Toasts {
  constructor(private readonly host: HTMLElement | null) {}

  show(words: string, options: ToastOptions = {}): void {
    if (!this.host) return
    const { action, key, lasts = LASTS } = options
    if (key) this.close(key)
    const toast = make('div', 'toast')
    if (key) toast.dataset['key'] = key
    toast.append(make('p', 'toast-words', words))
    if (action) toast.append(button(action.label, () => (toast.remove(), action.run()), 'button'))
    if (lasts === 0) toast.append(button(say('Close'), () => toast.remove(), 'button'))
    this.host.append(toast)
    while (this.host.children.length > MOST) this.host.firstElementChild!.remove()
    if (lasts > 0) leaveAfter(toast, lasts)
  }

  close(key: string): void {
    for (const toast of this.host?.children ?? []) {
      if (toast instanceof HTMLElement && toast.dataset['key'] === key) toast.remove()
    }
  }
}

/** Goes after a while in which nobody pointed at it. */
function leaveAfter(toast: HTMLElement, ms: number): void {
  const check = (): void => {
    if (toast.matches(':hover, :focus-within')) setTimeout(check, 1000)
    else leave(toast)
  }
  setTimeout(check, ms)
}

function leave(toast: HTMLElement): void {
  toast.classList.add('is-leaving')
  setTimeout(() => toast.remove(), 250)
}
