import type { Role } from '@parley/api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { foundNodes } from '../../test-support/two-nodes.ts'
import type { TestNodes } from '../../test-support/two-nodes.ts'
import { createAppendAct } from './acts.ts'

let nodes: TestNodes
beforeAll(async () => {
  nodes = await foundNodes()
}, 60_000)
afterAll(() => nodes.close())

const raising = { to: 'cn', level: 'working', reason: 'request-overdue', purpose: 'use' }

/** Records as a person with one role, held in that channel or for the whole node. */
async function append(role: Role, type: string, data: object, held: string | null = null): Promise<unknown> {
  const account = { id: 'a'.repeat(32), grants: [{ role, channel: held }] }
  const caller = { kind: 'session', account }
  return createAppendAct(nodes.of('us').node)({
    params: { channel: nodes.channel },
    body: { type, data },
    caller,
  } as never)
}

describe('[RL12] a person alone', () => {
  test.each<Role>(['duty', 'liaison', 'cochair'])('raises a call on the hotline as %s', async (role) => {
    expect(await append(role, 'hotline.raised', raising)).toMatchObject({ verdict: 'valid' })
  })

  test('does not open a request, whatever the role', async () => {
    await expect(append('releasing', 'request.opened', {})).rejects.toMatchObject({ code: 'act.not-approved' })
  })

  test('does nothing in a role that the type does not demand, or that they hold elsewhere', async () => {
    const ping = { to: 'cn', contact: 'operational' }
    await expect(append('cochair', 'ping.sent', ping)).rejects.toMatchObject({ code: 'act.not-approved' })
    await expect(append('duty', 'hotline.raised', raising, 'cd'.repeat(16))).rejects.toMatchObject({
      code: 'act.not-approved',
    })
  })
})
