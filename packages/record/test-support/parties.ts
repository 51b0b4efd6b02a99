// Parties, officials and entries for tests and vectors, the same in every run: each key follows from a label. Nothing here
// is secret, so nothing here may ever be enrolled outside a test.

import { createECDH, createHash } from 'node:crypto'
import { officialId } from '../src/approval.ts'
import { concatBytes, formatBase64, formatHex, formatUtf8, parseHex } from '../src/bytes.ts'
import type { Signer } from '../src/crypto.ts'
import { approvalMessage, entryDigest, withApprovals, type Approval, type Draft, type Entry } from '../src/entry.ts'
import type { Enrolment, OfficialRole, PartyFounded } from '../src/governance-data.ts'
import { formatRecipient, generateIdentity, recipientOf } from '../src/node/age/x25519.ts'
import { createSigner, nodeCrypto } from '../src/node/crypto.ts'
import type { KeyAlgorithm, RelyingParty } from '../src/webauthn.ts'

/** 32 bytes that follow from a label. */
export function bytesOf(label: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(`parley test ${label}`).digest())
}

/** An Ed25519 key that follows from a label. */
export function signerOf(label: string): Signer {
  return createSigner(bytesOf(label))
}

export function ed25519Key(label: string): string {
  return formatBase64(signerOf(label).publicKey)
}

export function recipientFor(label: string): string {
  return formatRecipient(recipientOf(generateIdentity(() => bytesOf(label))))
}

/** Somebody who can approve. */
export interface TestOfficial {
  readonly enrolment: Enrolment
  approve(digest: string): Promise<Approval>
}

function enrolmentOf(algorithm: KeyAlgorithm, publicKey: Uint8Array, roles: readonly OfficialRole[]): Enrolment {
  return { official: officialId(nodeCrypto, algorithm, publicKey), algorithm, key: formatBase64(publicKey), roles }
}

/** An official with an Ed25519 key. */
export function officialOf(label: string, ...roles: readonly OfficialRole[]): TestOfficial {
  const signer = signerOf(label)
  const enrolment = enrolmentOf('ed25519', signer.publicKey, roles)
  return {
    enrolment,
    approve: async (digest) => ({
      official: enrolment.official,
      signature: formatBase64(await signer.sign(approvalMessage(digest))),
    }),
  }
}

export const testRelyingParty: RelyingParty = { ids: ['parley.example'], origins: ['https://desk.parley.example'] }

/** What a test may bend in a passkey assertion. */
export interface AssertionOptions {
  readonly type?: string
  readonly origin?: string
  readonly id?: string
  readonly flags?: number
  /** Appended inside the object, for example `,"topOrigin":"https://elsewhere.example"`. */
  readonly more?: string
  readonly crossOrigin?: boolean
  readonly extensions?: Uint8Array
}

function assertionParts(
  digest: string,
  options: AssertionOptions,
): { authenticatorData: Uint8Array; clientData: Uint8Array } {
  const { type = 'webauthn.get', origin = testRelyingParty.origins[0]!, id = testRelyingParty.ids[0]! } = options
  const challenge = parseHex(digest).toBase64({ alphabet: 'base64url', omitPadding: true })
  const flagsAndCount = Uint8Array.of(options.flags ?? 0x05, 0, 0, 0, 7)
  const client = `{"type":"${type}","challenge":"${challenge}","origin":"${origin}"`
  return {
    authenticatorData: concatBytes(
      nodeCrypto.sha256(formatUtf8(id)),
      flagsAndCount,
      options.extensions ?? new Uint8Array(),
    ),
    clientData: formatUtf8(`${client},"crossOrigin":${options.crossOrigin ?? false}${options.more ?? ''}}`),
  }
}

type SignRaw = (message: Uint8Array) => Promise<Uint8Array>

function passkey(enrolment: Enrolment, sign: SignRaw, options: AssertionOptions): TestOfficial {
  return {
    enrolment,
    async approve(digest) {
      const { authenticatorData, clientData } = assertionParts(digest, options)
      const signature = await sign(concatBytes(authenticatorData, nodeCrypto.sha256(clientData)))
      return {
        official: enrolment.official,
        assertion: {
          authenticatorData: formatBase64(authenticatorData),
          clientData: formatBase64(clientData),
          signature: formatBase64(signature),
        },
      }
    },
  }
}

/** An official with a passkey on P-256. */
export function passkeyOf(label: string, roles: readonly OfficialRole[], options: AssertionOptions = {}): TestOfficial {
  const key = p256KeyOf(label)
  return passkey(enrolmentOf('es256', key.publicKey, roles), (message) => Promise.resolve(key.sign(message)), options)
}

/** An official with a passkey on Ed25519. */
export function ed25519PasskeyOf(
  label: string,
  roles: readonly OfficialRole[],
  options: AssertionOptions = {},
): TestOfficial {
  const signer = signerOf(label)
  return passkey(enrolmentOf('ed25519', signer.publicKey, roles), (message) => signer.sign(message), options)
}

const p256Order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

function toInteger(bytes: Uint8Array): bigint {
  return BigInt(`0x${formatHex(bytes)}`)
}

function toBytes(value: bigint): Uint8Array {
  return parseHex(value.toString(16).padStart(64, '0'))
}

function multiplyBase(scalar: bigint): Uint8Array {
  const ecdh = createECDH('prime256v1')
  ecdh.setPrivateKey(toBytes(scalar))
  return new Uint8Array(ecdh.getPublicKey())
}

function invert(value: bigint): bigint {
  let [a, b, x, y] = [value, p256Order, 1n, 0n]
  while (b !== 0n) [a, b, x, y] = [b, a % b, y, x - (a / b) * y]
  return ((x % p256Order) + p256Order) % p256Order
}

function formatDerInteger(value: bigint): Uint8Array {
  const hex = value.toString(16)
  const even = parseHex(hex.length % 2 === 0 ? hex : `0${hex}`)
  const bytes = even[0]! >= 0x80 ? concatBytes(Uint8Array.of(0), even) : even
  return concatBytes(Uint8Array.of(2, bytes.length), bytes)
}

/** ECDSA with a nonce that follows from key and message, so that vectors stay the same; the library draws one by chance. */
function p256KeyOf(label: string): { publicKey: Uint8Array; sign: (message: Uint8Array) => Uint8Array } {
  const secret = toInteger(bytesOf(label)) % p256Order
  return {
    publicKey: multiplyBase(secret),
    sign(message) {
      const nonce = toInteger(nodeCrypto.sha256(concatBytes(bytesOf(`nonce ${label}`), message))) % p256Order
      const r = toInteger(multiplyBase(nonce).subarray(1, 33)) % p256Order
      const s = (invert(nonce) * (toInteger(nodeCrypto.sha256(message)) + r * secret)) % p256Order
      const body = concatBytes(formatDerInteger(r), formatDerInteger(s))
      return concatBytes(Uint8Array.of(0x30, body.length), body)
    },
  }
}

/** A draft, approved. */
export async function approve(draft: Draft | Entry, ...officials: readonly TestOfficial[]): Promise<Entry> {
  const digest = entryDigest(nodeCrypto, draft)
  return withApprovals(draft, await Promise.all(officials.map((official) => official.approve(digest))))
}

/** Midnight UTC of the day the outcomes were published. */
export const testTime = Date.UTC(2015, 8, 26)

/** A party with one administrator, one releasing officer and one liaison officer who uses a passkey. */
export interface TestParty {
  readonly party: string
  readonly prefix: string
  readonly administrator: TestOfficial
  readonly releasing: TestOfficial
  readonly liaison: TestOfficial
  readonly founded: PartyFounded
}

export function partyOf(party: string): TestParty {
  const administrator = officialOf(`${party} administrator`, 'administrator')
  const releasing = officialOf(`${party} releasing`, 'releasing')
  const liaison = passkeyOf(`${party} liaison`, ['liaison'])
  const prefix = `${party}.parley.example`
  const officials = [administrator, releasing, liaison].map((official) => official.enrolment)
  const founded: PartyFounded = {
    party,
    prefix,
    address: `https://${party}.parley.example:8443`,
    keys: {
      log: ed25519Key(`${party} log`),
      witness: ed25519Key(`${party} witness`),
      mirror: ed25519Key(`${party} mirror`),
      transport: formatHex(bytesOf(`${party} transport`)),
      sealing: recipientFor(`${party} sealing`),
      archive: recipientFor(`${party} archive`),
    },
    recovery: { threshold: 2, keys: [1, 2, 3].map((n) => ed25519Key(`${party} recovery ${n}`)).sort() },
    next: formatHex(nodeCrypto.sha256(signerOf(`${party} log 2`).publicKey)),
    officials: officials.sort((a, b) => (a.official < b.official ? -1 : 1)),
    relyingParty: testRelyingParty,
  }
  return { party, prefix, administrator, releasing, liaison, founded }
}

/** A draft of an entry in a governance log. */
export function governanceDraft(party: string, type: string, data: object, at = testTime): Draft {
  return { v: 1, channel: 'governance', from: party, type, at, seen: [], data: data as Draft['data'] }
}

/** The founding entry of a party, approved by its administrator. */
export function foundingEntry(party: TestParty): Promise<Entry> {
  return approve(governanceDraft(party.party, 'party.founded', party.founded), party.administrator)
}
