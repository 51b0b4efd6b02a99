// The machine's key that is in force: the operator's, until another has taken its place in the governance log.

import { officialId, officialsAt } from '@parley/record'
import type { Crypto, Signer } from '@parley/record'
import type { ParleyNode } from '../node.ts'

type KeyParts = Pick<ParleyNode, 'crypto' | 'keyring' | 'registry'>

/** The machine's key that is in force: the newer one as soon as the governance log names it. */
export function machineSigner({ crypto, keyring, registry }: KeyParts): Signer {
  const { machine, operator } = keyring.signers
  const own = registry.governance(registry.self)
  const inForce = (signer: Signer): boolean => officialsAt(own, own.size).has(machineOfficial(crypto, signer))
  return machine !== undefined && inForce(machine) ? machine : operator
}

export function machineOfficial(crypto: Crypto, signer: Signer): string {
  return officialId(crypto, 'ed25519', signer.publicKey)
}
