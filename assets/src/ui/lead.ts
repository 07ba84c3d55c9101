// While somebody follows me, what I have in sight is told; and to nobody else.

import type { Board } from './board.ts'
import { Rate } from './rate.ts'

const PACE = 200 // ms between two views

export function leading({ client: { roster, presence }, desk }: Board): void {
  let isFollowed = false
  const rate = new Rate(PACE, () => presence.view(isFollowed ? desk.visible : null))
  desk.onMove(() => isFollowed && rate.ask())
  const look = (): void => {
    const was = isFollowed
    isFollowed = [...roster.peers.values()].some((p) => p.following === roster.me)
    if (isFollowed !== was) rate.ask()
  }
  roster.onPeople(look)
  look()
}
