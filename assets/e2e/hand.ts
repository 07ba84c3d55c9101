// A hand on mouse and wheel, through the browser's own input: sixty times a second.

import type { CDPSession } from '@playwright/test'
import type { Point } from './desk.ts'

const RATE = 60 // inputs a second

export class Hand {
  private at: Point = { x: 0, y: 0 }

  constructor(private readonly session: CDPSession) {}

  async move(to: Point): Promise<void> {
    this.at = to
    await this.mouse('mouseMoved', { button: this.held ? 'left' : 'none', buttons: this.held ? 1 : 0 })
  }

  async press(modifiers = 0): Promise<void> {
    await this.mouse('mousePressed', { button: 'left', buttons: 1, clickCount: 1, modifiers })
    this.held = true
  }

  async release(): Promise<void> {
    this.held = false
    await this.mouse('mouseReleased', { button: 'left', buttons: 0, clickCount: 1 })
  }

  /** Turns the wheel; with Ctrl it zooms. */
  async wheel(dx: number, dy: number, ctrl = false): Promise<void> {
    await this.mouse('mouseWheel', { deltaX: dx, deltaY: dy, modifiers: ctrl ? 2 : 0 })
  }

  /** Does something sixty times a second for so long; t runs from 0 to 1. */
  async keep(ms: number, deed: (t: number) => Promise<void>): Promise<void> {
    const start = performance.now()
    let open = 0
    for (let i = 0; i < (ms * RATE) / 1000; i++) {
      const wait = start + (i * 1000) / RATE - performance.now()
      if (wait > 0) await new Promise((done) => setTimeout(done, wait))
      if (performance.now() - start > ms) break
      if (open > 4) continue // a browser that lags is not buried in input
      open++
      void deed(i / ((ms * RATE) / 1000)).finally(() => open--)
    }
  }

  private held = false

  private async mouse(type: 'mouseMoved' | 'mousePressed' | 'mouseReleased' | 'mouseWheel', more: object): Promise<void> {
    await this.session.send('Input.dispatchMouseEvent', { type, ...this.at, ...more })
  }
}
