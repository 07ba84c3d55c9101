// What pictures are taken on: a phone, a tablet and a desk, by day and by night.

import { fileURLToPath } from 'node:url'
import type { BrowserContextOptions, Page } from '@playwright/test'
import { settled } from './settled.ts'

export const FOLDER = fileURLToPath(new URL('../test-results/pictures/', import.meta.url))

const SIZES = [
  { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  { viewport: { width: 768, height: 1024 }, hasTouch: true },
  { viewport: { width: 1440, height: 900 } },
] as const

export interface Screen {
  /** What its pictures' names end in, such as "768-dark". */
  readonly name: string
  readonly width: number
  readonly options: BrowserContextOptions
  /** Takes a picture of what the page shows once it has its letters. */
  readonly picture: (page: Page, what: string, isWhole?: boolean) => Promise<void>
}

export const SCREENS: readonly Screen[] = SIZES.flatMap((size) =>
  (['light', 'dark'] as const).map((colorScheme) => {
    const { width } = size.viewport
    const name = `${width}-${colorScheme}`
    return { name, width, options: { ...size, colorScheme }, picture: (page, what, isWhole) => picture(page, `${what}-${name}`, isWhole) }
  }),
)

/** Takes a picture of what the page shows once it has its letters and nothing moves. */
export async function picture(page: Page, what: string, fullPage = false): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  await settled(page)
  await page.screenshot({ path: `${FOLDER}${what}.png`, fullPage })
}
