import fc from 'fast-check'
import { expect, test } from 'vitest'
import { refusalOf } from '../../../test-support/refusal.ts'
import { formatBech32, parseBech32 } from './bech32.ts'

test('[AG3] Bech32 is that of BIP 173, without its limit of length', () => {
  expect(formatBech32('a', new Uint8Array())).toBe('a12uel5l')
  expect(parseBech32('a', 'A12UEL5L')).toEqual(new Uint8Array())
  const pair = 'abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw'
  expect(parseBech32('abcdef', pair).toHex()).toBe('00443214c74254b635cf84653a56d7c675be77df')
  expect(parseBech32('split', 'split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w').length).toBe(30)
  const long = new Uint8Array(500).fill(7)
  expect(parseBech32('long', formatBech32('long', long))).toEqual(long)
})

test.each([
  ['another prefix', 'b', 'a12uel5l'],
  ['mixed case', 'a', 'a12UEL5L'],
  ['a wrong checksum', 'a', 'a12uel5q'],
  ['a checksum cut short', 'a', 'a12uel5'],
  ['no separator', 'a', 'a2uel5l'],
  ['a character outside the alphabet', 'split', 'split1cheo2y9e2w'],
  ['an invalid character in the checksum', 'de', 'de1lg7wt\u{ff}'],
  ['a character beyond the first plane', 'a', 'a1\u{1f600}2uel5l'],
  ['the checksum of the upper-case prefix', 'a', 'A1G7SGD8'],
  ['the checksum of Bech32m', 'a', 'a1lqfn3a'],
  ['padding that is not zero', 'a', 'a1z3lgqpl'],
  ['nothing', 'a', ''],
])('[AG3] refused as a key: %s', (_case, prefix, text) => {
  expect(refusalOf(() => parseBech32(prefix, text))).toBe('age.key')
})

test('[AG3] bytes survive the round trip, and one changed character is always found', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 64 }),
      fc.nat(),
      fc.constantFrom(...Array.from('qpzry9x8gf2tvdw0s3jn54khce6mua7l')),
      (bytes, at, other) => {
        const text = formatBech32('age', bytes)
        expect(parseBech32('age', text)).toEqual(bytes)
        const position = 4 + (at % (text.length - 4))
        fc.pre(text[position] !== other)
        expect(refusalOf(() => parseBech32('age', text.slice(0, position) + other + text.slice(position + 1)))).toBe(
          'age.key',
        )
      },
    ),
  )
})
