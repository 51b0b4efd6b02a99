import { afterEach, expect, test } from 'vitest'
import { formatVerifierKey } from '@parley/record'
import { openRequests } from '../../packages/server/test-support/acts.ts'
import { foundNodes } from '../../packages/server/test-support/two-nodes.ts'
import type { TestNodes } from '../../packages/server/test-support/two-nodes.ts'
import { readLog } from './rfc6962-client.ts'
import type { Fetch } from './rfc6962-client.ts'

let nodes: TestNodes
afterEach(() => nodes.close())

test('[LG8] a client that knows only the specifications reads and verifies a log, its own side’s and the replica', async () => {
  nodes = await foundNodes()
  const [cn, us] = [nodes.of('cn'), nodes.of('us')]
  await openRequests(us, nodes.channel, 'cn', 600)
  await nodes.settled()
  const get =
    (asker: typeof cn, asked: string): Fetch =>
    (path) =>
      asker.network.links.request(asked, { method: 'GET', path, bytesMax: 5_000_000 })
  const { id } = us.node.registry.logOf(us.channelLog)!
  const key = formatVerifierKey(us.node.registry.logKey(us.channelLog, 1))
  // From its author, and from the party that holds a copy.
  for (const fetch of [get(cn, 'us'), get(us, 'cn')]) {
    const log = await readLog(fetch, `/logs/${id}`, key)
    expect(log).toMatchObject({ origin: us.channelLog, size: 601 })
    expect(log.signers).toEqual(expect.arrayContaining([us.channelLog, 'cn.parley.example/mirror']))
    const first = JSON.parse(log.entries[0]!.toString()) as { from: string; type: string }
    expect(first).toMatchObject({ from: 'us', type: 'agreement.adopted' })
  }
  const missing = [
    'tile/0/003',
    'tile/0/002.p/255',
    'tile/entries/003',
    'tile/2/000.p/1',
    'tile/1/000.p/3',
    'tile/0/x000',
  ]
  for (const path of missing) expect((await get(cn, 'us')(`/logs/${id}/${path}`)).status, path).toBe(404)
  // Whatever was once a partial tile is still served.
  expect((await get(cn, 'us')(`/logs/${id}/tile/0/002.p/7`)).status).toBe(200)
})
