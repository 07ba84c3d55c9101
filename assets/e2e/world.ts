// What every test begins with: a board of its own, and people who open it.

import { test as base, expect, type APIRequestContext, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test'
import { Desk } from './desk.ts'

/** The origins of the two nodes that all tests share. */
export const nodes = {
  get a(): string {
    return process.env['NODE_A']!
  },
  get b(): string {
    return process.env['NODE_B']!
  },
}

/** A board as the API hands it out, once. */
export interface NewBoard {
  id: string
  url: string
  edit_url: string
  view_url: string
  embed_url: string
  api_key: string
}

/** The same address on another node. */
export function on(origin: string, url: string): string {
  return url.replace(/^https?:\/\/[^/]+/, origin)
}

export async function newBoard(request: APIRequestContext, origin = nodes.a, name = 'Test board'): Promise<NewBoard> {
  const answer = await request.post(`${origin}/api/v1/boards`, { data: { name } })
  expect(answer.status(), await answer.text()).toBe(201)
  return (await answer.json()) as NewBoard
}

/** What Postgres holds, through the API of a node. */
export async function stored(
  request: APIRequestContext,
  board: NewBoard,
  origin = nodes.a,
): Promise<{ hash: string; seq: number; note_count: number }> {
  const answer = await request.get(`${origin}/api/v1/boards/${board.id}`, { headers: bearer(board) })
  expect(answer.status(), await answer.text()).toBe(200)
  return answer.json()
}

export function bearer(board: NewBoard): { Authorization: string } {
  return { Authorization: `Bearer ${board.api_key}` }
}

/** Notes poured in over the API. */
export async function pour(request: APIRequestContext, board: NewBoard, notes: object[], origin = nodes.a): Promise<void> {
  const answer = await request.post(`${origin}/api/v1/boards/${board.id}/notes:import`, {
    headers: bearer(board),
    data: { notes },
  })
  expect(answer.ok(), await answer.text()).toBe(true)
}

/** Opens a page as somebody whom the server has never seen. */
type Visit = (url: string, options?: BrowserContextOptions) => Promise<Page>

interface World {
  board: NewBoard
  /** Makes a browser that nobody has used. */
  newcomer: (options?: BrowserContextOptions) => Promise<BrowserContext>
  visit: Visit
  /** Opens a board through a link, as somebody whose name is known. */
  join: (name: string, url: string, options?: BrowserContextOptions) => Promise<Desk>
}

export const test = base.extend<World>({
  board: async ({ request }, use) => use(await newBoard(request)),

  newcomer: async ({ browser }, use) => {
    const faults: string[] = []
    const contexts: BrowserContext[] = []
    await use(async (options) => {
      const context = await browser.newContext(options)
      contexts.push(context)
      context.on('page', (page) => watch(page, faults))
      return context
    })
    await Promise.all(contexts.map((context) => context.close()))
    expect(faults, 'faults in the pages').toEqual([])
  },

  visit: async ({ newcomer }, use) => {
    await use(async (url, options) => {
      const page = await (await newcomer(options)).newPage()
      await page.goto(url)
      return page
    })
  },

  join: async ({ newcomer }, use) => {
    await use(async (name, url, options) => {
      const context = await newcomer(options)
      await tellName(context, name, url)
      const desk = new Desk(await context.newPage())
      await desk.page.goto(url)
      await expect(desk.state).toHaveText(/^(Saved|View only)$/)
      return desk
    })
  },
})

/** Tells the server a name before the page asks for it, which would take as long as opening it. */
async function tellName({ request }: BrowserContext, name: string, url: string): Promise<void> {
  await request.get(url)
  const { origin } = new URL(url)
  const answer = await request.post(`${origin}/me`, { headers: { Origin: origin }, form: { name, color: color(name) } })
  expect(answer.status(), await answer.text()).toBe(204)
}

/** A colour that goes with a name. */
const color = (name: string): number => name.length % 12

/** Answers the question for one's name. */
export async function introduce(page: Page, name: string): Promise<void> {
  const dialog = page.locator('#me-dialog')
  await dialog.getByLabel('Your name').fill(name)
  await dialog.locator(`input[name="color"][value="${color(name)}"]`).check()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
}

// What a page may say when a test takes its server away.
const OUTAGE = /net::ERR_|WebSocket connection to|Failed to load resource/

function watch(page: Page, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.stack ?? error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !OUTAGE.test(message.text())) faults.push(`${page.url()}: ${message.text()}`)
  })
}

/** Waits until all see the same as Postgres does, with nothing left to save. */
export async function expectSame(request: APIRequestContext, board: NewBoard, desks: Desk[], origin = nodes.a): Promise<void> {
  for (const desk of desks) await expect(desk.state).toHaveText(/^(Saved|View only)$/)
  await expect(async () => {
    const { hash, seq } = await stored(request, board, origin)
    for (const desk of desks) {
      expect({ hash: await desk.hash(), seq: await desk.seq() }).toEqual({ hash, seq })
    }
  }).toPass({ timeout: 10_000 })
}

export { expect }
