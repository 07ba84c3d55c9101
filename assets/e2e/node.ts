// The real program as a child process.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'

const PROGRAM = process.env['CORKBOARD'] || fileURLToPath(new URL('../../bin/corkboard', import.meta.url))
const PATIENCE = 30_000 // ms until a node must answer

const running = new Set<ChildProcess>()
process.on('exit', () => running.forEach((p) => p.kill('SIGKILL')))

/** A port that was free just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** One running server. Several share what is stored. */
export class Node {
  private log = ''

  private constructor(
    private readonly process: ChildProcess,
    readonly port: number,
    /** The origin that its pages and links name. */
    readonly url: string,
  ) {
    running.add(process)
    process.on('exit', () => running.delete(process))
    for (const out of [process.stdout, process.stderr]) {
      out?.on('data', (data: Buffer) => (this.log = (this.log + data.toString()).slice(-20_000)))
    }
  }

  /** Starts a server and waits until it can work. */
  static async start({ port, url }: { port?: number; url?: string } = {}): Promise<Node> {
    const [database, redis] = [process.env['TEST_DATABASE_URL'], process.env['TEST_REDIS_URL']]
    if (!database || !redis) throw new Error('TEST_DATABASE_URL and TEST_REDIS_URL are not set: run `make test-e2e`.')
    if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is not built: run \`make test-e2e\`, which builds it.`)
    port ??= await freePort()
    url ??= `http://127.0.0.1:${port}`
    const child = spawn(PROGRAM, ['serve'], {
      env: {
        ...process.env,
        ADDR: `127.0.0.1:${port}`,
        PUBLIC_URL: url,
        DATABASE_URL: database,
        REDIS_URL: redis,
        LOG_LEVEL: 'info',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const node = new Node(child, port, url)
    await node.ready()
    return node
  }

  private async ready(): Promise<void> {
    const end = Date.now() + PATIENCE
    while (Date.now() < end && this.process.exitCode === null) {
      const answer = await fetch(`http://127.0.0.1:${this.port}/readyz`).catch(() => null)
      if (answer?.ok) return
      await new Promise((done) => setTimeout(done, 20)) // readiness gives no other sign
    }
    await this.kill()
    throw new Error(`the server did not become ready:\n${this.log}`)
  }

  /** Ends it as a deploy does. */
  async stop(): Promise<void> {
    await this.end('SIGTERM')
  }

  /** Ends it as a power cut does. */
  async kill(): Promise<void> {
    await this.end('SIGKILL')
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return
    const gone = once(this.process, 'exit')
    this.process.kill(signal)
    await gone
  }
}
