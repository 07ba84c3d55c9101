// A board without a product: papers with words, an element for each in and near
// the view, one transform that pans and zooms them, one for what is dragged. No
// interface, no text that is fitted, nothing kept or sent. What it costs in the
// same browser in the same minute is what a board's cost is compared with.

import type { Page } from '@playwright/test'

export interface Paper {
  readonly text: string
  readonly x: number
  readonly y: number
}

const SIDE = 200 // board units

/** Lays the papers on an empty page, seen from there. */
export async function layBare(page: Page, papers: readonly Paper[], camera: { x: number; y: number; zoom: number }): Promise<void> {
  await page.setContent(`<!doctype html><style>
    body { margin: 0; overflow: hidden }
    #desk { position: fixed; inset: 0; overflow: hidden }
    #plane { position: absolute; transform-origin: 0 0; will-change: transform }
    .paper { position: absolute; box-sizing: border-box; width: ${SIDE}px; height: ${SIDE}px; padding: 16px;
      font: 20px/1.3 sans-serif; background: #fde68a; border-radius: 2px; box-shadow: 0 2px 6px #0003 }
  </style><div id="desk"><div id="plane"></div></div>`)
  await page.evaluate(run, { papers, camera, side: SIDE })
}

function run({ papers, camera, side }: { papers: readonly Paper[]; camera: { x: number; y: number; zoom: number }; side: number }): void {
  const plane = document.getElementById('plane')!
  const tile = 1000 // board units: so much of the board is looked through at a time
  const tiles = new Map<string, Paper[]>()
  for (const paper of papers) {
    const key = `${Math.floor(paper.x / tile)},${Math.floor(paper.y / tile)}`
    tiles.set(key, [...(tiles.get(key) ?? []), paper])
  }
  const shown = new Map<Paper, HTMLElement>()
  const margin = 400
  let window: { x: number; y: number; right: number; bottom: number } | null = null
  let held: { element: HTMLElement; fromX: number; fromY: number; x: number; y: number } | null = null
  let asked = false

  const cull = (): void => {
    const { x, y, zoom } = camera
    const [right, bottom] = [x + innerWidth / zoom, y + innerHeight / zoom]
    const near = margin / 2 / zoom
    if (window && window.x < x - near && window.y < y - near && window.right > right + near && window.bottom > bottom + near) return
    const far = margin / zoom
    window = { x: x - far, y: y - far, right: right + far, bottom: bottom + far }
    const isInside = (paper: Paper): boolean =>
      paper.x < window!.right && paper.y < window!.bottom && paper.x + side > window!.x && paper.y + side > window!.y
    for (const [paper, element] of shown) {
      if (isInside(paper)) continue
      element.remove()
      shown.delete(paper)
    }
    for (let i = Math.floor((window.x - side) / tile); i * tile < window.right; i++) {
      for (let j = Math.floor((window.y - side) / tile); j * tile < window.bottom; j++) {
        for (const paper of tiles.get(`${i},${j}`) ?? []) if (isInside(paper) && !shown.has(paper)) show(paper)
      }
    }
  }
  const show = (paper: Paper): void => {
    const element = document.createElement('div')
    element.className = 'paper'
    element.textContent = paper.text
    element.style.translate = `${paper.x}px ${paper.y}px`
    plane.append(element)
    shown.set(paper, element)
  }
  const draw = (): void => {
    asked = false
    if (held) held.element.style.transform = `translate3d(${(held.x - held.fromX) / camera.zoom}px, ${(held.y - held.fromY) / camera.zoom}px, 0)`
    else plane.style.transform = `translate3d(${Math.round(-camera.x * camera.zoom)}px, ${Math.round(-camera.y * camera.zoom)}px, 0) scale(${camera.zoom})`
    cull()
  }
  const ask = (): void => {
    if (!asked) requestAnimationFrame(draw)
    asked = true
  }
  addEventListener('wheel', (e) => {
    e.preventDefault()
    const zoom = e.ctrlKey ? Math.min(4, Math.max(0.05, camera.zoom * Math.exp(-e.deltaY * 0.01))) : camera.zoom
    camera.x += e.ctrlKey ? e.clientX / camera.zoom - e.clientX / zoom : e.deltaX / zoom
    camera.y += e.ctrlKey ? e.clientY / camera.zoom - e.clientY / zoom : e.deltaY / zoom
    camera.zoom = zoom
    ask()
  }, { passive: false })
  addEventListener('pointerdown', (e) => {
    const element = (e.target as Element).closest<HTMLElement>('.paper')
    if (element) held = { element, fromX: e.clientX, fromY: e.clientY, x: e.clientX, y: e.clientY }
  })
  addEventListener('pointermove', (e) => {
    if (!held) return
    ;[held.x, held.y] = [e.clientX, e.clientY]
    ask()
  })
  addEventListener('pointerup', () => (held = null))
  draw()
}
