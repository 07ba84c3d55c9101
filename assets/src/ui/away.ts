// Whether I am there: not while the page is out of sight, nor when nobody has
// touched anything for long.

import type { Board } from './board.ts'

const PATIENCE = 120_000 // ms

export function dozing({ client: { presence } }: Board): void {
  let last = performance.now()
  let timer = 0
  const look = (): void => {
    clearTimeout(timer)
    const idle = document.hidden ? Infinity : performance.now() - last
    presence.away(idle >= PATIENCE)
    if (idle < PATIENCE) timer = window.setTimeout(look, PATIENCE - idle)
    else timer = 0
  }
  const wake = (): void => {
    last = performance.now()
    if (!timer) look()
  }
  for (const type of ['pointermove', 'pointerdown', 'keydown', 'wheel', 'focus']) window.addEventListener(type, wake, { passive: true })
  document.addEventListener('visibilitychange', () => (document.hidden ? look() : wake()))
  look()
}
