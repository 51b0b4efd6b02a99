// Verifies what authenticators answer (Web Authentication Level 3, by the library) and keeps of a new passkey what both a
// sign-in and an approval need: the plain public key. The person must have been verified by the authenticator, always.

import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import { cose, decodeCredentialPublicKey } from '@simplewebauthn/server/helpers'
import type { AssertionAnswer, AttestationAnswer } from '@parley/api'
import type { StoredPasskey } from '../db/passkeys.ts'

/** ES256 and Ed25519, as COSE numbers them: what the record can verify too. */
export const algorithms = [-7, -8] as const

/** Where passkeys are used: one name, and the origins of the console under it. */
export interface RelyingSite {
  readonly id: string
  readonly origins: readonly string[]
}

/** The site of a node's own origins; undefined when none of them has a name: an address is no relying party. */
export function relyingSiteOf(origins: readonly string[]): RelyingSite | undefined {
  const named = origins.filter((origin) => !/^(\[.*\]|[0-9.]+)$/.test(new URL(origin).hostname))
  const [first] = named
  if (first === undefined) return undefined
  const id = new URL(first).hostname
  return { id, origins: named.filter((origin) => new URL(origin).hostname === id) }
}

export type NewPasskey = Pick<StoredPasskey, 'id' | 'algorithm' | 'key' | 'counter'>

/** The passkey that an authenticator made; undefined when anything about it is not as was asked. */
export async function openAttestation(
  { attestationObject, clientDataJSON, id }: AttestationAnswer,
  takeChallenge: (challenge: string) => boolean,
  site: RelyingSite,
): Promise<NewPasskey | undefined> {
  try {
    const { registrationInfo, verified } = await verifyRegistrationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: { clientDataJSON, attestationObject },
      },
      expectedChallenge: takeChallenge,
      expectedOrigin: [...site.origins],
      expectedRPID: site.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: [...algorithms],
    })
    if (!verified || !registrationInfo.userVerified || isFramed(clientDataJSON)) return undefined
    const { counter, id: credential, publicKey } = registrationInfo.credential
    return { ...openPublicKey(publicKey), id: credential, counter }
  } catch {
    // The library throws for everything it does not like; which thing it was is nobody's business.
    return undefined
  }
}

/** The new counter of a passkey that answered; undefined when anything about the answer is not as was asked. */
export async function openAssertion(
  { authenticatorData, clientDataJSON, id, signature }: AssertionAnswer,
  takeChallenge: (challenge: string) => boolean,
  site: RelyingSite,
  passkey: StoredPasskey,
): Promise<{ readonly counter: number } | undefined> {
  try {
    const { authenticationInfo, verified } = await verifyAuthenticationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: { clientDataJSON, authenticatorData, signature },
      },
      expectedChallenge: takeChallenge,
      expectedOrigin: [...site.origins],
      expectedRPID: site.id,
      requireUserVerification: true,
      credential: { id: passkey.id, publicKey: formatPublicKey(passkey), counter: passkey.counter },
    })
    if (!verified || !authenticationInfo.userVerified || isFramed(clientDataJSON)) return undefined
    return { counter: authenticationInfo.newCounter }
  } catch {
    return undefined
  }
}

/** Whether the answer was made inside a page of another origin, which is never asked for. */
function isFramed(clientDataJSON: string): boolean {
  const data = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')) as Record<string, unknown>
  return (data['crossOrigin'] ?? false) !== false || data['topOrigin'] !== undefined
}

/** @throws Error for a key of another kind than was asked for. */
function openPublicKey(bytes: Uint8Array<ArrayBuffer>): Pick<NewPasskey, 'algorithm' | 'key'> {
  const key = decodeCredentialPublicKey(bytes)
  const x = key.get(cose.COSEKEYS.x as never) as unknown
  const y = key.get(cose.COSEKEYS.y as never) as unknown
  if (!(x instanceof Uint8Array) || x.length !== 32) throw new Error('the key has no x of 32 bytes')
  if (cose.isCOSEPublicKeyOKP(key)) return { algorithm: 'ed25519', key: new Uint8Array(x) }
  if (!(y instanceof Uint8Array) || y.length !== 32) throw new Error('the key has no y of 32 bytes')
  return { algorithm: 'es256', key: Uint8Array.of(4, ...x, ...y) }
}

/** The key as COSE spells it (RFC 9053), which the library wants. */
function formatPublicKey({ algorithm, key }: StoredPasskey): Uint8Array<ArrayBuffer> {
  const bytes32 = (bytes: Uint8Array): number[] => [0x58, 0x20, ...bytes]
  return algorithm === 'ed25519'
    ? // {1: OKP, 3: EdDSA, -1: Ed25519, -2: x}
      Uint8Array.of(0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, ...bytes32(key))
    : // {1: EC2, 3: ES256, -1: P-256, -2: x, -3: y}
      Uint8Array.of(
        ...[0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21],
        ...bytes32(key.subarray(1, 33)),
        0x22,
        ...bytes32(key.subarray(33)),
      )
}
