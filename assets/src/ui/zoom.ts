// Zooming by steps, to 100 %, to everything and to the selection; the buttons
// for it, and where a board is looked at first.

import { say } from '../say.ts'
import { goTo } from './address.ts'
import type { Board } from './board.ts'
import { type Camera, fit, type Inset, zoomAt, zoomStep } from './camera.ts'
import { bounds, holdsRect, type Rect } from './geometry.ts'
import { later } from './later.ts'
import { part } from './page.ts'

export const clear = later(() => import('./clear.ts'))

/** The room that the islands take; the style sheet knows it, and paints the first view by it. */
export function inset(board: Board): Inset {
  const style = getComputedStyle(board.page.board)
  const read = (name: string): number => parseFloat(style.getPropertyValue(name)) || 0
  return { top: read('--above'), side: read('--side'), bottom: read('--below') }
}

/** The room kept when a note is brought into view: it only must not lie under an island. */
export function narrowInset(board: Board): Inset {
  const top = board.spotlight.ids ? 124 : 68 // below the search
  return board.mode === 'embed' ? { top: 16, side: 16, bottom: 16 } : { top, side: 12, bottom: document.body.hasAttribute('data-cramped') ? 16 : 76 }
}

export function zoomBy(board: Board, direction: 1 | -1): void {
  const { desk } = board
  desk.glide(zoomAt(desk.goal, desk.middle(), zoomStep(desk.goal.zoom, direction)))
}

export function zoomTo100(board: Board): void {
  const { desk } = board
  desk.glide(zoomAt(desk.goal, desk.middle(), 1))
}

function zoomToFit(board: Board): Promise<boolean> | void {
  return fitTo(board, board.stage.extent(), 1)
}

export function zoomToSelection(board: Board): Promise<boolean> | void {
  return fitTo(board, bounds(board.stage.places(board.selection.ids).values()), 2)
}

function fitTo(board: Board, area: Rect | null, most: number): Promise<boolean> | void {
  if (area) return clear((c) => c.showAll(board, area, most))
}

export function zooming(board: Board): void {
  part('zoom-in', HTMLElement)?.addEventListener('click', () => zoomBy(board, 1))
  part('zoom-out', HTMLElement)?.addEventListener('click', () => zoomBy(board, -1))
  part('zoom-reset', HTMLElement)?.addEventListener('click', () => zoomTo100(board))
  part('zoom-fit', HTMLElement)?.addEventListener('click', () => zoomToFit(board))
  const steps = { group: 'looking', where: 'anywhere', repeats: true } as const
  const shown = { group: 'looking', where: 'anywhere' } as const
  board.actions.add(
    { ...steps, id: 'zoom.in', title: say('Zoom in'), keys: 'Ctrl++ +', also: say('larger'), run: () => zoomBy(board, 1) },
    { ...steps, id: 'zoom.out', title: say('Zoom out'), keys: 'Ctrl+- -', also: say('smaller'), run: () => zoomBy(board, -1) },
    { group: 'looking', id: 'zoom.wheel', title: say('Zoom at the pointer'), ways: [say('Ctrl+wheel')] },
    { ...steps, id: 'zoom.100', title: say('Zoom to 100 %'), keys: 'Ctrl+0 Shift+0', run: () => zoomTo100(board) },
    { ...shown, id: 'zoom.fit', title: say('Show everything'), keys: 'Shift+1', also: say('zoom fit'),
      enabled: () => board.stage.size > 0, run: () => zoomToFit(board) },
    { ...shown, id: 'zoom.selection', title: say('Show the selection'), keys: 'Shift+2', also: say('zoom fit'),
      enabled: () => board.selection.size > 0, run: () => zoomToSelection(board) },
  )
  showReading(board)
  dimUntilUsed(board)
  if (board.mode === 'embed') return
  goTo(board, location.hash)
  // Where one was may have been written over it already.
  window.addEventListener('hashchange', (e) => goTo(board, new URL(e.newURL).hash))
}

/** The zoom in words, on the button that resets it. */
function showReading(board: Board): void {
  const reading = part('zoom-reset', HTMLElement)
  const show = (): void => {
    const words = `${Math.round(board.desk.camera.zoom * 100)} %`
    if (reading && reading.textContent !== words) reading.textContent = words
  }
  board.desk.onMove(() => board.frame.ask('overlay', show))
  board.frame.ask('overlay', show)
}

/** The zoom's island is clear while the zoom changes. */
function dimUntilUsed(board: Board): void {
  const island = part('zoom', HTMLElement)
  let zoom = board.desk.camera.zoom
  let timer = 0
  board.desk.onMove(() => {
    if (board.desk.camera.zoom === zoom) return
    zoom = board.desk.camera.zoom
    clearTimeout(timer)
    island?.classList.add('is-used')
    timer = window.setTimeout(() => island?.classList.remove('is-used'), 1500)
  })
}

export let firstCamera: Camera

/** Looks from where the page was painted, if that was a place that somebody chose, else where everything can be seen. */
export function firstLook(board: Board): void {
  const { desk, stage, page } = board
  const extent = stage.extent()
  const isChosen = page.board.style.getPropertyValue('--look-zoom') !== ''
  if (!isChosen && extent && !holdsRect(desk.visible, extent)) desk.look(fit(extent, desk.size, inset(board)))
  firstCamera = desk.camera
}
