// Fingers and a pen on the glass, as the browser hears of them from a device.

import type { CDPSession, Page } from '@playwright/test'

type At = readonly [x: number, y: number]

export class Fingers {
  private constructor(
    private readonly page: Page,
    private readonly cdp: CDPSession,
  ) {}

  static async on(page: Page): Promise<Fingers> {
    await page.evaluate(() => {
      document.addEventListener('pointerdown', (e) => (document.body.dataset['lastFinger'] = String(e.pointerId)), true)
    })
    return new Fingers(page, await page.context().newCDPSession(page))
  }

  /** Puts fingers down there, all that are down. A radius makes them as wide as a palm. */
  async down(points: readonly At[], radius = 8): Promise<void> {
    await this.send('touchStart', points, radius)
  }

  /** Moves from some places to others, in steps. */
  async move(from: readonly At[], to: readonly At[], steps = 8): Promise<void> {
    for (let i = 1; i <= steps; i++) {
      const between = from.map(([x, y], n): At => [x + ((to[n]![0] - x) * i) / steps, y + ((to[n]![1] - y) * i) / steps])
      await this.send('touchMove', between)
    }
  }

  /** Lifts all of them. */
  async up(): Promise<void> {
    await this.send('touchEnd', [])
  }

  /** Lifts the one that came last; the browser's devtools can only lift all. */
  async liftLast(): Promise<void> {
    await this.page.evaluate(() => {
      const pointerId = Number(document.body.dataset['lastFinger'])
      document.getElementById('desk')!.dispatchEvent(new PointerEvent('pointerup', { pointerId, pointerType: 'touch', bubbles: true }))
    })
  }

  /** Moves a finger over the glass, rests, and lifts it: nothing is thrown. */
  async drag(from: At, to: At): Promise<void> {
    await this.down([from])
    await this.move([from], [to])
    await this.rest()
    await this.up()
  }

  async tap(at: At): Promise<void> {
    await this.down([at])
    await this.up()
  }

  /** A finger that lies still for a while presses long, and throws nothing when it is lifted. */
  async rest(ms = 100): Promise<void> {
    await this.page.evaluate((ms) => new Promise((done) => setTimeout(done, ms)), ms)
  }

  /** What a pen does. */
  async pen(type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', [x, y]: At): Promise<void> {
    const isDown = type !== 'mouseReleased'
    await this.cdp.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', buttons: isDown ? 1 : 0, clickCount: 1, pointerType: 'pen' })
  }

  private async send(type: 'touchStart' | 'touchMove' | 'touchEnd', points: readonly At[], radius = 8): Promise<void> {
    const touchPoints = points.map(([x, y], id) => ({ x, y, id, radiusX: radius, radiusY: radius }))
    await this.cdp.send('Input.dispatchTouchEvent', { type, touchPoints })
  }
}
