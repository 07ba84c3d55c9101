// Remote people without browsers: sockets that speak just enough of the protocol
// to move pointers and notes. What the server sends them is thrown away unread,
// so that hundreds of them cost little beside what is measured.

import { once } from 'node:events'
import { request as ask } from 'node:http'
import type { Socket } from 'node:net'
import type { Op } from '../src/notes/op.ts'
import { subprotocol } from '../src/protocol.ts'

/** What a member of the crowd needs to come in. */
export interface Door {
  readonly origin: string
  readonly board: string
  readonly cookie: string
  readonly epoch: number
  readonly seq: number
}

/** Opens a board's page through a link as somebody new, and reads from it what a hello says. */
export async function knock(link: string): Promise<Door> {
  const sent = await fetch(link, { redirect: 'manual' })
  const cookie = sent.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ')
  const page = new URL(sent.headers.get('Location') ?? link, link)
  const text = await (await fetch(page, { headers: { Cookie: cookie } })).text()
  const [, epoch, seq] = /"epoch":(\d+),"seq":(\d+)/.exec(text) ?? []
  if (!epoch || !seq) throw new Error(`${page.pathname} is no board's page`)
  return { origin: page.origin, board: page.pathname.split('/').at(-1)!, cookie, epoch: Number(epoch), seq: Number(seq) }
}

export class Stranger {
  private mid = 0
  private timer: NodeJS.Timeout | undefined

  private constructor(
    private readonly socket: Socket,
    private readonly gen: number,
  ) {}

  static async join(door: Door, client: string): Promise<Stranger> {
    const socket = await upgrade(door)
    const welcomed = welcomeGen(socket)
    send(socket, { type: 'hello', board: door.board, client, epoch: door.epoch, seq: door.seq })
    const stranger = new Stranger(socket, await welcomed)
    socket.resume()
    return stranger
  }

  /** Does this so many times a second until it leaves. */
  often(perSecond: number, deed: () => void): void {
    this.timer = setInterval(deed, 1000 / perSecond)
  }

  point(x: number, y: number): void {
    send(this.socket, { type: 'presence', cursor: [Math.round(x), Math.round(y)], selection: [], editing: null })
  }

  edit(ops: readonly Op[]): void {
    send(this.socket, { type: 'ops', gen: this.gen, ops: ops.map((op) => ({ ...op, mid: ++this.mid })) })
  }

  leave(): void {
    clearInterval(this.timer)
    this.socket.destroy()
  }
}

async function upgrade({ origin, cookie }: Door): Promise<Socket> {
  const asked = ask(`${origin}/ws`, {
    headers: {
      Connection: 'Upgrade', Upgrade: 'websocket', Origin: origin, Cookie: cookie,
      'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Protocol': subprotocol,
    },
  })
  asked.end()
  const [, socket, head] = (await once(asked, 'upgrade')) as [unknown, Socket, Buffer]
  socket.on('error', () => undefined) // the server ends before the crowd does
  if (head.length > 0) socket.unshift(head)
  return socket
}

/** The generation, which stands early in the welcome: the first frame. */
async function welcomeGen(socket: Socket): Promise<number> {
  let text = ''
  for (;;) {
    const [chunk] = (await once(socket, 'data')) as [Buffer]
    text += chunk.toString('latin1')
    const gen = /"gen":(\d+)/.exec(text)
    if (gen) return Number(gen[1])
    if (text.length > 10_000) throw new Error(`no welcome: ${text.slice(0, 200)}`)
  }
}

/** One text frame, masked with a key that changes nothing. */
function send(socket: Socket, message: object): void {
  const body = Buffer.from(JSON.stringify(message))
  const head = body.length < 126 ? Buffer.from([0x81, 0x80 | body.length]) : Buffer.from([0x81, 0xfe, body.length >> 8, body.length & 255])
  socket.write(Buffer.concat([head, Buffer.alloc(4), body]))
}
