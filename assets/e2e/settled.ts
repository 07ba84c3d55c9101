// Until nothing moves any more on a page.

import type { Page } from '@playwright/test'

/**
 * Brings to its end what moves by itself. What stands still stays where it is: the page carries
 * its layers by animations that do (src/ui/carriage.ts), and Playwright's own way would end them too.
 */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(() => {
    const ends = document.getAnimations().filter((a) => a.playState !== 'paused' && a.effect?.getComputedTiming().endTime !== Infinity)
    for (const a of ends) a.finish()
    return Promise.all(ends.map((a) => a.finished.catch(() => null)))
  })
}
