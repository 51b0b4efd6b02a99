import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SubjectState } from '@parley/mechanism'
import { readSubjects } from '../db/subjects.ts'
import { eventually, foundNodes } from '../../test-support/two-nodes.ts'
import type { TestNode, TestNodes } from '../../test-support/two-nodes.ts'
import { recordAct } from './act.ts'
import { createLadderWatch } from './ladder-watch.ts'

const minuteMilliseconds = 60_000
/** The rungs of the default ladder at working level. */
const dutyMinutes = 15
const headMinutes = 45

let nodes: TestNodes
let us: TestNode
let cn: TestNode
let channel: string

beforeAll(async () => {
  nodes = await foundNodes()
  us = nodes.of('us')
  cn = nodes.of('cn')
  channel = nodes.channel
})
afterAll(async () => {
  expect(us.failures).toEqual([])
  await nodes.close()
})

const later = (minutes: number): number => Date.now() + minutes * minuteMilliseconds

async function raise(level = 'working'): Promise<string> {
  const data = { to: 'cn', level, reason: 'request-overdue', purpose: 'use' }
  const { digest } = await recordAct(us.node, channel, { type: 'hotline.raised', data })
  await stateAt(us, digest, () => true)
  return digest
}

type CallState = Extract<SubjectState, { topic: 'hotline' }>['state']

function stateAt(one: TestNode, call: string, wanted: (state: CallState) => boolean): Promise<CallState> {
  return eventually('the call is as wanted', async () => {
    const [row] = await readSubjects(one.node.database.reader, channel, [call])
    const state = row === undefined ? undefined : (JSON.parse(row.state) as { state: CallState }).state
    return state !== undefined && wanted(state) && state
  })
}

const standDown = (call: string) =>
  recordAct(us.node, channel, { type: 'hotline.closed', subject: call, data: { outcome: 'settled' } })

test('[HW1] a rung whose time has passed is told of once, and again when the call has rung anew', async () => {
  const call = await raise()
  const watch = createLadderWatch(us.node, { climbs: false })
  expect(await watch.look(later(dutyMinutes - 1))).toEqual([])
  expect(await watch.look(later(dutyMinutes + 1))).toEqual([{ channel, call }])
  expect(await watch.look(later(dutyMinutes + 2))).toEqual([])
  const data = { rung: 'duty-officer' }
  await recordAct(us.node, channel, { type: 'hotline.rung', subject: call, data })
  await stateAt(us, call, ({ attempts }) => attempts.length === 2)
  expect(await watch.look(later(dutyMinutes + 1))).toEqual([{ channel, call }])
  await standDown(call)
  await stateAt(us, call, ({ status }) => status === 'stood-down')
})

describe('[HW2] where the settings say so', () => {
  test('the node records the silence and rings the next rung', async () => {
    const call = await raise()
    const watch = createLadderWatch(us.node, { climbs: true })
    await watch.look(later(dutyMinutes + 1))
    const state = await stateAt(us, call, ({ rung }) => rung === 'head-of-unit')
    expect(state.attempts.map(({ type }) => type)).toEqual([
      'hotline.raised',
      'hotline.unanswered',
      'hotline.escalated',
    ])
    expect(await watch.look(later(headMinutes - 1))).toEqual([])
    await standDown(call)
    await stateAt(us, call, ({ status }) => status === 'stood-down')
  })

  test('at the top of the ladder it records the silence only', async () => {
    const call = await raise('leadership')
    await recordAct(us.node, channel, {
      type: 'hotline.escalated',
      subject: call,
      data: { rung: 'minister', ground: 'gravity' },
    })
    await stateAt(us, call, ({ rung }) => rung === 'minister')
    const watch = createLadderWatch(us.node, { climbs: true })
    await watch.look(later(2401))
    const state = await stateAt(us, call, ({ status }) => status === 'unanswered')
    expect(state.rung).toBe('minister')
    expect(await watch.look(later(5000))).toEqual([])
    await standDown(call)
    await stateAt(us, call, ({ status }) => status === 'stood-down')
  })
})

test('[HW3] nothing is done about a call that was taken, nor about one that the other side raised', async () => {
  const call = await raise()
  await stateAt(cn, call, () => true)
  const watched = createLadderWatch(cn.node, { climbs: true })
  expect(await watched.look(later(dutyMinutes + 1))).toEqual([])
  await recordAct(cn.node, channel, { type: 'hotline.taken', subject: call, data: { position: 'head' } })
  await stateAt(us, call, ({ status }) => status === 'taken')
  expect(await createLadderWatch(us.node, { climbs: true }).look(later(dutyMinutes + 1))).toEqual([])
})
