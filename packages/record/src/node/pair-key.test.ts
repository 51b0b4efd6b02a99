import { expect, test } from 'vitest'
import { generateIdentity, parseRecipient, recipientOf } from './age/index.ts'
import { formatBech32 } from './age/bech32.ts'
import { pairKey } from './pair-key.ts'

const us = generateIdentity()
const cn = generateIdentity()
const other = generateIdentity()
const keyOf = (own: typeof us, of: typeof us, purpose = 'a') => pairKey(own, recipientOf(of), purpose)?.toHex()

test('[AG13] two have the same key for a purpose, and nobody else has it', () => {
  expect(keyOf(us, cn)).toBe(keyOf(cn, us))
  expect(keyOf(us, cn)).toMatch(/^[0-9a-f]{64}$/)
  const keys = [keyOf(us, cn), keyOf(us, cn, 'b'), keyOf(us, other), keyOf(cn, other)]
  expect(new Set(keys).size).toBe(keys.length)
})

test('[AG13] there is none with a point of low order', () => {
  const low = parseRecipient(formatBech32('age', new Uint8Array(32)))
  expect(pairKey(us, low, 'a')).toBeUndefined()
})
