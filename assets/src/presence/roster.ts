import type { Peer, PresenceNews } from '../protocol.ts'

// Pointers arrive at most every 33 ms; moving a little behind them hides the
// steps and a late frame.
const smoothing = 120

/** A pointer on its way from where it was shown to where it was last seen. */
interface Track {
  from: [number, number]
  to: [number, number]
  since: number
}

/** Everybody else on the board. */
export class Roster {
  /** This client's own peer id. */
  me = ''
  /** The others, by peer id. A record is replaced when more than its pointer changes. */
  readonly peers = new Map<string, Peer>()
  private readonly tracks = new Map<string, Track>()
  private readonly listeners = new Set<() => void>()
  private readonly peopleListeners = new Set<() => void>()

  constructor(private readonly now: () => number) {}

  /** Calls fn after each change of who is here and what they do; the answer ends that. */
  onChange(fn: () => void): () => void {
    this.listeners.add(fn)
    return () => this.listeners.delete(fn)
  }

  /** Calls fn after each change that is more than a pointer's move: there are few of these. The answer ends that. */
  onPeople(fn: () => void): () => void {
    this.peopleListeners.add(fn)
    return () => this.peopleListeners.delete(fn)
  }

  /** Where a peer's pointer is to be drawn at a time; null when it is elsewhere. */
  at(id: string, now: number): [number, number] | null {
    const track = this.tracks.get(id)
    return track ? placeOn(track, now) : null
  }

  /** Tells whether a peer's pointer is still on its way at a time. */
  isMoving(id: string, now: number): boolean {
    const track = this.tracks.get(id)
    return track !== undefined && now - track.since < smoothing
  }

  /** Starts over with who is here now. */
  reset(me: string, peers: readonly Peer[]): void {
    this.me = me
    this.peers.clear()
    const here = new Set(peers.map((p) => p.id))
    for (const id of [...this.tracks.keys()]) if (!here.has(id)) this.tracks.delete(id)
    for (const peer of peers) this.put(peer)
    this.tell(true)
  }

  /** Takes what has changed. */
  apply(news: PresenceNews): void {
    for (const peer of news.peers ?? []) this.put(peer)
    const now = this.now()
    for (const [id, x, y] of news.cursors ?? []) {
      const peer = this.peers.get(id)
      if (!peer) continue
      peer.cursor = x === undefined || y === undefined ? null : [x, y]
      this.move(id, peer.cursor, now)
    }
    for (const id of news.gone ?? []) {
      this.peers.delete(id)
      this.tracks.delete(id)
    }
    this.tell(news.peers !== undefined || news.gone !== undefined)
  }

  /** Everybody is out of sight: the connection is gone. */
  clear(): void {
    this.peers.clear()
    this.tracks.clear()
    this.tell(true)
  }

  private put(peer: Peer): void {
    if (peer.id === this.me) return
    this.peers.set(peer.id, { ...peer, selection: peer.selection ?? [] })
    this.move(peer.id, peer.cursor, this.now())
  }

  /** Hundreds of pointers move ten times a second: nothing is made anew for one that is known. */
  private move(id: string, to: [number, number] | null, now: number): void {
    const track = this.tracks.get(id)
    if (to === null) {
      this.tracks.delete(id)
    } else if (!track) {
      this.tracks.set(id, { from: to, to, since: now })
    } else if (track.to[0] !== to[0] || track.to[1] !== to[1]) {
      track.from = placeOn(track, now)
      track.to = to
      track.since = now
    }
  }

  private tell(people: boolean): void {
    if (people) for (const fn of this.peopleListeners) fn()
    for (const fn of this.listeners) fn()
  }
}

function placeOn({ from, to, since }: Track, now: number): [number, number] {
  const share = Math.min(1, Math.max(0, (now - since) / smoothing))
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
}
