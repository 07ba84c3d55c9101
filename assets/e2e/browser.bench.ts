// What a board costs in the browser, beside what is aimed at, and beside a page
// with the same papers and nothing else. The cost of a gesture must not grow with
// the board, so a small and a large one are measured.

import { appendFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import type { Op } from '../src/notes/op.ts'
import { layBare, type Paper } from './bare.ts'
import { type Door, knock, Stranger } from './crowd.ts'
import { cameraOf, Desk, type Point } from './desk.ts'
import { type Cost, Gauge } from './gauge.ts'
import { Hand } from './hand.ts'
import { expect, introduce, type NewBoard, pour, test } from './world.ts'

const SIZES = (process.env['SIZES'] ?? '1000,10000').split(',').map(Number)
const ONLY = process.env['ONLY']?.split(',') // parts of the names of what is measured
const OUT = process.env['OUT'] // a file that gets each figure as a line of JSON
const VIEW = { width: 1440, height: 900 }
const FOR = 3000 // ms a gesture is measured
const ZOOM_TURN = (Math.log(80) / 0.01 / (FOR / 2)) * (1000 / 60) // the wheel's, from 5 % to 400 % in half the time
const PITCH = 210 // board units from note to note: 10 between them

interface Figure {
  readonly name: string
  readonly notes: number
  readonly value: number
  readonly aim: number
  readonly unit: string
  readonly fps?: number
  readonly bare?: Cost // of the page with nothing else
}

function tell(figure: Figure): void {
  const { name, notes, value, aim, unit, fps, bare } = figure
  const kept = value <= aim && (fps === undefined || fps >= 57)
  const beside = bare ? `${costs(bare.perFrame, unit, bare.fps)} | ${(value / bare.perFrame).toFixed(2)}` : ' | '
  console.log(`| ${name}, ${notes} notes | ${aim} ${unit} | ${beside} | ${costs(value, unit, fps)} | ${kept ? 'kept' : '**missed**'} |`)
  if (OUT) appendFileSync(OUT, JSON.stringify(figure) + '\n')
}

const costs = (value: number, unit: string, fps?: number): string => `${value.toFixed(2)} ${unit}${fps === undefined ? '' : ` (${fps.toFixed(0)})`}`

const wants = (name: string): boolean => !ONLY || ONLY.some((part) => name.includes(part))

/** Rows of notes, wider than high, as a screen is. */
function field(count: number): (Paper & { color: string })[] {
  const columns = Math.ceil(Math.sqrt(count * 1.64))
  const colors = ['yellow', 'blue', 'green', 'pink', 'orange', 'violet', 'white']
  return Array.from({ length: count }, (_, i) => ({
    text: `${i + 1} ${['Faster exports', 'Why do people leave in the first week?', 'Ask Ana', 'The import of large files stops without a word'][i % 4]}`,
    color: colors[i % colors.length]!,
    x: (i % columns) * PITCH, y: Math.floor(i / columns) * PITCH,
  }))
}

console.log('| what | aim | bare page (frames a second) | ratio | ours | |\n|---|---|---|---|---|---|')

for (const notes of SIZES) {
  test.describe(`${notes} notes`, () => {
    let board: NewBoard
    test.beforeAll(async ({ request }) => {
      const { newBoard } = await import('./world.ts')
      board = await newBoard(request, undefined, `${notes} notes`)
      const all = field(notes)
      for (let i = 0; i < all.length; i += 1000) await pour(request, board, all.slice(i, i + 1000))
    })

    test('opening', async ({ visit }) => {
      if (!wants('open')) return
      const seen: number[] = []
      let bytes = 0
      for (let i = 0; i < 6; i++) {
        const page = await visit('about:blank', { viewport: VIEW })
        await page.addInitScript(watchForNotes)
        await page.goto(board.edit_url)
        const at = await page.waitForFunction(() => (window as unknown as { firstNote?: number }).firstNote)
        await page.waitForLoadState('load')
        if (i > 0) seen.push(await at.jsonValue() as number)
        bytes = await page.evaluate(() => {
          const named = [...document.querySelectorAll('script[src], link[rel=stylesheet]')].map((e) => (e as HTMLScriptElement).src || (e as HTMLLinkElement).href)
          const loaded = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
          return loaded.filter((e) => named.includes(e.name)).reduce((sum, e) => sum + e.encodedBodySize, 0)
        })
        await page.context().close()
      }
      tell({ name: 'script and style', notes, value: bytes / 1000, aim: 60, unit: 'kB' })
      tell({ name: 'first note visible', notes, value: seen.sort((a, b) => a - b)[2]!, aim: notes > 1000 ? 350 : 250, unit: 'ms' })
    })

    const bare = new Map<string, Cost>()
    test('a page with the same papers and nothing else', async ({ visit }) => {
      const page = await visit('about:blank', { viewport: VIEW })
      const papers = field(notes)
      const { x, y } = papers[Math.floor(papers.length / 2)]!
      const lay = async (zoom: number) => {
        await page.goto('about:blank')
        await layBare(page, papers, { x: x - 720 / zoom, y: y - 420 / zoom, zoom })
        const gauge = await Gauge.of(page)
        const hand = new Hand(gauge.session)
        await hand.move({ x: 720, y: 420 })
        const measure = async (name: string, deed: () => Promise<void>): Promise<void> => {
          if (wants(name)) bare.set(name, await gauge.during(deed))
        }
        return { hand, measure }
      }
      const far = await lay(0.05)
      await far.measure('zoom, 5 % to 400 %', () => zoom(far.hand))
      const { hand, measure } = await lay(0.7)
      await measure('pan, 60 in view', () => pan(hand))
      const one = (await page.locator('.paper').evaluateAll((papers) => papers.map((p) => p.getBoundingClientRect())
        .map((r) => ({ x: r.x + r.width / 2, y: r.y + r.height / 2 }))
        .sort((a, b) => Math.hypot(a.x - 720, a.y - 420) - Math.hypot(b.x - 720, b.y - 420))))[0]!
      await measure('drag one', () => carry(hand, one))
    })

    test('gestures', async ({ visit }) => {
      if (ONLY?.join() === 'open') return
      const { page, gauge, hand } = await begin(visit, board)
      let most = 0
      const measure = async (name: string, aim: number, deed: () => Promise<void>): Promise<void> => {
        if (!wants(name)) return
        await hand.keep(400, async () => undefined) // what came before settles
        const { perFrame: value, fps }: Cost = await gauge.during(deed)
        tell({ name, notes, value, aim, unit: 'ms', fps, bare: bare.get(name) })
        most = Math.max(most, await gauge.elements())
      }

      await measure('pan, all in view', 3, () => pan(hand))
      await hand.move({ x: 720, y: 420 })
      await measure('zoom, 5 % to 400 %', 3, () => zoom(hand))
      await page.keyboard.press('Shift+Digit1')
      await zoomTo(page, hand, 0.7)
      await measure('pan, 60 in view', 1, () => pan(hand))
      const note = await middleNote(page)
      await measure('drag one', 1.2, () => carry(hand, note))
      await page.keyboard.press('Escape')
      if (wants('drag a hundred')) {
        await zoomTo(page, hand, 0.48)
        await selectHundred(page, hand)
        await measure('drag a hundred', 4, async () => carry(hand, await middleNote(page)))
        await page.keyboard.press('Escape')
      }
      await zoomTo(page, hand, 0.7)
      const door = await knock(board.edit_url)
      if (wants('remote edits')) {
        const editors = await editing(page, door)
        await measure('pan under 200 remote edits a second', 2, () => pan(hand))
        for (const editor of editors) editor.leave()
      }
      if (wants('cursors')) {
        const crowd = await pointing(page, door)
        await measure('pan, 60 in view, 300 remote cursors', 1, () => pan(hand))
        await measure('drag one, 300 remote cursors', 1.2, async () => carry(hand, await middleNote(page)))
        for (const one of crowd) one.leave()
      }
      if (wants('heap')) {
        tell({ name: 'heap', notes, value: await gauge.heap(), aim: 15, unit: 'MB' })
      }
      tell({ name: 'most elements', notes, value: most, aim: 1500, unit: '' })
    })
  })
}

async function begin(visit: (url: string, o: object) => Promise<Page>, board: NewBoard) {
  const page = await visit('about:blank', { viewport: VIEW })
  await page.addInitScript(() => localStorage.setItem('corkboard quiet', 'shown')) // a crowd's pointers hide by themselves
  await page.goto(board.edit_url)
  await introduce(page, 'Ana')
  await expect(new Desk(page).state).toHaveText('Saved')
  const gauge = await Gauge.of(page)
  const hand = new Hand(gauge.session)
  await hand.move({ x: 720, y: 420 })
  return { page, gauge, hand }
}

/** Notes the first frame after which a note was to be seen. */
function watchForNotes(): void {
  const look = (): void => {
    const note = document.querySelector('.pile > .note, #plane > svg, .far-view:not([hidden])')
    if (!note || note.getBoundingClientRect().width === 0) return void requestAnimationFrame(look)
    requestAnimationFrame((now) => ((window as unknown as { firstNote?: number }).firstNote = now))
  }
  requestAnimationFrame(look)
}

const zoomOf = async (page: Page): Promise<number> => (await cameraOf(page)).zoom

/** Zooms with the wheel until it is about this. */
async function zoomTo(page: Page, hand: Hand, zoom: number): Promise<void> {
  for (let i = 0; i < 200; i++) {
    const turns = Math.log(zoom / (await zoomOf(page))) / 0.01
    if (Math.abs(turns) < 2) return
    await hand.wheel(0, -Math.max(-24, Math.min(24, turns)), true)
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)))
  }
}

/** The middle of the note nearest to the middle of the view. */
function middleNote(page: Page): Promise<Point> {
  return page.evaluate(() => {
    const middles = [...document.querySelectorAll('.pile > .note')].map((n) => {
      const r = n.getBoundingClientRect()
      return { x: r.x + r.width / 2, y: r.y + r.height / 2 }
    })
    return middles.sort((a, b) => Math.hypot(a.x - 720, a.y - 420) - Math.hypot(b.x - 720, b.y - 420))[0]!
  })
}

/** Round and round, half a view each way. */
const pan = (hand: Hand): Promise<void> => hand.keep(FOR, (t) => hand.wheel(Math.sin(t * 12) * 30, Math.cos(t * 12) * 30))

/** All the way in, and out again. */
const zoom = (hand: Hand): Promise<void> => hand.keep(FOR, (t) => hand.wheel(0, t < 0.5 ? -ZOOM_TURN : ZOOM_TURN, true))

async function carry(hand: Hand, from: Point): Promise<void> {
  await hand.move(from)
  await hand.press()
  await hand.keep(FOR, (t) => hand.move({ x: from.x + Math.sin(t * 12) * 200, y: from.y + Math.sin(t * 17) * 150 }))
  await hand.move(from)
  await hand.release()
}

/** Pulls a frame around twelve by nine notes, from where four of them leave room. */
async function selectHundred(page: Page, hand: Hand): Promise<void> {
  await hand.keep(500, async () => undefined) // what moved comes to rest
  const gap = await page.evaluate(() => {
    const corners = [...document.querySelectorAll('.pile > .note')].map((n) => n.getBoundingClientRect())
    const free = corners.map((r) => ({ x: r.x - 2, y: r.y - 2 })).filter(({ x, y }) => x > 40 && y > 90 && document.elementFromPoint(x, y)?.id === 'desk')
    return free.sort((a, b) => a.x + a.y - b.x - b.y)[0]!
  })
  await hand.move(gap)
  await hand.press()
  const zoom = await zoomOf(page)
  const to = { x: Math.min(gap.x + 12 * PITCH * zoom, 1420), y: Math.min(gap.y + 9 * PITCH * zoom, 880) }
  await hand.move({ x: gap.x + 50, y: gap.y + 50 })
  await hand.move(to)
  await hand.release()
  const selected = await page.locator('.pile > .note.is-selected').count()
  console.log(`(${selected} selected)`)
  expect(selected, 'selected').toBeGreaterThan(80)
}

/** Where the notes are, those first that have an element. */
function places(page: Page): Promise<{ id: string; x: number; y: number; near: boolean }[]> {
  return page.evaluate(() => [...window.corkboard!.client.view.notes.values()]
    .map(({ id, x, y }) => ({ id, x, y, near: document.getElementById(`n-${id}`) !== null })))
}

/** Two hundred edits a second, half of them in and near the view: moves, colours, and words typed. */
async function editing(page: Page, door: Door): Promise<Stranger[]> {
  const all = await places(page)
  const near = all.filter((place) => place.near)
  const edit = (i: number): Op => {
    const from = i % 2 ? all : near
    const { id: note, x, y } = from[(i * 7919) % from.length]!
    if (i % 10 === 0) return { kind: 'note.text', note, rev: 0, delta: [`${i} `] }
    return { kind: 'note.set', note, set: i % 3 ? { x: x + (i % 50), y: y + (i % 40) } : { color: i % 2 ? 'sky' : 'lime' } }
  }
  let n = 0
  const editors = await Promise.all(Array.from({ length: 10 }, (_, i) => Stranger.join(door, `editor${i}x`.padEnd(20, '0'))))
  for (const editor of editors) editor.often(10, () => editor.edit([edit(n++), edit(n++)]))
  return editors
}

/** Three hundred pointers over what is in view, each moving ten times a second. */
async function pointing(page: Page, door: Door): Promise<Stranger[]> {
  const corner = await cameraOf(page)
  const crowd: Stranger[] = []
  for (let i = 0; i < 300; i++) crowd.push(await Stranger.join(door, `pointer${i}x`.padEnd(20, '0')))
  crowd.forEach((one, i) => {
    let t = i
    one.often(10, () => {
      t += 0.2
      one.point(corner.x + ((Math.sin(t) + 1) / 2) * (VIEW.width / corner.zoom), corner.y + ((Math.cos(t * 1.3) + 1) / 2) * (VIEW.height / corner.zoom))
    })
  })
  await expect.poll(() => page.evaluate(() => window.corkboard!.client.roster.peers.size)).toBeGreaterThanOrEqual(300)
  await expect(page.locator('#cursors canvas')).toBeVisible()
  return crowd
}
