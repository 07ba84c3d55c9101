// A wire between browsers and nodes: a proxy that lets every byte wait before it
// passes it on, leads to another node from some time on, or swallows all that its
// open connections carry. (The browser's own throttling leaves sockets alone.)

import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

export class Wire {
  private readonly sockets = new Set<Socket>()
  private readonly server: Server
  private readonly swallowed = new WeakSet<Socket>()

  private constructor(
    private to: number,
    private readonly delay: number,
  ) {
    this.server = createServer((near) => {
      const far = connect(this.to, '127.0.0.1')
      this.lay(near, far)
      this.lay(far, near)
    })
  }

  /** New connections go to another port. */
  leadTo(port: number): void {
    this.to = port
  }

  /** What is connected now stays so, and hears nothing any more. */
  swallow(): void {
    for (const socket of this.sockets) this.swallowed.add(socket)
  }

  /** Listens on one port and passes on to another. */
  static async lay(port: number, to: number, delay = 0): Promise<Wire> {
    const wire = new Wire(to, delay)
    wire.server.listen(port, '127.0.0.1')
    await once(wire.server, 'listening')
    return wire
  }

  private lay(from: Socket, to: Socket): void {
    const later = (pass: () => void): void => void setTimeout(() => this.swallowed.has(from) || pass(), this.delay)
    this.sockets.add(from)
    from.setNoDelay(true)
    // Timers of one length run out in the order in which they were set.
    from.on('data', (data) => later(() => to.writable && to.write(data)))
    from.on('end', () => later(() => to.end()))
    from.on('error', () => to.destroy())
    from.on('close', () => this.sockets.delete(from))
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close')
    this.server.close()
    this.sockets.forEach((s) => s.destroy())
    await closed
  }
}
