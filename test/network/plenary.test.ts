import { afterEach, expect, test } from 'vitest'
import { channelOrigin } from '@parley/record'
import { agree, openRequest, openRequests, standingOf } from '../../packages/server/test-support/acts.ts'
import { onEachStore } from '../../packages/server/test-support/node-stores.ts'
import { adoptAll, eventually, foundNodes, opensAll } from '../../packages/server/test-support/two-nodes.ts'
import type { TestNode, TestNodes } from '../../packages/server/test-support/two-nodes.ts'

onEachStore((store) => {
  let nodes: TestNodes
  afterEach(async () => {
    for (const { failures } of nodes.all) expect(failures).toEqual([])
    await nodes.close()
  })

  async function found(): Promise<[aa: TestNode, bb: TestNode, cc: TestNode]> {
    nodes = await foundNodes({ store: store(), parties: ['aa', 'bb', 'cc'] })
    return [nodes.of('aa'), nodes.of('bb'), nodes.of('cc')]
  }

  test('[PE21] three parties speak in the plenary and two of them in a pair, of which the third learns nothing', async () => {
    const [aa, bb, cc] = await found()
    // The pair is joined while everything runs.
    const pair = await nodes.addChannel(['aa', 'bb'])
    await adoptAll([aa, bb], pair)
    const inPlenary = await openRequest(aa, nodes.channel, 'cc')
    const inPair = await openRequest(bb, pair, 'aa')
    await nodes.settled()
    expect([await standingOf(aa, inPlenary), await standingOf(bb, inPair)]).toEqual(['delivered', 'delivered'])
    const cuts = await agree([aa.node, bb.node, cc.node], nodes.channel)
    expect(new Set(cuts.map(({ stateDigest }) => stateDigest)).size).toBe(1)
    const [ofAa, ofBb] = await agree([aa.node, bb.node], pair)
    expect(ofBb).toEqual(ofAa)

    expect(cc.node.registry.channels().map(({ channel }) => channel)).toEqual([nodes.channel])
    const origin = channelOrigin(bb.prefix, pair)
    const { id } = bb.node.registry.logOf(origin)!
    for (const path of [`/logs/${id}/checkpoint`, `/parley/v1/logs/${id}/delivery?start=0`]) {
      const asked = { method: 'GET', path, bytesMax: 10_000 } as const
      const [notShared, notThere] = await Promise.all([
        cc.network.links.request('bb', asked),
        cc.network.links.request('bb', { ...asked, path: path.replace(id, '0'.repeat(64)) }),
      ])
      expect([notShared.status, notShared.body.toString()]).toEqual([404, notThere.body.toString()])
      expect((await aa.network.links.request('bb', asked)).status).toBe(200)
    }
  })

  test('[PE22] what two said while the third was away reaches it in whatever order, and all three agree', async () => {
    const [aa, bb, cc] = await found()
    await cc.stop()
    for (let i = 0; i < 5; i++) {
      // Each has seen what the other said before; cc gets the two logs from two sides.
      await openRequests(aa, nodes.channel, 'bb', 10)
      await eventually('bb has it', () => bb.node.state.replicas.get(aa.channelLog)!.frontier.size === 1 + 10 * (i + 1))
      await openRequests(bb, nodes.channel, 'aa', 10)
      await eventually('aa has it', () => aa.node.state.replicas.get(bb.channelLog)!.frontier.size === 1 + 10 * (i + 1))
    }
    await cc.start()
    await opensAll(cc.node)
    await nodes.settled()
    const cuts = await agree([aa.node, bb.node, cc.node], nodes.channel)
    expect(new Set(cuts.map(({ stateDigest }) => stateDigest)).size).toBe(1)
    const verdicts = await cc.node.database.reader.selectFrom('entries').select('verdict').distinct().execute()
    expect(verdicts).toEqual([{ verdict: 'valid' }])
  })

  test('[PE23] a party that is away holds up only the channels that it is a member of', async () => {
    const [aa, bb, cc] = await found()
    const pair = await nodes.addChannel(['aa', 'bb'])
    await adoptAll([aa, bb], pair)
    await cc.stop()
    await aa.stop()
    await aa.start()
    const inPair = await eventually('the pair is open', () => openRequest(aa, pair, 'bb').catch(() => undefined))
    await eventually('it is delivered', async () => (await standingOf(aa, inPair)) === 'delivered')
    await expect(openRequest(aa, nodes.channel, 'bb')).rejects.toMatchObject({ code: 'log.read-only' })
  })
})
