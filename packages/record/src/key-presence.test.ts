import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { flippedByte, refusalOfAsync } from '../test-support/refusal.ts'
import { signPossession } from './key-enrolment.ts'
import { signPresence, verifyPresence } from './key-presence.ts'
import { generateSigner, nodeCrypto } from './node/crypto.ts'

const origin = 'https://us.parley.example'
const nonce = new Uint8Array(32).fill(7)

test('[KE7] a proof of presence holds for its key, origin and nonce, and for nothing else', async () => {
  const signer = await generateSigner()
  const { publicKey } = signer
  const signature = await signPresence(signer, origin, nonce)
  await verifyPresence(nodeCrypto, publicKey, origin, nonce, signature)

  const refused = async (...[key, at, over, proof]: [Uint8Array, string, Uint8Array, Uint8Array]): Promise<void> => {
    expect(await refusalOfAsync(() => verifyPresence(nodeCrypto, key, at, over, proof))).toBe('key.presence')
  }
  await refused((await generateSigner()).publicKey, origin, nonce, signature)
  await refused(publicKey, 'https://us.parley.example:8443', nonce, signature)
  // A proof for another purpose is no proof of presence.
  await refused(publicKey, origin, nonce, await signPossession(signer, nonce))
  await fc.assert(fc.asyncProperty(flippedByte(nonce), (flipped) => refused(publicKey, origin, flipped, signature)))
  await fc.assert(fc.asyncProperty(flippedByte(signature), (flipped) => refused(publicKey, origin, nonce, flipped)))
})

test('[KE7] a proof of presence is not given over a nonce of another length', async () => {
  const signer = await generateSigner()
  expect(await refusalOfAsync(async () => signPresence(signer, origin, new Uint8Array(31)))).toBe('key.presence')
})
