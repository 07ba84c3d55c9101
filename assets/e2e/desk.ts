// A person's view of a board, and what they do there.

import { expect, type Locator, type Page } from '@playwright/test'
import type {} from '../src/main.ts' // for window.corkboard

export interface Point {
  x: number
  y: number
}

export class Desk {
  readonly state: Locator
  readonly notes: Locator
  readonly field: Locator
  readonly menu: Locator
  readonly cursors: Locator
  readonly offers: Locator

  constructor(readonly page: Page) {
    this.state = page.locator('#save-state')
    this.notes = page.locator('.pile > .note')
    this.field = page.locator('.note-field')
    this.menu = page.locator('.note-menu')
    this.offers = page.locator('.offer')
    this.cursors = page.locator('#cursors .cursor')
  }

  /** Notes that hold the text. */
  note(text: string): Locator {
    return this.notes.filter({ hasText: text })
  }

  /** Double-clicks at a place on the screen and writes there. */
  async write(at: Point, text: string): Promise<void> {
    await this.page.mouse.dblclick(at.x, at.y)
    await expect(this.field).toBeFocused()
    await this.page.keyboard.type(text)
    await this.page.keyboard.press('Escape')
    await expect(this.field).toHaveCount(0)
  }

  /** The middle of a note on the screen. */
  async middle(note: Locator): Promise<Point> {
    const box = (await note.boundingBox())!
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }

  /** Takes a note at its middle and moves it. */
  async drag(note: Locator, by: Point): Promise<void> {
    const { x, y } = await this.middle(note)
    await this.page.mouse.move(x, y)
    await this.page.mouse.down()
    await this.page.mouse.move(x + by.x / 2, y + by.y / 2, { steps: 8 })
    await this.page.mouse.move(x + by.x, y + by.y, { steps: 8 })
    await this.page.mouse.up()
  }

  /** Selects a note with a click. */
  async pick(note: Locator): Promise<void> {
    const { x, y } = await this.middle(note)
    await this.page.mouse.click(x, y)
    await expect(note).toHaveClass(/is-selected/)
  }

  async expectSaved(): Promise<void> {
    await expect(this.state).toHaveText('Saved')
  }

  /** The part of the board in sight. */
  async view(): Promise<Point & { w: number; h: number }> {
    const { x, y, zoom } = await cameraOf(this.page)
    const { width, height } = (await this.page.locator('#desk').boundingBox())!
    return { x, y, w: width / zoom, h: height / zoom }
  }

  hash(): Promise<string> {
    return this.page.evaluate(() => window.corkboard!.client.view.hash())
  }

  seq(): Promise<number> {
    return this.page.evaluate(() => window.corkboard!.client.view.seq)
  }

  /** The texts of all notes, from the lowest to the topmost. */
  order(): Promise<string[]> {
    return this.page.evaluate(() => window.corkboard!.client.view.live().map((n) => n.text))
  }

  /** The texts of all notes, sorted. */
  async texts(): Promise<string[]> {
    return (await this.order()).sort()
  }

  /** Where a note is, on the board. */
  async place(note: Locator): Promise<Point & { w: number; h: number; color: string }> {
    const id = (await note.getAttribute('data-id'))!
    return this.page.evaluate((id) => {
      const { x, y, w, h, color } = window.corkboard!.client.view.notes.get(id)!
      return { x, y, w, h, color }
    }, id)
  }
}

/** What is seen at the desk's corner, and the zoom: of where the notes are drawn, and of how the layer with them is moved and stretched. */
export function cameraOf(page: Page): Promise<Point & { zoom: number }> {
  return page.evaluate(() => {
    const [layer, plane] = ['camera', 'plane'].map((id) => {
      const { translate, scale, transform } = getComputedStyle(document.getElementById(id)!)
      const [x, y] = translate.split(' ').map((way) => parseFloat(way) || 0)
      return new DOMMatrix().translate(x, y ?? 0).scale(parseFloat(scale) || 1).multiply(new DOMMatrix(transform))
    })
    const { a: zoom, e, f } = layer!.multiply(plane)
    return { x: -e / zoom, y: -f / zoom, zoom }
  })
}

/** Until the zoom has come to rest, and the notes are drawn sharp. */
export async function atRest(page: Page): Promise<void> {
  await page.waitForFunction(() => document.getElementById('camera')!.style.willChange === '')
}
