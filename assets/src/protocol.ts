// What goes over the socket, as docs/protocol.md says it. Every message is one
// text frame of JSON with a "type".

import type { Snapshot } from './notes/document.ts'
import type { Note } from './notes/note.ts'
import type { Event, Op } from './notes/op.ts'

/** The subprotocol's name; it holds the version. */
export const subprotocol = 'corkboard.v1'

/** What one ops frame may hold. */
export const maxFrameOps = 50
export const maxFrameBytes = 64 * 1024

export type Role = 'owner' | 'facilitator' | 'editor' | 'commenter' | 'viewer'

/** Tells whether the role may change the board. */
export function mayEdit(role: Role): boolean {
  return role === 'owner' || role === 'facilitator' || role === 'editor'
}

/** What somebody does on the board. */
export interface Doing {
  cursor: [number, number] | null // board coordinates
  selection: string[]
  editing: string | null
  view?: [x: number, y: number, w: number, h: number] // what they have in sight; told only while somebody follows
  following?: string // the peer whose view they follow
  away?: boolean // nobody looks, or nobody has moved a hand for long
  holding?: boolean // what is selected is in a hand that moves it
}

/** Somebody's presence on the board: one socket, not one user. */
export interface Peer extends Doing {
  id: string
  user: string
  name: string
  color: number // index into the person palette
  role: Role
}

/** An op with the number that its client gave it. */
export type NumberedOp = Op & { mid: number }

/** The answer to an op. */
export type Ack =
  | { mid: number; status: 'ok'; seq: number }
  | { mid: number; status: 'noop' }
  | { mid: number; status: 'retry'; code?: string; reason?: string } // the reason: what holds it up
  | { mid: number; status: 'rejected'; code: string; reason: string; note?: Note }

export interface Hello {
  type: 'hello'
  board: string
  client: string
  epoch: number
  seq: number
  ticket?: string
}

export interface Welcome {
  type: 'welcome'
  epoch: number
  seq: number
  gen: number
  new?: boolean // nothing was known of this client
  ahead?: boolean // we had more of this epoch than there is: a backup was restored
  role: Role
  peer: string
  last_mid: number
  results?: Ack[] // of this client's last mids
  events?: Event[] // either the events since the hello's seq …
  snapshot?: Snapshot // … or the whole document
  roster?: Peer[]
  limits?: { ops: number; frame: number; text: number; notes: number }
  heartbeat?: number // ms
}

/** The client's own presence, always whole. */
export interface OwnPresence extends Doing {
  type: 'presence'
}

/** What changed in everybody's presence. ["id"] alone: that pointer has left. */
export interface PresenceNews {
  type: 'presence'
  peers?: Peer[]
  cursors?: ([string] | [string, number, number])[]
  gone?: string[]
}

export type ClientMessage =
  | Hello
  | { type: 'ops'; gen: number; ops: NumberedOp[] }
  | OwnPresence
  | { type: 'ping' }
  | { type: 'diverged'; seq: number; hash: string }

export interface Pong {
  type: 'pong'
  seq: number
  hash?: string // of the document at seq; few pongs carry it
}

export type ServerMessage =
  | Welcome
  | { type: 'events'; events: Event[] }
  | { type: 'ack'; acks: Ack[] }
  | PresenceNews
  | Pong
  | { type: 'perm'; role: Role }
  | { type: 'drain'; within: number }
  | { type: 'error'; code: string; reason: string }
  | { type: 'resync' }

/** Why a socket was closed, as far as the client acts on it. */
export type CloseClass = 'again' | 'replaced' | 'denied' | 'gone' | 'trashed' | 'outdated' | 'refused' | 'full'

/** The code of a close whose reason says why the board cannot be opened just now. */
export const closeTryLater = 1013

const closeClasses: Record<number, CloseClass> = {
  4100: 'replaced',
  4101: 'denied',
  4102: 'gone',
  4103: 'trashed',
  4104: 'outdated',
  4105: 'refused',
  4106: 'full',
}

/** What a close code asks for; every unknown one asks to come back. */
export function closeClass(code: number): CloseClass {
  return closeClasses[code] ?? 'again'
}
