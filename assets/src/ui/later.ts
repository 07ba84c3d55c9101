// Parts of the page that neither its first sight nor the first gesture needs.
// They are loaded at their first use, or before when the browser has nothing
// else to do, so that they are there when the network is not.

import { say } from '../say.ts'
import type { Board } from './board.ts'

const AFTER = 3000 // ms after the start in which the network belongs to the board

const parts: (() => Promise<unknown>)[] = []
let tell = (_words: string): void => {}

/**
 * Names a part: `const list = later(() => import('./list.ts'))`. The answer runs
 * something with it, as soon as it is there: `list((m) => m.show(board))`. Once it
 * is there that is at once, so that the next key finds a field that has the focus.
 * What is asked for while it loads runs in the order of asking. Who asks when it
 * cannot be loaded is told so.
 */
export function later<M>(load: () => Promise<M>): (use: (part: M) => void) => void {
  let there: M | undefined
  const fetch = (): Promise<M> => load().then((part) => (there = part))
  parts.push(fetch)
  return (use) => (there ? use(there) : void fetch().then(use, () => tell(missing())))
}

function missing(): string {
  return navigator.onLine
    ? say('This part could not be loaded. Reload the page and try again.')
    : say('This part could not be loaded. Try again when you are online.')
}

/** Gives a part that came later its look. */
export function wear(style: string): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(style)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
}

/** A part that nobody asks for: it begins when the browser has nothing else to do. */
function atLeisure(board: Board): void {
  let begun: Promise<void> | null = null
  const start = async (): Promise<void> => {
    const { begin } = await import('./leisure.ts')
    try {
      begin(board)
    } catch (error) {
      reportError(error)
    }
  }
  leisure = () => (begun ??= start().catch((error: unknown) => {
    begun = null
    throw error
  }))
  parts.push(() => leisure())
}

let leisure = (): Promise<void> => Promise.resolve()

/** For who needs now what begins at leisure: `use` runs when it has begun. */
export function hurry(use: () => void): void {
  void leisure().then(use, () => tell(missing()))
}

export function loadingLater(board: Board): void {
  tell = (words) => board.toasts.show(words, { key: 'later' })
  atLeisure(board)
  if (board.mode === 'board') setTimeout(() => void loadAll(), AFTER)
}

/** One after the other, each when the browser is idle. A part that fails is tried again at its use. */
async function loadAll(): Promise<void> {
  for (const load of parts) {
    await idle()
    await load().catch(() => undefined)
  }
}

function idle(): Promise<void> {
  return new Promise((done) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => done(), { timeout: AFTER })
    else setTimeout(done, 50)
  })
}
