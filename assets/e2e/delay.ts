// A long wire: a proxy that lets every byte wait before it passes it on, in
// both directions. (The browser's own throttling leaves sockets alone.)

import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

export class Wire {
  private readonly sockets = new Set<Socket>()
  private readonly server: Server

  private constructor(to: number, delay: number) {
    this.server = createServer((near) => {
      const far = connect(to, '127.0.0.1')
      this.lay(near, far, delay)
      this.lay(far, near, delay)
    })
  }

  /** Listens on one port and passes on to another. */
  static async lay(port: number, to: number, delay: number): Promise<Wire> {
    const wire = new Wire(to, delay)
    wire.server.listen(port, '127.0.0.1')
    await once(wire.server, 'listening')
    return wire
  }

  private lay(from: Socket, to: Socket, delay: number): void {
    this.sockets.add(from)
    from.setNoDelay(true)
    // Timers of one length run out in the order in which they were set.
    from.on('data', (data) => void setTimeout(() => to.writable && to.write(data), delay))
    from.on('end', () => void setTimeout(() => to.end(), delay))
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
