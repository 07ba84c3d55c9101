// A desk that was pushed and let go moves on, slower and slower, where the
// device does not do so by itself: after a pan with a finger, a pen or the hand
// tool. Any press, key or turn of the wheel stops it.

import type { Board } from './board.ts'
import { push } from './camera.ts'
import type { Point } from './geometry.ts'
import { prefersStill } from './motion.ts'

const FADE = 325 // ms in which it loses two thirds of its speed
const SLOW = 0.02 // pixels a ms, below which it stands
const FAST = 4 // pixels a ms at the most
const RECENT = 80 // ms before the end in which the hand's speed is measured
const LEAST = 0.15 // pixels a ms that a hand must have had

/** How fast a pointer moves, from where it was in the last moments. */
export class Speed {
  private trail: { at: Point; time: number }[] = []

  add(at: Point, time: number): void {
    this.trail = [...this.trail.filter((t) => time - t.time < RECENT), { at, time }]
  }

  /** Pixels a millisecond at a time; nothing for a hand that had come to rest. */
  of(time: number): Point {
    const trail = this.trail.filter((t) => time - t.time < RECENT)
    const [from, to] = [trail[0], trail.at(-1)]
    if (!from || !to || to.time === from.time) return [0, 0]
    const [vx, vy] = [(to.at[0] - from.at[0]) / (to.time - from.time), (to.at[1] - from.at[1]) / (to.time - from.time)]
    const speed = Math.hypot(vx, vy)
    const k = speed < LEAST ? 0 : Math.min(1, FAST / speed)
    return [vx * k, vy * k]
  }
}

let flight: { speed: Point; last: number } | null = null
let stoppedBy: Event | null = null

/** Sets the desk moving at a speed in screen pixels a millisecond; not for who wants no motion. */
export function fling(board: Board, speed: Point): void {
  if (prefersStill() || (speed[0] === 0 && speed[1] === 0)) return
  const mine = (flight = { speed, last: 0 })
  const step = (now: number): void => {
    if (flight !== mine) return
    const dt = mine.last ? Math.min(now - mine.last, 50) : 16
    mine.last = now
    const [vx, vy] = mine.speed
    board.desk.look(push(board.desk.camera, vx * dt, vy * dt))
    const k = Math.exp(-dt / FADE)
    mine.speed = [vx * k, vy * k]
    if (Math.hypot(vx, vy) < SLOW) flight = null
    else board.frame.ask('motion', step)
  }
  board.frame.ask('motion', step)
}

/** Whether this press was the one that stopped it: then it means nothing else. */
export function hasStopped(e: Event): boolean {
  return stoppedBy === e
}

export function flinging(): void {
  const stop = (e: Event): void => {
    stoppedBy = flight ? e : null
    flight = null
  }
  for (const type of ['pointerdown', 'wheel', 'keydown']) document.addEventListener(type, stop, { capture: true, passive: true })
}
