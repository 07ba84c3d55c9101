// How far something went by keys, for who cannot see it: told once, when it lies still.

import { say } from '../say.ts'
import type { Announcer } from './announce.ts'

const REST = 500 // ms without a step

/** "12 right, 10 down". */
export function wayOf(dx: number, dy: number): string {
  const across = dx > 0 ? say('{n} right', { n: dx }) : dx < 0 ? say('{n} left', { n: -dx }) : ''
  const down = dy > 0 ? say('{n} down', { n: dy }) : dy < 0 ? say('{n} up', { n: -dy }) : ''
  return [across, down].filter(Boolean).join(', ')
}

let [x, y, timer] = [0, 0, 0]

export function tellStep(announcer: Announcer, dx: number, dy: number): void {
  x += dx
  y += dy
  clearTimeout(timer)
  timer = window.setTimeout(() => {
    const way = wayOf(x, y)
    if (way) announcer.now(way)
    x = y = 0
  }, REST)
}
