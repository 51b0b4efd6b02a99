// The key with which the machine itself decides. At its founding a node has nobody else, so the operator's key decides
// everything; as soon as two people can release, another takes its place that releases nothing (docs/decisions/0014).

import { formatBase64, officialsAt } from '@parley/record'
import type { CanonicalObject, OfficialRole } from '@parley/record'
import { listStoredOfficials } from '../db/officials.ts'
import { homePaths } from '../home.ts'
import { makeMachineKey } from '../keys/keyring.ts'
import type { ParleyNode } from '../node.ts'
import { createTurns } from '../turns.ts'
import { recordGovernance } from './govern.ts'
import { machineOfficial } from './machine-signer.ts'

/** What is left to the machine: keeping the governance log, and what commits the party to nothing. */
const machineRoles: readonly OfficialRole[] = ['administrator', 'operator']

/** So many people with a key that may release make the machine's own needless. */
const releasingPeopleMin = 2

const turns = createTurns()

/**
 * Ends the operator's key when people can release without it; resolves to whether it was ended now. What a crash interrupts
 * is finished the next time.
 *
 * @throws ServerError as `recordGovernance`
 */
export function retireOperatorKey(node: ParleyNode): Promise<boolean> {
  return turns.take(async () => {
    const { crypto, database, home, keyring, registry } = node
    const officials = officialsAt(registry.governance(registry.self), registry.governance(registry.self).size)
    const operator = machineOfficial(crypto, keyring.signers.operator)
    if (!officials.has(operator)) return false
    const releasing = (await listStoredOfficials(database.reader)).filter(({ official }) =>
      officials.get(official)?.roles.includes('releasing'),
    )
    if (new Set(releasing.map(({ account }) => account)).size < releasingPeopleMin) return false
    const machine = (keyring.signers.machine ??= await makeMachineKey(homePaths.keys(home.folder)))
    const official = machineOfficial(crypto, machine)
    if (!officials.has(official)) {
      const key = formatBase64(machine.publicKey)
      const enrolment = { official, algorithm: 'ed25519', key, roles: [...machineRoles] }
      await recordGovernance(node, 'official.enrolled', enrolment satisfies CanonicalObject)
    }
    await recordGovernance(node, 'official.revoked', { official: operator })
    return true
  })
}
