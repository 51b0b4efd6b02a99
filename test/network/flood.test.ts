import { monitorEventLoopDelay } from 'node:perf_hooks'
import { randomBytes } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { formatDelivery } from '@parley/record'
import { recordAct } from '../../packages/server/src/desk/act.ts'
import { standingOf, verdictsOf } from '../../packages/server/test-support/acts.ts'
import { createHostilePeer } from '../../packages/server/test-support/hostile-peer.ts'
import type { HostilePeer } from '../../packages/server/test-support/hostile-peer.ts'
import { eventually, foundNodes, opensAll, testPackDigest } from '../../packages/server/test-support/two-nodes.ts'
import type { TestNode, TestNodes } from '../../packages/server/test-support/two-nodes.ts'

let nodes: TestNodes
let mallory: HostilePeer
afterEach(async () => {
  await mallory.close()
  for (const { failures } of nodes.all) expect(failures).toEqual([])
  await nodes.close()
})

/** `aa` is hostile, `bb` and `cc` are honest and mind their own business. */
async function found(): Promise<[aa: TestNode, bb: TestNode, cc: TestNode]> {
  nodes = await foundNodes({ parties: ['aa', 'bb', 'cc'], running: ['bb', 'cc'] })
  const [aa, bb, cc] = [nodes.of('aa'), nodes.of('bb'), nodes.of('cc')]
  mallory = await createHostilePeer(aa, bb, nodes.channel)
  await mallory.listen()
  await mallory.push(await mallory.governance.frame())
  await Promise.all([bb, cc].map(({ node }) => opensAll(node)))
  return [aa, bb, cc]
}

let turn = 0
/** How long it takes `from` to say something and have it delivered to `to`, in milliseconds. */
async function deliver(from: TestNode, to: TestNode): Promise<number> {
  const started = performance.now()
  const data = { pack: (turn++ % 2 === 0 ? 'ab' : 'cd').repeat(32) }
  const { origin, position } = await recordAct(from.node, nodes.channel, { type: 'agreement.adopted', data })
  const receipted = () => from.node.state.peers.get(to.party)!.progress.get(origin)!.receipted
  await eventually('it is delivered', () => receipted() > position)
  return performance.now() - started
}

async function measure(from: TestNode, to: TestNode, count: number): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < count; i++) times.push(await deliver(from, to))
  return times.sort((a, b) => a - b)[Math.floor(count * 0.9)]!
}

test('[T-03] [RD5] ten thousand leaves that are no entries stop neither what comes after them nor anybody else', async () => {
  const [aa, bb, cc] = await found()
  const junk = 10_000
  for (let i = 0; i < junk; i++) mallory.channel.append(new Uint8Array(randomBytes(1 + (i % 200))))
  mallory.channel.append(await mallory.entry({ type: 'agreement.adopted', data: { pack: testPackDigest } }))
  const before = await measure(cc, bb, 5)
  let pushing = true
  const pushed = (async () => {
    for (let from = 0; from <= junk; from += 1000) {
      const frame = await mallory.channel.frame({ from, end: Math.min(from + 1000, junk + 1) })
      expect((await mallory.push(frame)).status).toBe(200)
    }
    pushing = false
  })()
  const times: number[] = []
  while (pushing) times.push(await deliver(cc, bb))
  await pushed
  expect(Math.max(...times)).toBeLessThan(Math.max(20 * before, 2000))
  await eventually('all is read', () => bb.node.reading.position(aa.channelLog).judged === junk + 1)
  expect(await verdictsOf(bb, aa.channelLog, junk - 1)).toEqual([expect.stringMatching(/^(?:bytes|json)\./), 'valid'])
})

test('[T-07] [PE17] a flood of deliveries that must be refused costs the others little, and us no room', async () => {
  const [, bb, cc] = await found()
  const { reader } = bb.node.database
  const frame = await mallory.governance.frame()
  // The head under a signature that is not quite one.
  const head = await mallory.governance.head()
  const delivery = {
    ...(await mallory.governance.delivery()),
    head: head.with(head.length - 20, head[head.length - 20]! ^ 1),
  }
  const bad = formatDelivery(delivery)
  const large = new Uint8Array(8 * 1024 * 1024).fill(0x61)
  large.set(frame.subarray(0, 60))
  const count = async (): Promise<number> =>
    Number(
      (await reader
        .selectFrom('entries')
        .select(({ fn }) => fn.countAll().as('n'))
        .executeTakeFirst())!.n,
    )
  await measure(cc, bb, 10)
  const before = await measure(cc, bb, 10)
  const entries = await count()
  bb.reports.length = 0
  // Once so that what is only warming up is not counted.
  for (let i = 0; i < 4; i++) await mallory.push(large)
  globalThis.gc?.()
  const rss = process.memoryUsage().rss
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  let flooding = true
  let sent = 0
  const statuses = new Map<number, number>()
  const flood = async (bytes: Uint8Array): Promise<void> => {
    while (flooding) {
      const { status } = await mallory.push(bytes).catch(() => ({ status: 0 }))
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      sent += 1
    }
  }
  const floods = [bad, bad, bad, large].map(flood)
  const during = await measure(cc, bb, 30)
  flooding = false
  await Promise.all(floods)
  delay.disable()
  expect(sent).toBeGreaterThan(10)
  expect([...statuses.keys()].every((status) => status === 422 || status === 429 || status === 0)).toBe(true)
  expect(during).toBeLessThan(Math.max(4 * before, 250))
  expect(process.memoryUsage().rss - rss).toBeLessThan(100_000_000)
  expect(await count()).toBe(entries + 30)
  // It is said once that she is refused, and not each time.
  expect(bb.reports.length).toBeLessThan(10)
  expect(await standingOf(cc, { origin: cc.channelLog, position: 0 } as never)).toBe('published')
})
