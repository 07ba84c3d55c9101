// What one did oneself, told to who cannot see it: how many notes are selected,
// how far the view is zoomed. And how much of what others do is read out.

import { plural, say } from '../say.ts'
import type { News } from './announce.ts'
import type { Board } from './board.ts'

export const NEWS: readonly News[] = ['all', 'mine', 'off']
const KEPT = 'corkboard news'
const REST = 500 // ms without a change, after which it is told
const BY_KEYS = 1000 // ms since a press of a key or button, in which a zoom was meant

export function telling(board: Board): void {
  board.announcer.news = recall()
  tellSelection(board)
  tellZoom(board)
  for (const news of NEWS) {
    board.actions.add({
      id: `news.${news}`, title: newsTitles()[news], group: 'board', also: say('screen reader announcements'),
      enabled: () => board.announcer.news !== news,
      run: () => {
        hear(board, news)
        board.announcer.now(newsTitles()[news])
      },
    })
  }
}

/** So much is read out from now on: this device remembers. */
export function hear({ announcer }: Board, news: News): void {
  announcer.news = news
  try {
    localStorage.setItem(KEPT, news)
  } catch {
    // Storage is off: it holds until the page is left.
  }
}

function recall(): News {
  try {
    const kept = localStorage.getItem(KEPT)
    return NEWS.find((news) => news === kept) ?? 'all'
  } catch {
    return 'all'
  }
}

/** The ways in which others' news can be read out. */
export function newsTitles(): Record<News, string> {
  return {
    all: say('Read out all that others do'),
    mine: say('Read out only what concerns me'),
    off: say('Read out nothing that others do'),
  }
}

/** A deed that says itself what it did, "3 notes pasted", is not talked over. */
export function tellSelection({ selection, announcer }: Pick<Board, 'selection' | 'announcer'>): void {
  let timer = 0
  selection.onChange((now, before) => {
    clearTimeout(timer)
    if (now.size < 2 && before.size < 2) return
    const { told } = announcer
    timer = window.setTimeout(() => {
      if (announcer.told === told) announcer.now(plural(now.size, '{n} note selected', '{n} notes selected'))
    }, REST)
  })
}

function tellZoom({ desk, announcer }: Board): void {
  let [pressed, timer, told] = [-Infinity, 0, desk.camera.zoom]
  for (const press of ['keydown', 'click']) document.addEventListener(press, () => (pressed = performance.now()), true)
  desk.onMove(() => {
    const { zoom } = desk.camera
    if (zoom === told || performance.now() - pressed > BY_KEYS) return
    clearTimeout(timer)
    timer = window.setTimeout(() => {
      told = desk.camera.zoom
      // Who went to a note has been told which: that must not be cut short by how large it is.
      if (announcer.told < pressed) announcer.now(say('Zoom {n} %', { n: Math.round(told * 100) }))
    }, REST)
  })
}
