import { afterEach, describe, expect, test } from 'vitest'
import { openForkProof, parseVerifierKey, formatVerifierKey } from '@parley/record'
import { nodeCrypto } from '@parley/record/node'
import { listForks } from '../../packages/server/src/db/forks.ts'
import { createViewForkProof } from '../../packages/server/src/handlers/logs.ts'
import { openRequest, openRequests, standingOf, verdictsOf } from '../../packages/server/test-support/acts.ts'
import { createHostilePeer } from '../../packages/server/test-support/hostile-peer.ts'
import type { HostilePeer } from '../../packages/server/test-support/hostile-peer.ts'
import { onEachStore, sqliteStore } from '../../packages/server/test-support/node-stores.ts'
import type { NodeStore } from '../../packages/server/test-support/node-stores.ts'
import { eventually, foundNodes, opensAll, testPackDigest } from '../../packages/server/test-support/two-nodes.ts'
import type { TestNode, TestNodes } from '../../packages/server/test-support/two-nodes.ts'

let nodes: TestNodes
const hostile: HostilePeer[] = []
afterEach(async () => {
  await Promise.all(hostile.splice(0).map((peer) => peer.close()))
  for (const { failures } of nodes.all) expect(failures).toEqual([])
  await nodes.close()
})

/** Waits for the frozen log, and verifies its proof with nothing but the author's verifier key, as a stranger would. */
async function expectProof(witness: TestNode, origin: string): Promise<void> {
  const { database, registry, shelf, state } = witness.node
  await eventually('the log is frozen', () => state.replicas.get(origin)?.frozen)
  const forks = await eventually('the proof is kept', async () => {
    const found = await listForks(database.reader)
    return found.length > 0 ? found : undefined
  })
  expect(forks.map(({ log }) => log)).toEqual([shelf.numberOf(origin)])
  const key = parseVerifierKey(nodeCrypto, formatVerifierKey(registry.logKey(origin, 1)))
  const proven = await openForkProof(nodeCrypto, forks[0]!.proof, { origin, keys: [key] })
  expect(proven).toBeDefined()
  const view = createViewForkProof(witness.node)
  const { id } = registry.logOf(origin)!
  expect(await view({ params: { log: id }, reaches: () => true } as never)).toMatchObject({ origin, log: id })
}

/** Lets `us` say other things than it said before, as after restoring a backup with its lock and overriding the silence. */
async function forkOurselves(store: NodeStore, first: number, second: number): Promise<[cn: TestNode, us: TestNode]> {
  nodes = await foundNodes({ store })
  const [cn, us] = [nodes.of('cn'), nodes.of('us')]
  await us.stop()
  const backup = await us.backUp()
  await us.start()
  await opensAll(us.node)
  await openRequests(us, nodes.channel, 'cn', first)
  await nodes.settled()
  await us.stop()
  await cn.stop()
  await backup.restore({ lock: true })
  await us.start()
  for (const origin of [us.channelLog, us.governanceLog]) {
    us.node.driver.dispatch({ kind: 'overridden', origin, at: Date.now() })
  }
  await openRequests(us, nodes.channel, 'cn', second)
  await eventually('it is signed', () => {
    const own = us.node.state.own.get(us.channelLog)
    return own?.published?.size === own?.frontier.size
  })
  await cn.start()
  return [cn, us]
}

onEachStore((store) => {
  test('[T-04] [PE6] two histories of one log are proven, and only that log stands still', async () => {
    const [cn, us] = await forkOurselves(store(), 2, 2)
    await expectProof(cn, us.channelLog)
    await eventually('its author knows', () => us.node.state.own.get(us.channelLog)?.phase === 'forked')
    await expect(openRequest(us, nodes.channel, 'cn')).rejects.toMatchObject({
      code: 'log.read-only',
      detail: 'forked',
    })
    // The other logs go on, in both directions.
    const said = await openRequest(cn, nodes.channel, 'us')
    await eventually('it is delivered', async () => (await standingOf(cn, said)) === 'delivered')
    const others = [cn.channelLog, cn.governanceLog, us.governanceLog]
    for (const origin of others) {
      expect(cn.node.state.replicas.get(origin)?.frozen ?? false).toBe(false)
      expect(us.node.state.replicas.get(origin)?.frozen ?? false).toBe(false)
    }
    // Frozen is frozen: a restart on either side changes nothing.
    for (const one of [cn, us]) {
      await one.stop()
      await one.start()
    }
    expect(cn.node.state.replicas.get(us.channelLog)?.frozen).toBe(true)
    await eventually('its author still knows', () => us.node.state.own.get(us.channelLog)?.phase === 'forked')
  })
})

describe('on sqlite', () => {
  test.each([
    { first: 3, second: 1 },
    { first: 1, second: 3 },
    { first: 300, second: 40 },
  ])('[T-04] [PE6] a history of $second entries beside one of $first is proven', async ({ first, second }) => {
    const [cn, us] = await forkOurselves(sqliteStore, first, second)
    await expectProof(cn, us.channelLog)
  })

  test('[T-04] [PE6] two members that were shown different histories prove it to each other when they compare heads', async () => {
    let offset = 0
    nodes = await foundNodes({ parties: ['aa', 'bb', 'cc'], running: ['bb', 'cc'], clock: () => Date.now() + offset })
    const [aa, bb, cc] = [nodes.of('aa'), nodes.of('bb'), nodes.of('cc')]
    const toBb = await createHostilePeer(aa, bb, nodes.channel)
    const toCc = await createHostilePeer(aa, cc, nodes.channel)
    hostile.push(toBb, toCc)
    const common = await toBb.entry({ type: 'agreement.adopted', data: { pack: testPackDigest } })
    toBb.channel.append(common, await toBb.entry({ type: 'agreement.withdrawn', data: {} }))
    toCc.channel.append(common, await toBb.entry({ type: 'agreement.adopted', data: { pack: 'ab'.repeat(32) } }))
    for (const peer of [toBb, toCc]) {
      for (const log of [peer.governance, peer.channel]) expect((await peer.push(await log.frame())).status).toBe(200)
    }
    expect([await verdictsOf(bb, aa.channelLog), await verdictsOf(cc, aa.channelLog)]).toEqual([
      ['valid', 'valid'],
      ['valid', 'valid'],
    ])
    offset += 61_000
    await expectProof(bb, aa.channelLog)
    await expectProof(cc, aa.channelLog)
    expect(bb.node.state.replicas.get(aa.governanceLog)?.frozen).toBe(false)
  })

  test('[T-04] [RD4] what waited in a log before it was frozen is still read, and ends no process', async () => {
    nodes = await foundNodes({ running: ['us'] })
    const [cn, us] = [nodes.of('cn'), nodes.of('us')]
    const peer = await createHostilePeer(cn, us, nodes.channel)
    hostile.push(peer)
    await peer.listen()
    await peer.push(await peer.governance.frame())
    // An entry that has seen a governance head which is not here yet.
    peer.governance.append(await peer.governanceEntry('address.amended', { address: cn.address }))
    const adopted = await peer.entry({ type: 'agreement.adopted', data: { pack: testPackDigest } })
    peer.channel.append(adopted)
    await peer.push(await peer.channel.frame())
    expect(await verdictsOf(us, cn.channelLog)).toEqual(['waiting'])
    const other = peer.channel.fork(0)
    other.append(await peer.entry({ type: 'agreement.withdrawn', data: {} }))
    await peer.push(await other.frame())
    await expectProof(us, cn.channelLog)
    await peer.push(await peer.governance.frame())
    await eventually('it is read', async () => (await verdictsOf(us, cn.channelLog))[0] === 'valid')
    const seen = us.node.reading.position(cn.channelLog)
    await us.stop()
    await us.start()
    expect(us.node.reading.position(cn.channelLog)).toEqual(seen)
  })
})
