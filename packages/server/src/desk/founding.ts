// The founding entry of a party: the first leaf of its governance log and, as a file, its card. Everything that others
// will ever check of this party begins with it.

import {
  approvalMessage,
  entryDigest,
  formatBase64,
  formatEntry,
  formatHex,
  governanceChannel,
  officialId,
  withApprovals,
} from '@parley/record'
import type { Crypto, Draft, OfficialRole, Signer } from '@parley/record'
import { formatRecipient, recipientOf } from '@parley/record/node'
import { X509Certificate } from 'node:crypto'
import type { NodeSettings } from '../home.ts'
import type { Keyring } from '../keys/keyring.ts'
import { pinOf } from '../keys/pin.ts'

/** What the operator's own key may decide until officials are enrolled: everything but the auditor's part. */
const operatorRoles: readonly OfficialRole[] = [
  'administrator',
  'cochair',
  'duty',
  'liaison',
  'operator',
  'policy',
  'releasing',
]

/** The bytes of the founding entry, approved by the operator's key, which it names as the first administrator. */
export async function composeFounding(
  crypto: Crypto,
  settings: NodeSettings,
  keyring: Keyring,
  at: number,
): Promise<Uint8Array> {
  const { signers, transport } = keyring
  const key = (signer: Signer): string => formatBase64(signer.publicKey)
  const operator = {
    official: officialId(crypto, 'ed25519', signers.operator.publicKey),
    algorithm: 'ed25519',
    key: key(signers.operator),
    roles: [...operatorRoles],
  }
  const draft: Draft = {
    v: 1,
    channel: governanceChannel,
    from: settings.party,
    type: 'party.founded',
    at,
    seen: [],
    data: {
      party: settings.party,
      prefix: settings.prefix,
      address: settings.address,
      keys: {
        log: key(signers.log),
        witness: key(signers.witness),
        mirror: key(signers.mirror),
        transport: pinOf(new X509Certificate(transport.certificate), new Date(at)),
        sealing: formatRecipient(recipientOf(keyring.sealing)),
        archive: formatRecipient(recipientOf(keyring.archive)),
      },
      recovery: { threshold: 1, keys: [key(signers.recovery)] },
      next: formatHex(crypto.sha256(signers['next-log'].publicKey)),
      officials: [operator],
    },
  }
  return approve(crypto, draft, signers.operator)
}

/** The bytes of an entry that this one Ed25519 key approves. */
export async function approve(crypto: Crypto, draft: Draft, signer: Signer): Promise<Uint8Array> {
  const signature = await signer.sign(approvalMessage(entryDigest(crypto, draft)))
  const official = officialId(crypto, 'ed25519', signer.publicKey)
  return formatEntry(withApprovals(draft, [{ official, signature: formatBase64(signature) }]))
}
