import { afterEach, expect, test } from 'vitest'
import { parseEntry } from '@parley/record'
import type { CarriedReceipt } from '@parley/record'
import { nodeCrypto } from '@parley/record/node'
import { checkStore } from '../../packages/server/src/desk/fsck.ts'
import { recordAct } from '../../packages/server/src/desk/act.ts'
import { clocksOf } from '../../packages/server/src/handlers/request-row.ts'
import { readSubject } from '../../packages/server/src/handlers/subject-acts.ts'
import type { ParleyNode } from '../../packages/server/src/node.ts'
import { agree, openRequest, rowsOf, verdictsOf } from '../../packages/server/test-support/acts.ts'
import { onEachStore } from '../../packages/server/test-support/node-stores.ts'
import { eventually, foundNodes } from '../../packages/server/test-support/two-nodes.ts'
import type { TestNode, TestNodes } from '../../packages/server/test-support/two-nodes.ts'

const day = 86_400_000
/** A Monday morning in both capitals. */
const start = Date.UTC(2026, 2, 2, 1)

onEachStore((store) => {
  let nodes: TestNodes
  /** By how much the nodes' clocks were moved on; besides, they run. */
  let moved = 0
  afterEach(async () => {
    for (const { failures } of nodes.all) expect(failures).toEqual([])
    await nodes.close()
  })

  async function found(): Promise<[cn: TestNode, us: TestNode, channel: string]> {
    moved = 0
    const began = Date.now()
    nodes = await foundNodes({ store: store(), clock: () => start + moved + (Date.now() - began) })
    return [nodes.of('cn'), nodes.of('us'), nodes.channel]
  }

  /** The clocks of the party that is asked, by name, as a node computes them now. */
  async function statesOf(node: ParleyNode, channel: string, id: string): Promise<Record<string, string>> {
    const { acts, agreement } = await readSubject(node, channel, id)
    const clocks = clocksOf(node, { channel, id, acts, agreement })
    return Object.fromEntries(clocks.map(({ state, what }) => [what, state]))
  }

  async function receiptIn(one: TestNode, origin: string, position: number): Promise<CarriedReceipt | undefined> {
    const [row] = await rowsOf(one, origin, position, position + 1)
    return parseEntry(row!.bytes).data['receipt'] as CarriedReceipt | undefined
  }

  test('[CL11] [DK11] a party whose people do nothing is overdue on both sides, by what its node cosigned', async () => {
    const [cn, us, channel] = await found()
    const { digest: id } = await openRequest(us, channel, 'cn')
    await nodes.settled()
    moved += 120 * day
    expect(await statesOf(us.node, channel, id)).toMatchObject({ triage: 'disputed' })

    const chased = await recordAct(us.node, channel, { type: 'request.chased', subject: id, data: {} })
    await nodes.settled()
    expect(await receiptIn(cn, us.channelLog, chased.position)).toMatchObject({ party: 'cn' })
    for (const { node } of [us, cn]) {
      expect(await statesOf(node, channel, id)).toMatchObject({ triage: 'overdue', 'final-answer': 'overdue' })
    }
    const [first, second] = await agree([us.node, cn.node], channel)
    expect(second).toEqual(first)
    // What is proven once is not said again, but for the chaser itself.
    const again = await recordAct(us.node, channel, { type: 'request.chased', subject: id, data: {} })
    expect(await receiptIn(us, us.channelLog, again.position)).toMatchObject({ size: chased.position + 1 })
    await nodes.settled()
    await us.stop()
    // Whoever reads the logs anew from their bytes alone comes to the same.
    expect((await checkStore(us.home, { crypto: nodeCrypto })).differences).toEqual([])
  })

  test('[CL11] [DK11] the clock of a silent party is due before it is overdue, alike on both sides', async () => {
    const [cn, us, channel] = await found()
    const { digest: id } = await openRequest(us, channel, 'cn')
    await nodes.settled()
    await recordAct(us.node, channel, { type: 'request.chased', subject: id, data: {} })
    await nodes.settled()
    const met: string[] = []
    for (let hours = 1; hours <= 24 * 12; hours += 2) {
      moved = hours * 3_600_000
      const [ours, theirs] = await Promise.all([us, cn].map(({ node }) => statesOf(node, channel, id)))
      expect(theirs).toEqual(ours)
      if (met.at(-1) !== ours!['triage']) met.push(ours!['triage']!)
    }
    expect(met).toEqual(['in-time', 'due', 'overdue'])
  })

  test('[CL11] [DK11] a node that cannot be reached any more stays bound by the receipt it gave', async () => {
    const [cn, us, channel] = await found()
    const { digest: id } = await openRequest(us, channel, 'cn')
    await nodes.settled()
    await cn.stop()
    moved += 40 * day
    await recordAct(us.node, channel, { type: 'request.chased', subject: id, data: {} })
    expect(await statesOf(us.node, channel, id)).toMatchObject({ triage: 'overdue' })
    await cn.start()
    await nodes.settled()
    expect(await statesOf(cn.node, channel, id)).toMatchObject({ triage: 'overdue' })
    const [first, second] = await agree([us.node, cn.node], channel)
    expect(second).toEqual(first)
  })

  test('[DK11] a receipt that was made up is refused by both sides alike', async () => {
    const [cn, us, channel] = await found()
    const { digest: id } = await openRequest(us, channel, 'cn')
    await nodes.settled()
    const { position } = await recordAct(us.node, channel, { type: 'request.chased', subject: id, data: {} })
    const receipt = await receiptIn(us, us.channelLog, position)
    const forged = { ...receipt!, time: receipt!.time - 1 }
    const order = { type: 'request.chased', subject: id, data: { receipt: forged } }
    await expect(recordAct(us.node, channel, order)).rejects.toMatchObject({ detail: 'receipt.signature' })
    await nodes.settled()
    await eventually('all is judged', async () => !(await verdictsOf(cn, us.channelLog)).includes('waiting'))
    expect(await verdictsOf(cn, us.channelLog)).toEqual(await verdictsOf(us, us.channelLog))
  })
})
