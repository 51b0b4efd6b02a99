import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { officialsAt } from '@parley/record'
import { openRequest } from '../../test-support/acts.ts'
import { addOfficer } from '../../test-support/officers.ts'
import { foundNodes } from '../../test-support/two-nodes.ts'
import type { TestNode, TestNodes } from '../../test-support/two-nodes.ts'
import { homePaths } from '../home.ts'
import { recordAct } from './act.ts'
import { retireOperatorKey } from './machine-key.ts'
import { machineOfficial, machineSigner } from './machine-signer.ts'

let nodes: TestNodes
let us: TestNode

beforeAll(async () => {
  nodes = await foundNodes()
  us = nodes.of('us')
})
afterAll(() => nodes.close())

/** The roles of the machine's key in force, and of the operator's if it still is. */
function rolesOf({ node }: TestNode) {
  const { crypto, keyring, registry } = node
  const own = registry.governance(registry.self)
  const officials = officialsAt(own, own.size)
  const roles = (signer: Parameters<typeof machineOfficial>[1]) => officials.get(machineOfficial(crypto, signer))?.roles
  return { machine: roles(machineSigner(node)), operator: roles(keyring.signers.operator) }
}

const hotlineTest = {
  type: 'hotline.raised',
  data: { to: 'cn', level: 'working', reason: 'request-overdue', purpose: 'use' },
}

test('[DK20] [T-17] when two people can release, the machine no longer can', async () => {
  expect(await retireOperatorKey(us.node)).toBe(false)
  const writer = await addOfficer(us.node, 'Liaison desk', ['liaison', 'releasing'])
  // Two keys of one person are one person.
  await addOfficer(us.node, 'Liaison desk', ['releasing'], writer.person)
  expect(await retireOperatorKey(us.node)).toBe(false)
  expect(rolesOf(us).machine).toContain('releasing')
  await expect(openRequest(us, nodes.channel, 'cn')).resolves.toMatchObject({ isNew: true })

  await addOfficer(us.node, 'Releasing desk', ['releasing'])
  expect(await retireOperatorKey(us.node)).toBe(true)
  expect(await retireOperatorKey(us.node)).toBe(false)
  expect(rolesOf(us)).toEqual({ machine: ['administrator', 'operator'], operator: undefined })
  const seed = join(homePaths.keys(us.node.home.folder), 'machine.seed')
  expect((await stat(seed)).mode & 0o777).toBe(0o600)
  await expect(openRequest(us, nodes.channel, 'cn')).rejects.toMatchObject({ code: 'entry.refused' })

  // What the machine is there for, it still does: the governance log, and what commits the party to nothing.
  await addOfficer(us.node, 'Duty desk', ['duty'])
  await expect(recordAct(us.node, nodes.channel, hotlineTest)).resolves.toMatchObject({ isNew: true })
})
