// The data of the entries in a governance log: a party's keys, officials, addresses and channels (docs/spec/entry.md). It
// checks forms; whether an entry is allowed where it stands is `governance.ts`.

import { parseBase64 } from './bytes.ts'
import type { CanonicalObject, CanonicalValue } from './canonical.ts'
import { digestForm, officialForm, partyForm, type Entry } from './entry.ts'
import { createFieldReader, type FieldReader } from './fields.ts'
import { parsePublicKey } from './key-enrolment.ts'
import { isChannel, isOrigin, isPrefix } from './origins.ts'
import { p256PointBytes, parseP256Point } from './p256-point.ts'
import type { KeyAlgorithm, RelyingParty } from './webauthn.ts'

export const keyRoles = ['log', 'witness', 'mirror', 'transport', 'sealing', 'archive'] as const
/** What a party's key is for. Each role has one key at a time, and no key ever serves two. */
export type KeyRole = (typeof keyRoles)[number]

export const officialRoles = [
  'administrator',
  'auditor',
  'cochair',
  'duty',
  'liaison',
  'operator',
  'policy',
  'releasing',
] as const
export type OfficialRole = (typeof officialRoles)[number]

export const recoveryKeyCountMax = 16
export const foundingOfficialCountMax = 32
export const governedOriginCountMax = 64
export const relyingPartyIdCountMax = 4

/** An official as an entry enrols one; `official` is the id of the key. */
export interface Enrolment {
  readonly official: string
  readonly algorithm: KeyAlgorithm
  /** Base64 of 32 bytes (`ed25519`) or of 65 (`es256`). */
  readonly key: string
  /** Sorted. */
  readonly roles: readonly OfficialRole[]
}

/** A place in one log. */
export interface OriginSize {
  readonly origin: string
  readonly size: number
}

/** A head of one log; the root is base64. */
export interface Head extends OriginSize {
  readonly root: string
}

export interface PartyFounded {
  readonly party: string
  readonly prefix: string
  /** Where other nodes reach this one, `https://host:port`. */
  readonly address: string
  /** Base64 for `log`, `witness` and `mirror`; hexadecimal SHA-256 of the TLS key for `transport`; else `age1…`. */
  readonly keys: Readonly<Record<KeyRole, string>>
  /** `threshold` of these Ed25519 keys (base64, sorted) stand in for an administrator. */
  readonly recovery: { readonly threshold: number; readonly keys: readonly string[] }
  /** Hexadecimal SHA-256 of the next log public key. */
  readonly next: string
  /** Sorted by id. */
  readonly officials: readonly Enrolment[]
  readonly relyingParty?: RelyingParty
}

export interface KeyRotated {
  readonly role: KeyRole
  readonly key: string
  /** For a log key, and only for it: the commitment to the one after. */
  readonly next?: string
  /** For a log key, and only for it: from which size of each log the new key signs. Sorted by origin. */
  readonly from?: readonly OriginSize[]
}

export interface KeyRevoked {
  readonly role: KeyRole
  readonly key: string
  /** The last heads under the key that the party stands by. Sorted by origin. */
  readonly lastGood: readonly Head[]
}

export interface AddressAmended {
  readonly address: string
  readonly relyingParty?: RelyingParty
}

export type GovernanceAct =
  | { readonly type: 'party.founded'; readonly data: PartyFounded }
  | { readonly type: 'key.rotated'; readonly data: KeyRotated }
  | { readonly type: 'key.revoked'; readonly data: KeyRevoked }
  | { readonly type: 'official.enrolled'; readonly data: Enrolment }
  | { readonly type: 'official.revoked'; readonly data: { readonly official: string } }
  | { readonly type: 'address.amended'; readonly data: AddressAmended }
  | { readonly type: 'channel.joined'; readonly data: { readonly channel: string; readonly genesis: string } }

const governanceTypes: ReadonlySet<string> = new Set<GovernanceAct['type']>([
  'party.founded',
  'key.rotated',
  'key.revoked',
  'official.enrolled',
  'official.revoked',
  'address.amended',
  'channel.joined',
])

/** True for the types of a governance log that this version knows. */
export function isGovernanceType(type: string): type is GovernanceAct['type'] {
  return governanceTypes.has(type)
}

const read: FieldReader = createFieldReader('governance.malformed')

const ageRecipientForm = /^age1[02-9ac-hj-np-z]{58}$/
const addressForm = /^https:\/\/([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(:[1-9][0-9]{0,4})?$/
const relyingPartyIdForm = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/
const webOriginForm = /^https?:\/\/[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[1-9][0-9]{0,4})?$/

function readEd25519(value: CanonicalValue | undefined, where: string): string {
  const text = read.base64(value, where, 32)
  parsePublicKey(parseBase64(text))
  return text
}

function readKey(role: KeyRole, value: CanonicalValue | undefined): string {
  switch (role) {
    case 'log':
    case 'witness':
    case 'mirror':
      return readEd25519(value, role)
    case 'transport':
      return read.text(value, role, digestForm)
    case 'sealing':
    case 'archive':
      return read.text(value, role, ageRecipientForm)
  }
}

function readRelyingParty(value: CanonicalValue | undefined): void {
  const fields = read.object(value, 'relyingParty', ['ids', 'origins'])
  for (const [name, form] of [
    ['ids', relyingPartyIdForm],
    ['origins', webOriginForm],
  ] as const) {
    const items = read.array(fields[name], name, 1, relyingPartyIdCountMax)
    read.rising(
      items.map((item) => read.text(item, name, form)),
      name,
      (item) => item,
    )
  }
}

function readEnrolment(value: CanonicalValue | undefined): Enrolment {
  const fields = read.object(value, 'official', ['official', 'algorithm', 'key', 'roles'])
  read.text(fields.official, 'official', officialForm)
  const algorithm = read.word(fields.algorithm, 'algorithm', ['ed25519', 'es256'])
  if (algorithm === 'ed25519') readEd25519(fields.key, 'key')
  else parseP256Point(parseBase64(read.base64(fields.key, 'key', p256PointBytes)))
  const roles = read.array(fields.roles, 'roles', 1, officialRoles.length)
  read.rising(
    roles.map((role) => read.word(role, 'roles', officialRoles)),
    'roles',
    (role) => role,
  )
  return fields as unknown as Enrolment
}

function readRecovery(value: CanonicalValue | undefined): void {
  const fields = read.object(value, 'recovery', ['threshold', 'keys'])
  const keys = read.array(fields.keys, 'recovery.keys', 0, recoveryKeyCountMax)
  read.rising(
    keys.map((key) => readEd25519(key, 'recovery.keys')),
    'recovery.keys',
    (key) => key,
  )
  // With no keys there is no recovery, and the threshold of nothing is 0.
  read.integer(fields.threshold, 'recovery.threshold', Math.min(1, keys.length), keys.length)
}

function readOrigins(value: CanonicalValue | undefined, where: string, withRoot: boolean): void {
  const items = read.array(value, where, 0, governedOriginCountMax).map((item) => {
    const fields = read.object(item, where, withRoot ? ['origin', 'size', 'root'] : ['origin', 'size'])
    if (typeof fields.origin !== 'string' || !isOrigin(fields.origin)) read.refuse(where, 'not an origin')
    read.integer(fields.size, where, 0, Number.MAX_SAFE_INTEGER)
    if (withRoot) read.base64(fields.root, where, 32)
    return fields as unknown as OriginSize
  })
  read.rising(items, where, (item) => item.origin)
}

function readFounded(data: CanonicalObject): PartyFounded {
  const fields = read.object(
    data,
    'party.founded',
    ['party', 'prefix', 'address', 'keys', 'recovery', 'next', 'officials'],
    ['relyingParty'],
  )
  read.text(fields.party, 'party', partyForm)
  if (typeof fields.prefix !== 'string' || !isPrefix(fields.prefix)) read.refuse('prefix', 'not an origin prefix')
  read.text(fields.address, 'address', addressForm)
  const keys = read.object(fields.keys, 'keys', keyRoles)
  for (const role of keyRoles) readKey(role, keys[role])
  readRecovery(fields.recovery)
  read.text(fields.next, 'next', digestForm)
  const officials = read.array(fields.officials, 'officials', 1, foundingOfficialCountMax).map(readEnrolment)
  read.rising(officials, 'officials', (item) => item.official)
  if (Object.hasOwn(fields, 'relyingParty')) readRelyingParty(fields.relyingParty)
  return fields as unknown as PartyFounded
}

function readRotated(data: CanonicalObject): KeyRotated {
  const forLog = data.role === 'log' ? ['next', 'from'] : []
  const fields = read.object(data, 'key.rotated', ['role', 'key', ...forLog])
  readKey(read.word(fields.role, 'role', keyRoles), fields.key)
  if (fields.role === 'log') {
    read.text(fields.next, 'next', digestForm)
    readOrigins(fields.from, 'from', false)
  }
  return fields as unknown as KeyRotated
}

function readRevoked(data: CanonicalObject): KeyRevoked {
  const fields = read.object(data, 'key.revoked', ['role', 'key', 'lastGood'])
  readKey(read.word(fields.role, 'role', keyRoles), fields.key)
  readOrigins(fields.lastGood, 'lastGood', true)
  return fields as unknown as KeyRevoked
}

function readAmended(data: CanonicalObject): AddressAmended {
  const fields = read.object(data, 'address.amended', ['address'], ['relyingParty'])
  read.text(fields.address, 'address', addressForm)
  if (Object.hasOwn(fields, 'relyingParty')) readRelyingParty(fields.relyingParty)
  return fields as unknown as AddressAmended
}

function readJoined(data: CanonicalObject): { channel: string; genesis: string } {
  const fields = read.object(data, 'channel.joined', ['channel', 'genesis'])
  if (typeof fields.channel !== 'string' || !isChannel(fields.channel)) read.refuse('channel', 'not a channel id')
  return { channel: fields.channel, genesis: read.text(fields.genesis, 'genesis', digestForm) }
}

/**
 * The act in a governance entry. Enrolling a key costs about a millisecond.
 *
 * @throws RecordError `governance.malformed` (an unknown type too), `key.malformed`, `key.weak`.
 */
export function parseGovernanceAct({ type, data }: Pick<Entry, 'type' | 'data'>): GovernanceAct {
  if (!isGovernanceType(type)) return read.refuse('type', 'not of a governance log')
  switch (type) {
    case 'party.founded':
      return { type, data: readFounded(data) }
    case 'key.rotated':
      return { type, data: readRotated(data) }
    case 'key.revoked':
      return { type, data: readRevoked(data) }
    case 'official.enrolled':
      return { type, data: readEnrolment(data) }
    case 'official.revoked': {
      const fields = read.object(data, type, ['official'])
      return { type, data: { official: read.text(fields.official, 'official', officialForm) } }
    }
    case 'address.amended':
      return { type, data: readAmended(data) }
    case 'channel.joined':
      return { type, data: readJoined(data) }
  }
}
