// The state that a party's governance log makes: which key, official, address and channel held at which size of that log.
// Pure and immutable; "now" does not exist here, so what was once signed stays checkable. Who approved an entry was
// verified before it comes here.

import { officialId, type Official } from './approval.ts'
import { formatHex, parseBase64 } from './bytes.ts'
import type { Crypto } from './crypto.ts'
import { entryDigest, type Entry } from './entry.ts'
import { RecordError, type RecordErrorCode } from './error.ts'
import {
  keyRoles,
  parseGovernanceAct,
  type Enrolment,
  type GovernanceAct,
  type Head,
  type KeyRevoked,
  type KeyRole,
  type KeyRotated,
  type OriginSize,
  type PartyFounded,
} from './governance-data.ts'
import { channelOrigin, governanceChannel, governanceOrigin, parseOrigin } from './origins.ts'
import type { RelyingParty } from './webauthn.ts'

/** In force at the sizes of the governance log from `from` up to, and not at, `to`. */
export interface Tenure {
  readonly from: number
  readonly to?: number
}

export interface KeyTenure extends Tenure {
  readonly role: KeyRole
  readonly key: string
  /** For a log key: from which size of each log it signs; 0 for a log that is not named. */
  readonly signsFrom: readonly OriginSize[]
  /** Once revoked: the last heads under it that stand. */
  readonly lastGood?: readonly Head[]
}

export type OfficialTenure = Enrolment & Tenure

export interface AddressTenure extends Tenure {
  readonly address: string
  readonly relyingParty?: RelyingParty
}

export interface ChannelTenure extends Tenure {
  readonly channel: string
  /** Hexadecimal digest of the channel's genesis. */
  readonly genesis: string
}

export interface GovernanceState {
  readonly party: string
  readonly prefix: string
  /** Digest of the founding entry: what a genesis pins. */
  readonly founded: string
  /** How many entries of the log are in this state, those without effect included. */
  readonly size: number
  /** Hexadecimal SHA-256 of the next log public key. */
  readonly next: string
  readonly recovery: PartyFounded['recovery']
  readonly keys: readonly KeyTenure[]
  readonly officials: readonly OfficialTenure[]
  readonly addresses: readonly AddressTenure[]
  readonly channels: readonly ChannelTenure[]
}

function refuse(code: RecordErrorCode, message: string): never {
  throw new RecordError(code, message)
}

function holdsAt(tenure: Tenure, size: number): boolean {
  return tenure.from <= size && (tenure.to === undefined || size < tenure.to)
}

function verifyEnrolment(crypto: Crypto, enrolment: Enrolment): void {
  if (officialId(crypto, enrolment.algorithm, parseBase64(enrolment.key)) !== enrolment.official) {
    refuse('governance.official', 'the id of an official is not that of the key')
  }
}

/** No key ever serves twice: not in another role, not for a person, not again after it was revoked. */
function verifyFresh(keys: readonly string[]): void {
  if (new Set(keys).size !== keys.length) refuse('governance.key', 'a key has served before')
}

function listUsedKeys(state: GovernanceState): string[] {
  return [...state.keys, ...state.officials].map((tenure) => tenure.key).concat(state.recovery.keys)
}

function found(crypto: Crypto, data: PartyFounded, entry: Entry): GovernanceState {
  if (data.party !== entry.from) refuse('governance.malformed', 'a party is founded by another')
  const keys = keyRoles.map((role) => ({ role, key: data.keys[role], from: 1, signsFrom: [] }))
  const officials = data.officials.map((enrolment) => ({ ...enrolment, from: 1 }))
  for (const official of officials) verifyEnrolment(crypto, official)
  if (!officials.some((official) => official.roles.includes('administrator'))) {
    refuse('governance.official', 'a party is founded without an administrator')
  }
  const state: GovernanceState = {
    party: data.party,
    prefix: data.prefix,
    founded: entryDigest(crypto, entry),
    size: 1,
    next: data.next,
    recovery: data.recovery,
    keys,
    officials,
    addresses: [createAddress(data, 1)],
    channels: [],
  }
  verifyFresh(listUsedKeys(state))
  return state
}

function createAddress(data: Pick<PartyFounded, 'address' | 'relyingParty'>, from: number): AddressTenure {
  const { address, relyingParty } = data
  return relyingParty === undefined ? { address, from } : { address, relyingParty, from }
}

/** The list of a rotation, completed and held to what was signed before: no size of a log may be under two keys. */
function verifySignsFrom(state: GovernanceState, named: readonly OriginSize[], after: number): readonly OriginSize[] {
  const own = governanceOrigin(state.prefix)
  const sizes = new Map(named.map((item) => [item.origin, item.size]))
  if (!sizes.has(own)) sizes.set(own, after)
  const before = state.keys.flatMap((tenure) => tenure.signsFrom)
  const joined = state.channels.map((item) => ({ origin: channelOrigin(state.prefix, item.channel), size: 0 }))
  for (const { origin, size } of [...before, ...joined, { origin: own, size: after }]) {
    const from = sizes.get(origin)
    if (from === undefined) refuse('governance.order', 'a rotation does not say from which size of each log it signs')
    if (from < size) refuse('governance.order', 'a rotation reaches back before the one before it')
  }
  for (const origin of sizes.keys()) {
    if (parseOrigin(origin).prefix !== state.prefix)
      refuse('governance.key', 'a rotation names the log of another party')
  }
  return [...sizes].map(([origin, size]) => ({ origin, size }))
}

function rotate(crypto: Crypto, state: GovernanceState, data: KeyRotated, after: number): GovernanceState {
  verifyFresh([...listUsedKeys(state), data.key])
  // What is lost with the old key must not be enough to name the new one.
  if (data.role === 'log' && formatHex(crypto.sha256(parseBase64(data.key))) !== state.next) {
    refuse('governance.key', 'the new log key is not the one that was committed to')
  }
  const signsFrom = data.role === 'log' ? verifySignsFrom(state, data.from ?? [], after) : []
  const keys = state.keys.map((tenure) =>
    tenure.role === data.role && tenure.to === undefined ? { ...tenure, to: after } : tenure,
  )
  return {
    ...state,
    next: data.next ?? state.next,
    keys: [...keys, { role: data.role, key: data.key, from: after, signsFrom }],
  }
}

function revokeKey(state: GovernanceState, data: KeyRevoked, after: number): GovernanceState {
  const revoked = state.keys.find((tenure) => tenure.role === data.role && tenure.key === data.key)
  if (revoked === undefined) refuse('governance.key', 'a key is revoked that the party never had in this role')
  if (revoked.lastGood !== undefined) refuse('governance.key', 'a key is revoked twice')
  const ended = { ...revoked, to: revoked.to ?? after, lastGood: data.lastGood }
  return { ...state, keys: state.keys.map((tenure) => (tenure === revoked ? ended : tenure)) }
}

function enrol(crypto: Crypto, state: GovernanceState, data: Enrolment, after: number): GovernanceState {
  verifyEnrolment(crypto, data)
  verifyFresh([...listUsedKeys(state), data.key])
  return { ...state, officials: [...state.officials, { ...data, from: after }] }
}

function revokeOfficial(state: GovernanceState, official: string, after: number): GovernanceState {
  const revoked = state.officials.find((tenure) => tenure.official === official && tenure.to === undefined)
  if (revoked === undefined) refuse('governance.official', 'an official is revoked who is not in force')
  const officials = state.officials.map((tenure) => (tenure === revoked ? { ...tenure, to: after } : tenure))
  if (!officials.some((tenure) => tenure.to === undefined && tenure.roles.includes('administrator'))) {
    refuse('governance.official', 'the last administrator is revoked')
  }
  return { ...state, officials }
}

function join(state: GovernanceState, data: { channel: string; genesis: string }, after: number): GovernanceState {
  if (state.channels.some((tenure) => tenure.channel === data.channel)) {
    refuse('governance.order', 'a channel is joined twice')
  }
  return { ...state, channels: [...state.channels, { ...data, from: after }] }
}

function amend(
  state: GovernanceState,
  data: Pick<PartyFounded, 'address' | 'relyingParty'>,
  after: number,
): GovernanceState {
  const last = state.addresses.at(-1)!
  // An address alone leaves the relying party as it was: passkeys are bound to it.
  const amended = createAddress({ ...(last.relyingParty && { relyingParty: last.relyingParty }), ...data }, after)
  return { ...state, addresses: [...state.addresses.slice(0, -1), { ...last, to: after }, amended] }
}

function change(crypto: Crypto, state: GovernanceState, act: GovernanceAct, after: number): GovernanceState {
  switch (act.type) {
    case 'party.founded':
      return refuse('governance.order', 'a party is founded once, at index 0')
    case 'key.rotated':
      return rotate(crypto, state, act.data, after)
    case 'key.revoked':
      return revokeKey(state, act.data, after)
    case 'official.enrolled':
      return enrol(crypto, state, act.data, after)
    case 'official.revoked':
      return revokeOfficial(state, act.data.official, after)
    case 'address.amended':
      return amend(state, act.data, after)
    case 'channel.joined':
      return join(state, act.data, after)
  }
}

/**
 * The state after the entry at `index` of a governance log; `state` is undefined for the founding entry, at index 0. The
 * caller must have verified the entry's approvals.
 *
 * @throws RecordError `governance.malformed` (an unknown type too), `governance.order`, `governance.key`,
 *   `governance.official`, `entry.channel`, `entry.from`, `key.malformed`, `key.weak`.
 */
export function applyGovernance(
  crypto: Crypto,
  state: GovernanceState | undefined,
  entry: Entry,
  index: number,
): GovernanceState {
  if (entry.channel !== governanceChannel) refuse('entry.channel', 'the entry is not of a governance log')
  if (index !== (state?.size ?? 0)) refuse('governance.order', 'the entry is not the next one of its log')
  const act = parseGovernanceAct(entry)
  if (state === undefined) {
    if (act.type !== 'party.founded') refuse('governance.order', 'a governance log starts with party.founded')
    return found(crypto, act.data, entry)
  }
  if (entry.from !== state.party) refuse('entry.from', 'the entry is by another party')
  return { ...change(crypto, state, act, index + 1), size: index + 1 }
}

/** The state after an entry that has no effect, because it is invalid or of an unknown type. */
export function passGovernance(state: GovernanceState): GovernanceState {
  return { ...state, size: state.size + 1 }
}

/**
 * The state after the first entries of a governance log, all valid. The caller must have verified their approvals.
 *
 * @throws RecordError as `applyGovernance`; `governance.order` when there is no entry.
 */
export function governanceState(crypto: Crypto, entries: readonly Entry[]): GovernanceState {
  let state: GovernanceState | undefined
  for (const [index, entry] of entries.entries()) state = applyGovernance(crypto, state, entry, index)
  return state ?? refuse('governance.order', 'a governance log is empty')
}

/** Reading beyond what is applied would be a guess. */
function verifySize(state: GovernanceState, size: number): void {
  if (!Number.isSafeInteger(size) || size < 1 || size > state.size) {
    refuse('governance.order', 'the governance log is not known at that size')
  }
}

/**
 * A party's key in a role, as its entries spell it, as of a size of its governance log.
 *
 * @throws RecordError `governance.key` when none is in force, `governance.order` for a size that is not applied.
 */
export function keyAt(state: GovernanceState, role: KeyRole, size: number): string {
  verifySize(state, size)
  const held = state.keys.find((tenure) => tenure.role === role && holdsAt(tenure, size))
  return held?.key ?? refuse('governance.key', `no ${role} key is in force`)
}

function toOfficial({ official, algorithm, key, roles }: OfficialTenure): Official {
  return { official, algorithm, key, roles }
}

/**
 * The official with that id, if in force as of a size of the governance log.
 *
 * @throws RecordError `governance.order` for a size that is not applied.
 */
export function officialAt(state: GovernanceState, official: string, size: number): Official | undefined {
  return officialsAt(state, size).get(official)
}

/** The last answer of `officialsAt` for each state: of many entries in a row most ask for the same size. */
const lastOfficials = new WeakMap<GovernanceState, { readonly size: number; readonly officials: OfficialsById }>()

type OfficialsById = ReadonlyMap<string, Official>

/** Everybody in force as of a size of the governance log, by id. @throws RecordError `governance.order`. */
export function officialsAt(state: GovernanceState, size: number): OfficialsById {
  verifySize(state, size)
  const last = lastOfficials.get(state)
  if (last?.size === size) return last.officials
  const held = state.officials.filter((tenure) => holdsAt(tenure, size))
  const officials = new Map(held.map((tenure) => [tenure.official, toOfficial(tenure)]))
  lastOfficials.set(state, { size, officials })
  return officials
}

/** Where the party is reached. @throws RecordError `governance.order`. */
export function addressAt(state: GovernanceState, size: number): AddressTenure {
  verifySize(state, size)
  return state.addresses.find((tenure) => holdsAt(tenure, size))!
}

const noRelyingParty: RelyingParty = { ids: [], origins: [] }

/**
 * Where the party's officials use passkeys: nowhere, for a party that never said. That it is in the record makes a verdict
 * on an assertion the same for everybody.
 *
 * @throws RecordError `governance.order` for a size that is not applied.
 */
export function relyingPartyAt(state: GovernanceState, size: number): RelyingParty {
  return addressAt(state, size).relyingParty ?? noRelyingParty
}

/**
 * The Ed25519 public key that signs the head of one of the party's logs at a size of *that* log. Over a head that brings
 * new governance entries, apply those first: a rotation may be what explains its signature.
 *
 * @throws RecordError `governance.key` when no key signs there: the log of another party, or a head after the last good
 *   one of a revoked key.
 */
export function logKeyAt(state: GovernanceState, origin: string, size: number): Uint8Array {
  if (parseOrigin(origin).prefix !== state.prefix) refuse('governance.key', 'the log is of another party')
  const signs = state.keys.findLast((tenure) => {
    if (tenure.role !== 'log') return false
    return (tenure.signsFrom.find((item) => item.origin === origin)?.size ?? 0) <= size
  })
  if (signs === undefined) refuse('governance.key', 'no log key signs there')
  const good = signs.lastGood?.find((item) => item.origin === origin)
  if (signs.lastGood !== undefined && (good === undefined || good.size < size)) {
    refuse('governance.key', 'the log key is revoked from before that size')
  }
  return parseBase64(signs.key)
}
