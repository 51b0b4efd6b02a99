import { expect, test } from 'vitest'
import { refusalOf } from '../../../test-support/refusal.ts'
import { formatBech32 } from './bech32.ts'
import { seal } from './seal.ts'
import {
  formatIdentity,
  formatRecipient,
  generateIdentity,
  parseIdentity,
  parseRecipient,
  recipientOf,
} from './x25519.ts'

// The example pair of the age specification.
const identityText = 'AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX'
const recipientText = 'age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj'

test('[AG3] the recipient of the identity in the specification is the one in the specification', () => {
  const identity = parseIdentity(identityText)
  expect(formatIdentity(identity)).toBe(identityText)
  expect(formatRecipient(recipientOf(identity))).toBe(recipientText)
  expect(formatRecipient(parseRecipient(recipientText))).toBe(recipientText)
  expect(formatIdentity(generateIdentity((bytes) => new Uint8Array(bytes).fill(0x42)))).toBe(identityText)
})

test('[AG3] generated identities differ, and survive the round trip', () => {
  const [one, other] = [generateIdentity(), generateIdentity()]
  expect(formatIdentity(one)).not.toBe(formatIdentity(other))
  expect(formatIdentity(parseIdentity(formatIdentity(one)))).toBe(formatIdentity(one))
})

test.each([
  ['an identity in lower case', () => parseIdentity(identityText.toLowerCase())],
  ['a recipient in upper case', () => parseRecipient(recipientText.toUpperCase())],
  ['a recipient for an identity', () => parseIdentity(recipientText.toUpperCase())],
  ['an identity for a recipient', () => parseRecipient(identityText.toLowerCase())],
  ['an identity of 31 bytes', () => parseIdentity(formatBech32('age-secret-key-', new Uint8Array(31)).toUpperCase())],
  ['a recipient of 33 bytes', () => parseRecipient(formatBech32('age', new Uint8Array(33)))],
  ['a hybrid identity', () => parseIdentity(formatBech32('age-secret-key-pq-', new Uint8Array(32)).toUpperCase())],
  ['a space after it', () => parseRecipient(`${recipientText} `)],
])('[AG3] refused as a key: %s', (_case, attempt) => {
  expect(refusalOf(attempt)).toBe('age.key')
})

test('[AG3] no refusal of a key repeats any of it', () => {
  for (const text of [identityText.toLowerCase(), `${identityText.slice(0, -1)}Q`, `${identityText}A`]) {
    try {
      parseIdentity(text)
      expect.unreachable()
    } catch (error) {
      expect(String(error).toUpperCase()).not.toContain('GFPYYSJ')
    }
  }
})

test('[AG8] nothing is sealed to a point of low order', () => {
  const lowOrder = [
    '00'.repeat(32),
    `01${'00'.repeat(31)}`,
    'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
    '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
    `ec${'ff'.repeat(30)}7f`,
    `ed${'ff'.repeat(30)}7f`,
  ]
  for (const point of lowOrder) {
    const recipient = parseRecipient(formatBech32('age', Uint8Array.fromHex(point)))
    expect(
      refusalOf(() => seal(new Uint8Array(1), [recipient])),
      point,
    ).toBe('age.key')
  }
})
