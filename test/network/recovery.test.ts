import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseEntry } from '@parley/record'
import { openStoredBody } from '../../packages/server/src/desk/open-body.ts'
import { agree, openRequest, openRequests, rowsOf, standingOf } from '../../packages/server/test-support/acts.ts'
import { onEachStore } from '../../packages/server/test-support/node-stores.ts'
import { eventually, foundNodes, opensAll } from '../../packages/server/test-support/two-nodes.ts'
import type { TestNode, TestNodes } from '../../packages/server/test-support/two-nodes.ts'

onEachStore((store) => {
  let nodes: TestNodes
  let cn: TestNode
  let us: TestNode
  let channel: string

  beforeEach(async () => {
    nodes = await foundNodes({ store: store() })
    cn = nodes.of('cn')
    us = nodes.of('us')
    channel = nodes.channel
  })
  afterEach(async () => {
    for (const { failures } of nodes.all) expect(failures).toEqual([])
    await nodes.close()
  })

  /** Two heads of one size under different roots, or a proof of any contradiction, are what must never be. */
  async function expectOneHistory(): Promise<void> {
    const { reader } = cn.node.database
    const log = cn.node.shelf.numberOf(us.channelLog)
    const heads = await reader.selectFrom('heads').select(['size', 'root']).where('log', '=', log).execute()
    expect(new Set(heads.map(({ size }) => size)).size).toBe(heads.length)
    expect(heads.length).toBeGreaterThan(0)
    expect(await reader.selectFrom('forks').select('log').execute()).toEqual([])
    const forks = [...cn.alarms, ...us.alarms].filter(({ code }) => code.includes('forked'))
    expect(forks).toEqual([])
  }

  async function growBeyondBackUp(count: number) {
    await us.stop()
    const backup = await us.backUp()
    await us.start()
    await opensAll(us.node)
    const last = await openRequest(us, channel, 'cn', 'the last words')
    await openRequests(us, channel, 'cn', count - 1)
    await nodes.settled()
    const size = us.node.state.own.get(us.channelLog)!.frontier.size
    await us.stop()
    return { backup, last, size }
  }

  test.each([
    { age: 1, lock: false },
    { age: 1, lock: true },
    { age: 60, lock: false },
    { age: 1200, lock: true },
  ])(
    '[T-15] [PE5] a store of $age entries ago (lock put back: $lock) gets its own entries back',
    async ({ age, lock }) => {
      const { backup, last, size } = await growBeyondBackUp(age)
      await backup.restore({ lock })
      await us.start()
      await opensAll(us.node)
      expect(us.alarms.map(({ code }) => code)).toContain('log.recovering')
      expect(us.node.state.own.get(us.channelLog)!.frontier.size).toBe(size)
      // What was said is readable again too, with our own archive key.
      const [row] = await rowsOf(us, us.channelLog, last.position)
      expect(await openStoredBody(us.node, parseEntry(row!.bytes).body!)).toMatchObject({
        state: 'opened',
        content: { texts: [{ text: 'the last words' }] },
      })
      const next = await openRequest(us, channel, 'cn')
      expect(next.position).toBe(size)
      await nodes.settled()
      expect(await standingOf(us, next)).toBe('delivered')
      const [first, second] = await agree([cn.node, us.node], channel)
      expect(second).toEqual(first)
      await expectOneHistory()
    },
  )

  test.each([{ lock: false }, { lock: true }])(
    '[T-15] [PE5] with nobody to ask, an old store (lock put back: $lock) is read and never signed for',
    async ({ lock }) => {
      const { backup, size } = await growBeyondBackUp(5)
      await cn.stop()
      await backup.restore({ lock })
      await us.start()
      await eventually('it has tried', () => us.reports.some(({ what }) => what === 'ask-heads'))
      await expect(openRequest(us, channel, 'cn')).rejects.toMatchObject({ code: 'log.read-only' })
      expect(us.node.state.own.get(us.channelLog)!.frontier.size).toBe(size - 5)
      // Where the lock still knows better, not even two officers can have it signed.
      if (!lock) {
        us.node.driver.dispatch({ kind: 'overridden', origin: us.channelLog, at: Date.now() })
        await expect(openRequest(us, channel, 'cn')).rejects.toMatchObject({ code: 'log.read-only' })
      }
      await cn.start()
      await opensAll(us.node)
      expect(us.node.state.own.get(us.channelLog)!.frontier.size).toBe(size)
      await nodes.settled()
      await expectOneHistory()
    },
  )
})
