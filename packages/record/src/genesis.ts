// The genesis of a channel: which parties speak under which agreement, each pinned by the digest of its founding entry.
// It is handed over with the agreement itself, so nothing about a party is trusted on first use.

import { concatBytes, formatHex, formatUtf8 } from './bytes.ts'
import { formatCanonical, parseCanonical, type CanonicalValue } from './canonical.ts'
import type { Card } from './card.ts'
import type { Crypto } from './crypto.ts'
import { digestForm, partyForm } from './entry.ts'
import { RecordError } from './error.ts'
import { createFieldReader, type FieldReader } from './fields.ts'
import { channelOrigin, governanceOrigin, isChannel, isPrefix } from './origins.ts'

export const genesisVersion = 1
export const partyCountMin = 2
export const partyCountMax = 200
export const genesisBytesMax = 65_536
const genesisDepthMax = 3

export interface GenesisParty {
  readonly party: string
  readonly prefix: string
  /** Hexadecimal digest of the party's founding entry. */
  readonly founded: string
  /** The log public key of that entry, in base64. */
  readonly key: string
}

export interface Genesis {
  readonly v: typeof genesisVersion
  readonly channel: string
  /** The id of the agreement's pack. */
  readonly agreement: string
  /** Sorted by id. */
  readonly parties: readonly GenesisParty[]
}

const read: FieldReader = createFieldReader('genesis.malformed')
const agreementForm = /^[a-z0-9][a-z0-9-]{0,63}$/
const genesisContext = formatUtf8('parley/genesis/v1\n')

function parseParty(value: CanonicalValue): GenesisParty {
  const fields = read.object(value, 'parties', ['party', 'prefix', 'founded', 'key'])
  if (typeof fields.prefix !== 'string' || !isPrefix(fields.prefix)) read.refuse('prefix', 'not an origin prefix')
  return {
    party: read.text(fields.party, 'party', partyForm),
    prefix: fields.prefix,
    founded: read.text(fields.founded, 'founded', digestForm),
    // That it is a sound key is checked where the card is opened, and `checkCard` holds the two together.
    key: read.base64(fields.key, 'key', 32),
  }
}

/**
 * The genesis in its bytes. Each party, prefix, founding and key occurs once.
 *
 * @throws RecordError `json.*` or `bytes.utf8` (not canonical JSON), `genesis.malformed`.
 */
export function parseGenesis(bytes: Uint8Array): Genesis {
  const value = parseCanonical(bytes, { bytesMax: genesisBytesMax, depthMax: genesisDepthMax })
  const fields = read.object(value, 'genesis', ['v', 'channel', 'agreement', 'parties'])
  if (fields.v !== genesisVersion) read.refuse('v', 'not a known version')
  if (typeof fields.channel !== 'string' || !isChannel(fields.channel)) read.refuse('channel', 'not a channel id')
  const agreement = read.text(fields.agreement, 'agreement', agreementForm)
  const parties = read.array(fields.parties, 'parties', partyCountMin, partyCountMax).map(parseParty)
  read.rising(parties, 'parties', (item) => item.party)
  for (const name of ['prefix', 'founded', 'key'] as const) {
    if (new Set(parties.map((item) => item[name])).size !== parties.length) read.refuse(name, 'two parties share it')
  }
  return { v: genesisVersion, channel: fields.channel, agreement, parties }
}

/** The bytes of a genesis. What it writes, `parseGenesis` accepts. @throws RecordError as `parseGenesis`. */
export function formatGenesis(genesis: Genesis): Uint8Array {
  const bytes = formatCanonical(genesis)
  parseGenesis(bytes)
  return bytes
}

/** SHA-256("parley/genesis/v1\n" ‖ the bytes), in hexadecimal: what a party's `channel.joined` names. */
export function genesisDigest(crypto: Crypto, bytes: Uint8Array): string {
  return formatHex(crypto.sha256(concatBytes(genesisContext, bytes)))
}

/**
 * Checks an opened card against the genesis of a channel, and returns the party's line of it.
 *
 * @throws RecordError `genesis.party` unless the genesis names this party with this prefix, founding entry and key.
 */
export function checkCard(genesis: Genesis, card: Card): GenesisParty {
  const named = genesis.parties.find((item) => item.party === card.party)
  if (named === undefined) throw new RecordError('genesis.party', 'the party is not in the genesis')
  if (named.prefix !== card.prefix || named.founded !== card.founded || named.key !== card.keys.log) {
    throw new RecordError('genesis.party', 'the card is not the one that the genesis pins')
  }
  return named
}

/** The origins that an entry of `party` may have seen: the channel's other logs, and every governance log. */
export function listSeenOrigins(genesis: Genesis, party: string): ReadonlySet<string> {
  const others = genesis.parties.filter((item) => item.party !== party)
  return new Set([
    ...others.map((item) => channelOrigin(item.prefix, genesis.channel)),
    ...genesis.parties.map((item) => governanceOrigin(item.prefix)),
  ])
}
