// Signatures over HTTP messages (RFC 9421): the signature base, the two fields, signing and opening. Time, the memory of
// nonces and whose key it is stay with the caller: it gets back what was signed.

import type { Crypto, Signer } from './crypto.ts'
import { concatBytes, formatUtf8 } from './bytes.ts'
import { RecordError } from './error.ts'
import { componentValue } from './http-message.ts'
import type { HttpRequest, HttpResponse } from './http-message.ts'
import {
  formatByteSequences,
  formatInnerList,
  formatInnerLists,
  formatItem,
  parseByteSequences,
  parseInnerLists,
} from './structured-fields.ts'
import type { InnerList, Item } from './structured-fields.ts'

/** The two fields of a signed message. */
export interface SignatureFields {
  readonly signatureInput: string
  readonly signature: string
}

/** What a signer says beside the components. Seconds since 1970. */
export interface SignatureClaims {
  readonly created?: number
  readonly expires?: number
  readonly keyid: string
  readonly nonce?: string
  readonly tag?: string
}

export type SignatureKey = {
  readonly algorithm: 'ed25519' | 'ecdsa-p256-sha256'
  /** 32 bytes, or a SEC1 point of 65. */
  readonly publicKey: Uint8Array
}

/** What the receiver insists on. */
export interface SignatureDemands {
  /** Exactly one signature must carry this tag; others are not looked at. */
  readonly tag: string
  /** Components that must be covered, such as `@method`. */
  readonly components: readonly string[]
  /** The key behind a `keyid`, or undefined when it is not one the caller trusts. */
  readonly keyOf: (keyid: string) => SignatureKey | undefined
}

const coordinateBytes = 32

function refuse(problem: string): never {
  throw new RecordError('http-signature.malformed', problem)
}

/**
 * The bytes that are signed (RFC 9421 section 2.5).
 *
 * @throws RecordError `http-signature.malformed` when a component is covered twice or the message has no such component.
 */
export function signatureBase(message: HttpRequest | HttpResponse, input: InnerList): Uint8Array {
  const seen = new Set<string>()
  let base = ''
  for (const component of input.items) {
    const identifier = formatItem(component)
    if (seen.has(identifier)) refuse('a component is covered twice')
    seen.add(identifier)
    base += `${identifier}: ${componentValue(message, component)}\n`
  }
  return formatUtf8(`${base}"@signature-params": ${formatInnerList(input)}`)
}

/**
 * Signs a message with an Ed25519 key. `components` are names without parameters.
 *
 * @throws RecordError `http-signature.malformed` as {@link signatureBase}.
 */
export async function signMessage(
  signer: Signer,
  message: HttpRequest | HttpResponse,
  components: readonly string[],
  claims: SignatureClaims,
  label = 'sig',
): Promise<SignatureFields> {
  const parameters = new Map<string, string | number>()
  for (const name of ['created', 'expires', 'nonce', 'keyid', 'tag'] as const) {
    const value = claims[name]
    if (value !== undefined) parameters.set(name, value)
  }
  const items: Item[] = components.map((value) => ({ value, parameters: new Map() }))
  const input: InnerList = { items, parameters }
  const signature = await signer.sign(signatureBase(message, input))
  return {
    signatureInput: formatInnerLists(new Map([[label, input]])),
    signature: formatByteSequences(new Map([[label, signature]])),
  }
}

function optional(input: InnerList, name: string, type: 'string' | 'number'): string | number | undefined {
  const value = input.parameters.get(name)
  if (value === undefined) return undefined
  // The parser gives strings, integers and true; which of them a parameter takes is said here.
  if (typeof value !== type || value === true) refuse(`the parameter ${name} is of another type`)
  return value
}

function parseClaims(input: InnerList): SignatureClaims {
  const keyid = optional(input, 'keyid', 'string') as string | undefined
  if (keyid === undefined) refuse('a signature names no key')
  const [created, expires] = [optional(input, 'created', 'number'), optional(input, 'expires', 'number')] as (
    | number
    | undefined
  )[]
  const [nonce, tag] = [optional(input, 'nonce', 'string'), optional(input, 'tag', 'string')] as (string | undefined)[]
  return {
    keyid,
    ...(created === undefined ? {} : { created }),
    ...(expires === undefined ? {} : { expires }),
    ...(nonce === undefined ? {} : { nonce }),
    ...(tag === undefined ? {} : { tag }),
  }
}

/** An ASN.1 integer from a coordinate: no leading zeros, and one where the first bit would say negative. */
function formatInteger(coordinate: Uint8Array): Uint8Array {
  let start = 0
  while (start < coordinateBytes - 1 && coordinate[start] === 0) start++
  const digits = coordinate.subarray(start)
  const sign = digits[0]! >= 0x80 ? [0] : []
  return Uint8Array.of(2, sign.length + digits.length, ...sign, ...digits)
}

/** RFC 9421 carries r ‖ s; the `Crypto` argument takes DER, as passkeys give it. */
function toDer(signature: Uint8Array): Uint8Array {
  const r = formatInteger(signature.subarray(0, coordinateBytes))
  const s = formatInteger(signature.subarray(coordinateBytes))
  return concatBytes(Uint8Array.of(0x30, r.length + s.length), r, s)
}

/**
 * Verifies one signature by a key that the caller already chose.
 *
 * @throws RecordError `http-signature.signature` when it is not this key's, or names another algorithm.
 * @throws RecordError `http-signature.malformed` as {@link signatureBase}.
 */
export async function verifySignature(
  crypto: Crypto,
  message: HttpRequest | HttpResponse,
  input: InnerList,
  signature: Uint8Array,
  key: SignatureKey,
): Promise<void> {
  const base = signatureBase(message, input)
  const claimed = input.parameters.get('alg')
  // The key decides the algorithm; the message may only agree.
  if (claimed !== undefined && claimed !== key.algorithm) {
    throw new RecordError('http-signature.signature', 'the signature names another algorithm than its key has')
  }
  let verified = false
  if (key.algorithm === 'ed25519') verified = await crypto.verifyEd25519(key.publicKey, base, signature)
  else if (signature.length === 2 * coordinateBytes)
    verified = await crypto.verifyP256(key.publicKey, base, toDer(signature))
  if (!verified)
    throw new RecordError('http-signature.signature', 'the signature is not one of its key over this message')
}

/**
 * Opens the signature that carries the demanded tag: all that is returned was signed by the key that `keyOf` gave. Whether
 * `created` is recent and `nonce` is new, the caller must check.
 *
 * @throws RecordError `http-signature.malformed` for fields that are none, or no or several signatures with the tag;
 * `http-signature.coverage` when a demanded component is not covered; `http-signature.key` when the key is not known;
 * `http-signature.signature` when the signature is wrong.
 */
export async function openSignature(
  crypto: Crypto,
  message: HttpRequest | HttpResponse,
  fields: SignatureFields,
  demands: SignatureDemands,
): Promise<SignatureClaims> {
  const inputs = [...parseInnerLists(fields.signatureInput)].filter(
    ([, list]) => list.parameters.get('tag') === demands.tag,
  )
  const [found] = inputs
  if (found === undefined || inputs.length > 1) refuse('not exactly one signature carries the tag')
  const [label, input] = found
  const signature = parseByteSequences(fields.signature).get(label)
  if (signature === undefined) refuse('a signature has no bytes')
  const claims = parseClaims(input)
  for (const name of demands.components) {
    if (!input.items.some((item) => item.value === name && item.parameters.size === 0)) {
      throw new RecordError('http-signature.coverage', `the signature does not cover ${name}`)
    }
  }
  const key = demands.keyOf(claims.keyid)
  if (key === undefined) throw new RecordError('http-signature.key', 'the signature is by a key that is not known')
  await verifySignature(crypto, message, input, signature, key)
  return claims
}
