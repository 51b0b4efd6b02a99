// Verifies a passkey assertion as an approval (Web Authentication Level 3, section 7.2, without the steps that belong to
// a session): the official's authenticator signed exactly this digest, and the person was verified. It holds no state.

import { concatBytes, equalBytes, formatUtf8, parseBase64, parseUtf8 } from './bytes.ts'
import type { Crypto } from './crypto.ts'
import { authenticatorDataBytesMin, type AssertionText } from './entry.ts'
import { RecordError } from './error.ts'

/** How an official's key signs. `es256` is ECDSA on P-256 with SHA-256, and only ever inside an assertion. */
export type KeyAlgorithm = 'ed25519' | 'es256'

/** Where a party's officials may use their passkeys. */
export interface RelyingParty {
  /** Relying party ids, for example `parley.example`. */
  readonly ids: readonly string[]
  /** Web origins, for example `https://desk.parley.example`, compared as text. */
  readonly origins: readonly string[]
}

export interface Assertion {
  readonly authenticatorData: Uint8Array
  /** `clientDataJSON`, byte for byte. */
  readonly clientData: Uint8Array
  /** DER for `es256`, 64 bytes for `ed25519`. */
  readonly signature: Uint8Array
}

export interface AssertionKey {
  readonly algorithm: KeyAlgorithm
  /** 32 bytes of Ed25519, or an uncompressed P-256 point of 65 bytes. */
  readonly key: Uint8Array
}

// Flags of the authenticator data, section 6.1.
const userPresent = 0x01
const userVerified = 0x04
const backupEligible = 0x08
const backedUp = 0x10
const rpIdHashBytes = 32

/** @throws RecordError `bytes.base64`. */
export function parseAssertion(text: AssertionText): Assertion {
  return {
    authenticatorData: parseBase64(text.authenticatorData),
    clientData: parseBase64(text.clientData),
    signature: parseBase64(text.signature),
  }
}

/** What an authenticator signs: the authenticator data ‖ SHA-256 of the client data. */
export function assertionMessage(crypto: Crypto, assertion: Assertion): Uint8Array {
  return concatBytes(assertion.authenticatorData, crypto.sha256(assertion.clientData))
}

function parseClientData(bytes: Uint8Array): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(parseUtf8(bytes))
  } catch (cause) {
    throw new RecordError('assertion.malformed', 'the client data is not JSON', { cause })
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RecordError('assertion.malformed', 'the client data is not an object')
  }
  return value as Record<string, unknown>
}

function verifyClientData(bytes: Uint8Array, challenge: Uint8Array, origins: readonly string[]): void {
  const data = parseClientData(bytes)
  // A registration is signed by the same key over nearly the same bytes.
  if (data['type'] !== 'webauthn.get')
    throw new RecordError('assertion.malformed', 'the client data is of another type')
  if (data['challenge'] !== challenge.toBase64({ alphabet: 'base64url', omitPadding: true })) {
    throw new RecordError('assertion.challenge', 'the assertion is over another challenge')
  }
  const origin = data['origin']
  if (typeof origin !== 'string' || !origins.includes(origin)) {
    throw new RecordError('assertion.origin', 'the assertion was made at an origin that is not the party’s')
  }
  // The adversary frames the desk in a page of their own.
  const crossOrigin = data['crossOrigin'] ?? false
  if (crossOrigin !== false || data['topOrigin'] !== undefined) {
    throw new RecordError('assertion.origin', 'the assertion was made inside a page of another origin')
  }
}

function verifyAuthenticatorData(crypto: Crypto, data: Uint8Array, ids: readonly string[]): void {
  if (data.length < authenticatorDataBytesMin) {
    throw new RecordError('assertion.malformed', 'the authenticator data is too short')
  }
  const hash = data.subarray(0, rpIdHashBytes)
  if (!ids.some((id) => equalBytes(hash, crypto.sha256(formatUtf8(id))))) {
    throw new RecordError('assertion.origin', 'the assertion is for another relying party')
  }
  const flags = data[rpIdHashBytes]!
  if ((flags & backedUp) !== 0 && (flags & backupEligible) === 0) {
    throw new RecordError('assertion.malformed', 'a credential is backed up that cannot be')
  }
  if ((flags & userPresent) === 0 || (flags & userVerified) === 0) {
    throw new RecordError('assertion.user-verification', 'the person was not present and verified')
  }
}

/**
 * Verifies that `key` signed `challenge` with the person verified, at an origin and for a relying party of the list. The
 * caller must have bounded the lengths and taken the key from the record, never from the assertion.
 *
 * @throws RecordError `assertion.malformed`, `assertion.challenge`, `assertion.origin`, `assertion.user-verification`,
 *   `assertion.signature`.
 */
export async function verifyAssertion(
  crypto: Crypto,
  assertion: Assertion,
  challenge: Uint8Array,
  { algorithm, key }: AssertionKey,
  relyingParty: RelyingParty,
): Promise<void> {
  verifyClientData(assertion.clientData, challenge, relyingParty.origins)
  verifyAuthenticatorData(crypto, assertion.authenticatorData, relyingParty.ids)
  const message = assertionMessage(crypto, assertion)
  const verified =
    algorithm === 'es256'
      ? await crypto.verifyP256(key, message, assertion.signature)
      : await crypto.verifyEd25519(key, message, assertion.signature)
  if (!verified) throw new RecordError('assertion.signature', 'the signature of an assertion does not verify')
}
