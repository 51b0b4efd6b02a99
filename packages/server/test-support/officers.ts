// People of a party with official keys of their own, enrolled in its governance log, for tests of release.

import { randomBytes } from 'node:crypto'
import { approvalMessage, formatBase64, officialId } from '@parley/record'
import type { Approval, OfficialRole, Signer } from '@parley/record'
import { generateSigner } from '@parley/record/node'
import { addAccount } from '../src/db/accounts.ts'
import { addOfficial } from '../src/db/officials.ts'
import { recordGovernance } from '../src/desk/govern.ts'
import type { ParleyNode } from '../src/node.ts'

export interface Officer {
  readonly person: string
  readonly official: string
  readonly signer: Signer
  /** Signs the digest of an entry, hexadecimal. */
  approve(digest: string): Promise<Approval>
}

/** Adds an account and enrols a new key of it. */
export async function addOfficer(
  node: ParleyNode,
  name: string,
  roles: readonly OfficialRole[],
  person = randomBytes(16).toString('hex'),
): Promise<Officer> {
  const signer = await generateSigner()
  const official = officialId(node.crypto, 'ed25519', signer.publicKey)
  const enrolment = { official, algorithm: 'ed25519', key: formatBase64(signer.publicKey), roles: [...roles].sort() }
  await recordGovernance(node, 'official.enrolled', enrolment)
  const known = await node.database.reader.selectFrom('accounts').select('id').where('id', '=', person).execute()
  await node.database.writer.commit([
    ...(known.length > 0 ? [] : [addAccount({ id: person, name, state: 'active', created: node.clock() })]),
    addOfficial({ official, account: person, passkey: null, enrolled: node.clock() }),
  ])
  return {
    person,
    official,
    signer,
    approve: async (digest) => ({ official, signature: formatBase64(await signer.sign(approvalMessage(digest))) }),
  }
}
