// What a page costs while somebody works on it, as Chromium counts it: processor
// time of the main thread, so that what else the machine does is not counted.

import type { CDPSession, Page } from '@playwright/test'

/** Milliseconds of the main thread for each frame, and frames in a second. */
export interface Cost {
  readonly perFrame: number
  readonly fps: number
}

interface Reading {
  readonly work: number // seconds of script, style and layout since the page began
  readonly at: number // seconds
  readonly frames: number
}

const WORK = ['ScriptDuration', 'RecalcStyleDuration', 'LayoutDuration']

export class Gauge {
  private constructor(
    private readonly page: Page,
    readonly session: CDPSession,
  ) {}

  static async of(page: Page): Promise<Gauge> {
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    await page.evaluate(() => {
      const counter = window as unknown as { frames: number }
      counter.frames = 0
      const count = (): void => {
        counter.frames++
        requestAnimationFrame(count)
      }
      requestAnimationFrame(count)
    })
    return new Gauge(page, session)
  }

  /** Measures while the deed is done. */
  async during(deed: () => Promise<void>): Promise<Cost> {
    const before = await this.read()
    await deed()
    const after = await this.read()
    const frames = Math.max(after.frames - before.frames, 1)
    return {
      perFrame: ((after.work - before.work) * 1000) / frames,
      fps: frames / (after.at - before.at),
    }
  }

  /** The heap after a collection, in megabytes. */
  async heap(): Promise<number> {
    await this.session.send('HeapProfiler.collectGarbage')
    return (await this.metrics())['JSHeapUsedSize']! / 1e6
  }

  elements(): Promise<number> {
    return this.page.evaluate(() => document.querySelectorAll('*').length)
  }

  private async read(): Promise<Reading> {
    const [frames, now] = await this.page.evaluate(() => [(window as unknown as { frames: number }).frames, performance.now()] as const)
    const metrics = await this.metrics()
    return { work: WORK.reduce((sum, name) => sum + metrics[name]!, 0), at: now / 1000, frames }
  }

  private async metrics(): Promise<Record<string, number>> {
    const { metrics } = await this.session.send('Performance.getMetrics')
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]))
  }
}
