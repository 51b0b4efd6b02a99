// The keyed digests of what a request is about, made of the identifiers that its body names (docs/decisions/0009). Each is made
// once for every other party of the channel, under a key that the two have in common and nobody else has: whoever else asks
// about the same thing has a key in common with us too, so the same digest is in both entries and stands there for all to
// compare, while a guess can be tested by those two alone.

import { createHmac } from 'node:crypto'
import { pairKey, parseRecipient } from '@parley/record/node'
import { listIdentifiers } from '@parley/mechanism'
import type { Identifier } from '@parley/mechanism'
import type { ParleyNode } from '../node.ts'

/** Digests that one entry holds. */
const digestsMax = 16

/** The types whose entries carry such digests. */
const carriers: ReadonlySet<string> = new Set(['request.opened', 'request.supplemented'])

/** The field of a body that names what the request is about. */
const identifyingField = 'identifiers'

type Keys = Pick<ParleyNode, 'keyring' | 'registry'>

interface Said {
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
  readonly body?: { readonly fields?: unknown } | undefined
}

/** The digests for an act that is about to be made, sorted; none for other types. What is said already is left as it is. */
export function deriveMatter(keys: Keys, channel: string, { body, data, type }: Said): readonly string[] {
  if (!carriers.has(type) || data['matter'] !== undefined) return []
  const fields = body?.fields
  const text =
    typeof fields === 'object' && fields !== null ? (fields as Record<string, unknown>)[identifyingField] : ''
  const identifiers = typeof text === 'string' ? listIdentifiers(text) : []
  const digests = listPairKeys(keys, channel, data['to']).flatMap((key) =>
    identifiers.map((identifier) => digestOf(key, identifier)),
  )
  return [...new Set(digests.slice(0, digestsMax))].sort()
}

/** The data with its digests, if there are any. */
export function withMatter<Data extends Readonly<Record<string, unknown>>>(
  keys: Keys,
  channel: string,
  said: Said & { readonly data: Data },
): Data {
  const matter = deriveMatter(keys, channel, said)
  return matter.length === 0 ? said.data : { ...said.data, matter }
}

/** One key for each other party, that of the requested one first: where there is room for few digests it has them. */
function listPairKeys({ keyring, registry }: Keys, channel: string, requested: unknown): readonly Uint8Array[] {
  const others = registry.channel(channel).parties.filter((party) => party !== registry.self)
  const ordered = [...others.filter((party) => party === requested), ...others.filter((party) => party !== requested)]
  return ordered.flatMap((party) => {
    const recipient = parseRecipient(registry.key(party, 'sealing'))
    return pairKey(keyring.sealing, recipient, `parley/matter-key/v1\n${channel}`) ?? []
  })
}

function digestOf(key: Uint8Array, { kind, value }: Identifier): string {
  return createHmac('sha256', key).update(`parley/matter/v1\n${kind}\n${value}`).digest('hex')
}
