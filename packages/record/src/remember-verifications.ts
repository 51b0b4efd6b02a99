// A Crypto that remembers which signatures it has verified. The same approval is looked at when an entry is handed in, when
// it is judged and when it becomes durable; the verification costs a hundred times what all else does.

import type { Crypto } from './crypto.ts'

/**
 * The same Crypto, but a verification of the same key, message and signature is done once, even when it is asked for again
 * while it runs. The outcomes of the last `countMax` are kept, the oldest leaves first: nobody can fill more memory, and
 * one that has left is merely done again.
 */
export function rememberVerifications(crypto: Crypto, countMax: number): Crypto {
  const outcomes = new Map<string, Promise<boolean>>()

  function remember(
    algorithm: 'ed25519' | 'p256',
    key: Uint8Array,
    message: Uint8Array,
    signature: Uint8Array,
    verify: Crypto['verifyEd25519'],
  ): Promise<boolean> {
    const name = `${algorithm} ${key.toHex()} ${signature.toHex()} ${crypto.sha256(message).toHex()}`
    const known = outcomes.get(name)
    if (known !== undefined) return known
    const outcome = verify(key, message, signature)
    if (outcomes.size >= countMax) outcomes.delete(outcomes.keys().next().value!)
    outcomes.set(name, outcome)
    // What could not be decided is not an outcome.
    outcome.catch(() => outcomes.delete(name))
    return outcome
  }

  return {
    sha256: crypto.sha256,
    verifyEd25519: (key, message, signature) => remember('ed25519', key, message, signature, crypto.verifyEd25519),
    verifyP256: (key, message, signature) => remember('p256', key, message, signature, crypto.verifyP256),
  }
}
