// Where the person looks, kept in the page's address, so that it can be sent to
// somebody, and on this device, so that they come back to it. Links to places
// and notes.

import { say } from '../say.ts'
import { type Place, placeOf } from './address.ts'
import type { Board } from './board.ts'
import type { Camera } from './camera.ts'

const REST = 400 // ms without a move, after which a place is where one is
const KEPT = 'corkboard places' // views/firstlook.templ reads it
const MOST = 50 // boards whose place this device remembers

type KeptPlace = readonly [board: string, ...Place]

export function keepingPlace(board: Board, first: Camera): void {
  const { desk } = board
  let timer = 0
  let last = 0 // when the view moved
  const keep = (): void => {
    timer = 0
    const place = placeOf(desk.camera, desk.size)
    rewrite(`#${place.join(',')}`)
    remember([board.id, ...place])
  }
  const wait = (ms: number): void => {
    timer = window.setTimeout(() => {
      const rest = last + REST - performance.now()
      if (rest > 0) wait(rest)
      else keep()
    }, ms)
  }
  const soon = (): void => {
    last = performance.now()
    if (!timer) wait(REST) // one timer for many moves: setting it anew at each costs more than the move
  }
  desk.onMove(soon)
  if (desk.camera !== first) soon()
  window.addEventListener('pagehide', () => timer && keep())
  linking(board)
}

/** The address is changed in place: a walk over the board is no trail of pages. */
function rewrite(hash: string): void {
  try {
    if (location.hash !== hash) history.replaceState(history.state, '', hash)
  } catch {
    // Some browsers count how often an address changes, and refuse at some point.
  }
}

function remember(place: KeptPlace): void {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? '[]') as KeptPlace[]
    const rest = kept.filter(([id]) => id !== place[0])
    localStorage.setItem(KEPT, JSON.stringify([place, ...rest].slice(0, MOST)))
  } catch {
    // Storage is off: the next visit begins with everything in view.
  }
}

function linking(board: Board): void {
  const note = (): string | undefined => board.selection.only
  const shared = { group: 'looking', also: say('share url address') } as const
  board.actions.add(
    { ...shared, id: 'link.place', title: say('Copy link to this place'), run: () => void copy(board, placeOf(board.desk.camera, board.desk.size).join(',')) },
    { ...shared, id: 'link.note', title: say('Copy link to this note'), enabled: () => note() !== undefined, run: () => void copy(board, `note=${note()}`) },
  )
}

async function copy(board: Board, hash: string): Promise<void> {
  const link = new URL(`#${hash}`, location.href).href
  try {
    await navigator.clipboard.writeText(link)
    board.toasts.show(say('Link copied. It works for who may open this board.'), { key: 'link' })
  } catch {
    // No permission, or no secure address.
    rewrite(`#${hash}`)
    board.toasts.show(say('The link stands in the address bar. Copy it there.'), { key: 'link' })
  }
}
