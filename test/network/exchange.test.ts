import { afterEach, expect, test } from 'vitest'
import { parseEntry } from '@parley/record'
import { recordAct } from '../../packages/server/src/desk/act.ts'
import { openStoredBody } from '../../packages/server/src/desk/open-body.ts'
import { agree, openRequest, openRequests, rowsOf, standingOf } from '../../packages/server/test-support/acts.ts'
import { onEachStore } from '../../packages/server/test-support/node-stores.ts'
import { eventually, foundNodes, opensAll } from '../../packages/server/test-support/two-nodes.ts'
import type { TestNode, TestNodes } from '../../packages/server/test-support/two-nodes.ts'

const awayEntries = 2000

onEachStore((store) => {
  let nodes: TestNodes
  afterEach(async () => {
    for (const { failures } of nodes.all) expect(failures).toEqual([])
    await nodes.close()
  })

  async function found(): Promise<[cn: TestNode, us: TestNode, channel: string]> {
    nodes = await foundNodes({ store: store() })
    return [nodes.of('cn'), nodes.of('us'), nodes.channel]
  }

  test('[PE1] a request and its answer travel, and end in receipts and in one state on both sides', async () => {
    const [cn, us, channel] = await found()
    const asked = await openRequest(us, channel, 'cn', 'Who used this address?')
    expect(await standingOf(us, asked)).toMatch(/recorded|published|delivered/)
    await nodes.settled()
    expect(await standingOf(us, asked)).toBe('delivered')

    const subject = asked.digest
    await recordAct(cn.node, channel, { type: 'request.acknowledged', subject, data: {} })
    const [row] = await rowsOf(cn, us.channelLog, asked.position)
    const body = await openStoredBody(cn.node, parseEntry(row!.bytes).body!)
    expect(body).toMatchObject({ state: 'opened', content: { texts: [{ text: 'Who used this address?' }] } })
    await nodes.settled()

    const [first, second] = await agree([cn.node, us.node], channel)
    expect(second).toEqual(first)
    expect(first!.cut.logs.map(({ size }) => size)).toEqual([2, 2, 2, 2].map((_, i) => first!.cut.logs[i]!.size))
  })

  test('[PE2] a node that was away catches up with thousands of entries, and its silence lost nothing', async () => {
    const [cn, us, channel] = await found()
    await cn.stop()
    await openRequests(us, channel, 'cn', awayEntries)
    await cn.start()
    await nodes.settled()
    const size = us.node.state.own.get(us.channelLog)!.frontier.size
    expect(cn.node.state.replicas.get(us.channelLog)!.frontier.size).toBe(size)
    expect(size).toBeGreaterThan(awayEntries)
    const [first, second] = await agree([cn.node, us.node], channel)
    expect(second).toEqual(first)
  })

  test('[PE3] either node starts again where it was', async () => {
    const [cn, us, channel] = await found()
    for (const one of [us, cn]) {
      const before = await openRequest(us, channel, 'cn')
      await one.stop()
      await one.start()
      await opensAll(one.node)
      const after = await openRequest(us, channel, 'cn')
      await nodes.settled()
      expect([await standingOf(us, before), await standingOf(us, after)]).toEqual(['delivered', 'delivered'])
    }
    const [first, second] = await agree([cn.node, us.node], channel)
    expect(second).toEqual(first)
  })

  test('[PE4] [T-15] while the other side cannot be heard a started node only reads, until it answers', async () => {
    const [cn, us, channel] = await found()
    await cn.stop()
    await us.stop()
    await us.start()
    await expect(openRequest(us, channel, 'cn')).rejects.toMatchObject({ code: 'log.read-only', detail: 'asking' })
    await cn.start()
    await opensAll(us.node)
    const asked = await openRequest(us, channel, 'cn')
    await nodes.settled()
    expect(await standingOf(us, asked)).toBe('delivered')
  })

  test('[PE4] [T-15] officers may open a log whose member is silent', async () => {
    const [cn, us, channel] = await found()
    await cn.stop()
    await us.stop()
    await us.start()
    for (const origin of [us.channelLog, us.governanceLog]) {
      us.node.driver.dispatch({ kind: 'overridden', origin, at: Date.now() })
    }
    const asked = await openRequest(us, channel, 'cn')
    await eventually('it is published', async () => (await standingOf(us, asked)) === 'published')
    await cn.start()
    await nodes.settled()
    expect(await standingOf(us, asked)).toBe('delivered')
  })
})
