// A Crypto that remembers which signatures it has verified. The approvals of an entry are looked at when it is handed in,
// when it is judged and when it becomes durable; one verification costs a hundred times what all else does.

import { equalBytes } from './bytes.ts'
import type { Crypto } from './crypto.ts'

interface Remembered {
  readonly algorithm: 'ed25519' | 'p256'
  readonly key: Uint8Array
  readonly message: Uint8Array
  readonly signature: Uint8Array
  readonly outcome: Promise<boolean>
}

/**
 * The same Crypto, but a verification of the same key, message and signature is done once, even when it is asked for again
 * while it runs. It is made for the few signatures of one entry and looks through them one by one; beyond `countMax` the
 * oldest is forgotten, and done again when it is asked for again.
 */
export function rememberVerifications(crypto: Crypto, countMax: number): Crypto {
  const remembered: Remembered[] = []

  function remember(
    algorithm: Remembered['algorithm'],
    key: Uint8Array,
    message: Uint8Array,
    signature: Uint8Array,
  ): Promise<boolean> {
    const known = remembered.find(
      (one) =>
        one.algorithm === algorithm &&
        equalBytes(one.signature, signature) &&
        equalBytes(one.message, message) &&
        equalBytes(one.key, key),
    )
    if (known !== undefined) return known.outcome
    const verify = algorithm === 'ed25519' ? crypto.verifyEd25519 : crypto.verifyP256
    const question = { algorithm, key, message, signature, outcome: verify(key, message, signature) }
    if (remembered.length >= countMax) remembered.shift()
    remembered.push(question)
    // What could not be decided is not an outcome.
    question.outcome.catch(() => {
      const index = remembered.indexOf(question)
      if (index >= 0) remembered.splice(index, 1)
    })
    return question.outcome
  }

  return {
    sha256: crypto.sha256,
    verifyEd25519: (key, message, signature) => remember('ed25519', key, message, signature),
    verifyP256: (key, message, signature) => remember('p256', key, message, signature),
  }
}
