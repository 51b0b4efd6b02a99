import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listSubjects } from '../db/subjects.ts'
import { eventually, foundNodes } from '../../test-support/two-nodes.ts'
import type { TestNode, TestNodes } from '../../test-support/two-nodes.ts'
import { createPingSchedule, nextPing } from './ping-schedule.ts'

const dayMilliseconds = 86_400_000
const settings = { everyDays: 10, contact: '24-7' } as const

describe('[PS1] a ping falls due', () => {
  test.each([
    [0, 5],
    [0.5, 10],
    [0.75, 12.5],
  ])('with the chance %d after %d days', (chance, days) => {
    expect(nextPing(1000, settings, chance)).toBe(1000 + days * dayMilliseconds)
  })
})

describe('[PS2] a round', () => {
  let nodes: TestNodes
  let us: TestNode

  beforeAll(async () => {
    nodes = await foundNodes()
    us = nodes.of('us')
  })
  afterAll(() => nodes.close())

  const listPings = () =>
    listSubjects(us.node.database.reader, { channels: [nodes.channel], topic: 'ping', requester: 'us', limit: 10 })

  test('sends what is due, once, and nothing before', async () => {
    const now = Date.now()
    const schedule = createPingSchedule(us.node, settings, () => 0.5)
    expect(await schedule.look(now)).toEqual([])
    expect(await schedule.look(now + 10 * dayMilliseconds - 1)).toEqual([])
    expect(await schedule.look(now + 10 * dayMilliseconds)).toEqual([nodes.channel])
    expect(await schedule.look(now + 10 * dayMilliseconds)).toEqual([])
    const [ping] = await eventually('the ping is read', async () => {
      const pings = await listPings()
      return pings.length > 0 && pings
    })
    expect(ping).toMatchObject({ kind: '24-7', requested: 'cn' })
  })

  test('begins after a restart from the last ping and not from the start', async () => {
    const [last] = await listPings()
    const due = nextPing(last!.openedAt!, settings, 0)
    const schedule = createPingSchedule(us.node, settings, () => 0)
    expect(await schedule.look(due - 1)).toEqual([])
    expect(await schedule.look(due)).toEqual([nodes.channel])
  })
})
