import { expect, test } from 'vitest'
import { stubCrypto, stubSigner } from './stub-crypto.ts'

const key = new Uint8Array(32).fill(7)
const message = new TextEncoder().encode('a message')

test('a signature verifies under its key and message, and under no other', async () => {
  const signature = await stubSigner(key).sign(message)
  expect(signature).toHaveLength(64)
  expect(await stubCrypto.verifyEd25519(key, message, signature)).toBe(true)
  expect(
    await stubCrypto.verifyEd25519(
      key.map((byte) => byte ^ 1),
      message,
      signature,
    ),
  ).toBe(false)
  expect(
    await stubCrypto.verifyEd25519(
      key,
      message.map((byte) => byte ^ 1),
      signature,
    ),
  ).toBe(false)
  expect(
    await stubCrypto.verifyEd25519(
      key,
      message,
      signature.map((byte) => byte ^ 1),
    ),
  ).toBe(false)
  expect(await stubCrypto.verifyEd25519(key, message, signature.slice(1))).toBe(false)
})
