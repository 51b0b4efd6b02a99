// What the person who verifies brings along: verifier keys, the genesis that was agreed, cards of the parties. Nothing in a
// file is believed on its own word.

import {
  checkCard,
  channelOrigin,
  createVerifierKey,
  formatHex,
  governanceOrigin,
  keyAt,
  openCard,
  parseBase64,
  parseGenesis,
  parseVerifierKey,
} from '@parley/record'
import type { Card, Crypto, Genesis, GovernanceState, VerifierKey } from '@parley/record'

export interface Trust {
  /** Keys of logs and of cosigners. */
  readonly keys: readonly VerifierKey[]
  readonly genesis?: { readonly bytes: Uint8Array; readonly value: Genesis }
  readonly cards: readonly Card[]
}

/** @throws RecordError for what is no key, no genesis or no card, and for a card of another party than the genesis pins. */
export async function openTrust(
  crypto: Crypto,
  keys: readonly string[],
  genesisBytes: Uint8Array | undefined,
  cardFiles: readonly Uint8Array[],
): Promise<Trust> {
  const genesis = genesisBytes === undefined ? undefined : { bytes: genesisBytes, value: parseGenesis(genesisBytes) }
  const cards = await Promise.all(cardFiles.map((bytes) => openCard(crypto, bytes)))
  if (genesis !== undefined) for (const card of cards) checkCard(genesis.value, card)
  const named = keys.map((text) => parseVerifierKey(crypto, text))
  const all = [...named, ...(genesis === undefined ? [] : keysOfGenesis(crypto, genesis.value))]
  for (const { governance, keys: own, prefix } of cards) {
    all.push(createVerifierKey(crypto, 'ed25519', governanceOrigin(prefix), parseBase64(own.log)))
    all.push(...cosignersOf(crypto, governance))
  }
  // The genesis and a card may both name a key, and a key that stands twice would be ambiguous.
  const distinct = new Map(all.map((key) => [`${key.name} ${formatHex(key.publicKey)} ${key.algorithm}`, key]))
  return { keys: [...distinct.values()], ...(genesis === undefined ? {} : { genesis }), cards }
}

/** The log keys as they were founded; what was rotated since needs `--key`. */
function keysOfGenesis(crypto: Crypto, { channel, parties }: Genesis): VerifierKey[] {
  return parties.flatMap(({ key, prefix }) =>
    [governanceOrigin(prefix), channelOrigin(prefix, channel)].map((origin) =>
      createVerifierKey(crypto, 'ed25519', origin, parseBase64(key)),
    ),
  )
}

/** The witness and the mirror key of a party, as they are in force now. */
export function cosignersOf(crypto: Crypto, state: GovernanceState): VerifierKey[] {
  return (['witness', 'mirror'] as const).map((role) => {
    const key = parseBase64(keyAt(state, role, state.size))
    return createVerifierKey(crypto, 'cosignature/v1', `${state.prefix}/${role}`, key)
  })
}
