// Two nodes for all tests; most tests put their people on different ones.

import { Node } from './node.ts'

export default async function setup(): Promise<() => Promise<void>> {
  const nodes = await Promise.all([Node.start(), Node.start()])
  process.env['NODE_A'] = nodes[0].url
  process.env['NODE_B'] = nodes[1].url
  return async () => {
    await Promise.all(nodes.map((node) => node.stop()))
  }
}
