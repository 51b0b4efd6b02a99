import { expect, test } from 'vitest'
import type { Crypto } from './crypto.ts'
import { generateSigner, nodeCrypto } from './node/index.ts'
import { rememberVerifications } from './remember-verifications.ts'

/** Counts what is really verified. */
function counting(): { crypto: Crypto; count: () => number } {
  let verified = 0
  const count =
    (verify: Crypto['verifyEd25519']): Crypto['verifyEd25519'] =>
    (key, message, signature) => {
      verified += 1
      return verify(key, message, signature)
    }
  const { verifyEd25519, verifyP256 } = nodeCrypto
  return {
    crypto: { ...nodeCrypto, verifyEd25519: count(verifyEd25519), verifyP256: count(verifyP256) },
    count: () => verified,
  }
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value)

test('[CR6] a signature that was verified is not verified again, and neither is one that failed', async () => {
  const { crypto, count } = counting()
  const { verifyEd25519 } = rememberVerifications(crypto, 8)
  const signer = await generateSigner()
  const signature = await signer.sign(text('said'))
  for (const _ of [1, 2, 3]) {
    expect(await verifyEd25519(signer.publicKey, text('said'), signature)).toBe(true)
    expect(await verifyEd25519(signer.publicKey, text('not said'), signature)).toBe(false)
  }
  const [one, other] = await Promise.all([1, 2].map(() => verifyEd25519(signer.publicKey, text('both'), signature)))
  expect(one).toBe(other)
  expect(count()).toBe(3)
})

test('[CR6] another key, another message or another signature is another question', async () => {
  const { crypto } = counting()
  const { verifyEd25519, verifyP256 } = rememberVerifications(crypto, 8)
  const [signer, stranger] = [await generateSigner(), await generateSigner()]
  const signature = await signer.sign(text('said'))
  const forged = await stranger.sign(text('said'))
  expect(await verifyEd25519(signer.publicKey, text('said'), signature)).toBe(true)
  expect(await verifyEd25519(stranger.publicKey, text('said'), signature)).toBe(false)
  expect(await verifyEd25519(signer.publicKey, text('sai'), signature)).toBe(false)
  expect(await verifyEd25519(signer.publicKey, text('said'), forged)).toBe(false)
  expect(await verifyEd25519(signer.publicKey, text('said'), signature.subarray(1))).toBe(false)
  expect(await verifyP256(signer.publicKey, text('said'), signature)).toBe(false)
})

test('[CR6] what is remembered is bounded, and forgetting changes no outcome', async () => {
  const { crypto, count } = counting()
  const { verifyEd25519 } = rememberVerifications(crypto, 2)
  const signer = await generateSigner()
  const messages = ['a', 'b', 'c'].map(text)
  const signatures = await Promise.all(messages.map((message) => signer.sign(message)))
  for (let round = 0; round < 2; round++) {
    for (const [i, message] of messages.entries()) {
      expect(await verifyEd25519(signer.publicKey, message, signatures[i]!)).toBe(true)
    }
  }
  expect(count()).toBe(6)
})

test('[CR6] a verification that breaks down is tried again', async () => {
  let broken = true
  const failing: Crypto = {
    ...nodeCrypto,
    verifyEd25519: (...question) =>
      broken ? Promise.reject(new Error('no thread')) : nodeCrypto.verifyEd25519(...question),
  }
  const { verifyEd25519 } = rememberVerifications(failing, 2)
  const signer = await generateSigner()
  const signature = await signer.sign(text('said'))
  await expect(verifyEd25519(signer.publicKey, text('said'), signature)).rejects.toThrow('no thread')
  broken = false
  expect(await verifyEd25519(signer.publicKey, text('said'), signature)).toBe(true)
})
