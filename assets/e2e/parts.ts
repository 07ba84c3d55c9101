// Parts of a board's page that arrive when a test lets them: what is pressed before
// that is pressed by somebody who is quicker than the network.

import { expect, type Page } from '@playwright/test'

export class Parts {
  private readonly waiting = new Map<string, (() => void)[]>()

  private constructor() {}

  /** To be called before the page is opened. */
  static async keep(page: Page, ...names: string[]): Promise<Parts> {
    const parts = new Parts()
    for (const name of names) {
      parts.waiting.set(name, [])
      await page.route(`**/assets/${name}-*.js`, async (route) => {
        await new Promise<void>((pass) => parts.waiting.get(name)?.push(pass) ?? pass())
        await route.continue()
      })
    }
    return parts
  }

  /** Until the page has asked for it. */
  async asked(name: string): Promise<void> {
    await expect.poll(() => this.waiting.get(name)?.length).toBeGreaterThan(0)
  }

  /** Lets it through, from now on. */
  arrive(name: string): void {
    for (const pass of this.waiting.get(name) ?? []) pass()
    this.waiting.delete(name)
  }
}
