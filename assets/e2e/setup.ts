// Two nodes for all tests; most tests put their people on different ones.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Node } from './node.ts'

export default async function setup(): Promise<() => Promise<void>> {
  const data = mkdtempSync(join(tmpdir(), 'corkboard-'))
  process.env['DATA_DIR'] = data // where all nodes keep pictures
  const nodes = await Promise.all([Node.start(), Node.start()])
  process.env['NODE_A'] = nodes[0].url
  process.env['NODE_B'] = nodes[1].url
  return async () => {
    await Promise.all(nodes.map((node) => node.stop()))
    rmSync(data, { recursive: true, force: true })
  }
}
