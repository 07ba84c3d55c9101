// Parts of the page that neither its first sight nor the first gesture needs.
// They are loaded at their first use, or before when the browser has nothing
// else to do, so that they are there when the network is not.

import { say } from '../say.ts'
import type { Board } from './board.ts'
import keys from './leisure.ts?keys'

const AFTER = 3000 // ms after the start in which the network belongs to the board

const parts: (() => Promise<unknown>)[] = []
const declaring: (() => Promise<unknown>)[] = [() => leisure()]
let tell = (_words: string): void => {}

/**
 * Names a part: `const list = later(() => import('./list.ts'))`. The answer runs
 * something with it, as soon as it is there: `list((m) => m.show(board))`. Once it
 * is there that is at once. Before that it is a promise, true when it was done, for
 * which keys can wait. What is asked for while it loads runs in the order of asking.
 * Who asks when it cannot be loaded is told so. One that declares actions comes
 * before what tells of them.
 */
export function later<M>(load: () => Promise<M>, declares?: 'declares'): (use: (part: M) => void) => Promise<boolean> | void {
  let there: M | undefined
  const fetch = onceAtATime(async () => (there = await load()))
  parts.push(fetch)
  if (declares) declaring.push(fetch)
  return (use) => (there ? use(there) : once(fetch(), use))
}

/** Who asks while it is on its way waits for the same; what failed is tried again. */
function onceAtATime<M>(load: () => Promise<M>): () => Promise<M> {
  let coming: Promise<M> | undefined
  return () => (coming ??= load().catch((error: unknown) => {
    coming = undefined
    throw error
  }))
}

function once<M>(there: Promise<M>, use: (part: M) => void): Promise<boolean> {
  return there.then(
    (part) => {
      use(part)
      return true
    },
    () => {
      tell(missing())
      return false
    },
  )
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

/** A part that nobody asks for: it begins when the browser has nothing else to do, or when one of its keys is pressed. */
function atLeisure(board: Board): void {
  leisure = onceAtATime(async () => {
    const { begin } = await import('./leisure.ts')
    board.actions.arrived()
    try {
      begin(board)
    } catch (error) {
      reportError(error)
    }
  })
  parts.push(() => leisure())
  board.actions.expect(keys, (then = () => {}) => once(leisure(), then))
}

let leisure = (): Promise<void> => Promise.resolve()

/** A part that tells of all there is to do, with what declares it. */
export async function complete<M>(part: Promise<M>): Promise<M> {
  await Promise.all([part, ...declaring.map((load) => load())])
  return part
}

export function loadingLater(board: Board): void {
  tell = (words) => board.toasts.show(words, { key: 'later' })
  if (board.mode === 'embed') return
  atLeisure(board)
  setTimeout(() => void loadAll(), AFTER)
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
