import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flippedByte, refusalOf } from '../test-support/refusal.ts'
import { describePublished } from '../test-support/shared-vectors.ts'
import { formatUtf8 } from './bytes.ts'
import { nodeCrypto } from './node/crypto.ts'
import { createVerifierKey, formatVerifierKey, type NoteAlgorithm, parseVerifierKey } from './verifier-key.ts'

const publicKey = new Uint8Array(32).fill(0x42)
const parse = (text: string) => parseVerifierKey(nodeCrypto, text)

const algorithms = fc.constantFrom<NoteAlgorithm>('ed25519', 'cosignature/v1')
const keyNames = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .filter((name) => !/[\p{White_Space}\p{Cc}+]/u.test(name) && name.isWellFormed())
const publicKeys = fc.uint8Array({ minLength: 32, maxLength: 32 })

test('[NT1] a verifier key is read back as it was written', () => {
  fc.assert(
    fc.property(algorithms, keyNames, publicKeys, (algorithm, name, bytes) => {
      const key = createVerifierKey(nodeCrypto, algorithm, name, bytes)
      expect(parse(formatVerifierKey(key))).toEqual(key)
    }),
  )
})

test('[NT2] the id is made from name, type and public key', () => {
  const key = createVerifierKey(nodeCrypto, 'cosignature/v1', 'w.example', publicKey)
  const hashed = nodeCrypto.sha256(Uint8Array.of(...formatUtf8('w.example\n'), 4, ...publicKey))
  expect(key.id).toBe(hashed.subarray(0, 4).toHex())
  expect(createVerifierKey(nodeCrypto, 'ed25519', 'w.example', publicKey).id).not.toBe(key.id)
})

test('[NT2] a verifier key changed in one byte is refused, whatever the byte', () => {
  const text = formatUtf8(formatVerifierKey(createVerifierKey(nodeCrypto, 'ed25519', 'log.example/a', publicKey)))
  fc.assert(
    fc.property(flippedByte(text), (flipped) => {
      expect(refusalOf(() => parse(new TextDecoder().decode(flipped)))).toBe('key.malformed')
    }),
  )
})

describe('[NT3] no key has a name that', () => {
  test.each([
    ['is empty', ''],
    ['has a space', 'a b'],
    ['has a space of another script', 'a\u3000b'],
    ['has a line separator', 'a\u2028b'],
    ['has a next-line character', 'a\u0085b'],
    ['has a plus', 'a+b'],
    ['has a line feed', 'a\nb'],
    ['has a control character', 'a\0b'],
    ['is not well-formed', 'a\ud800b'],
  ])('%s', (_what, name) => {
    expect(refusalOf(() => createVerifierKey(nodeCrypto, 'ed25519', name, publicKey))).toBe('key.malformed')
  })
})

test('[NT3] a public key of another length is refused', () => {
  for (const length of [0, 31, 33]) {
    const attempt = () => createVerifierKey(nodeCrypto, 'ed25519', 'a', new Uint8Array(length))
    expect(refusalOf(attempt)).toBe('key.malformed')
  }
})

test('[NT4] a key of a type that is not supported is refused, though its id is right', () => {
  for (const type of [0, 2, 3, 5, 6, 255]) {
    const id = nodeCrypto
      .sha256(Uint8Array.of(...formatUtf8('a\n'), type, ...publicKey))
      .subarray(0, 4)
      .toHex()
    expect(refusalOf(() => parse(`a+${id}+${Uint8Array.of(type, ...publicKey).toBase64()}`))).toBe('key.malformed')
  }
})

describePublished('signed-note', (vectors) => {
  const { goodVkeys, badVkeys } = vectors.readJson<{ goodVkeys: string[]; badVkeys: string[] }>('signed-note.json')

  test.each(goodVkeys)('[NT1] %s is a verifier key', (text) => {
    expect(formatVerifierKey(parse(text))).toBe(text)
  })

  test('[NT2] [NT3] none of the published malformed ones is', () => {
    expect(badVkeys.length).toBeGreaterThan(300)
    for (const text of badVkeys)
      expect(
        refusalOf(() => parse(text)),
        text,
      ).toBe('key.malformed')
  })
})

describePublished('cosignature', (vectors) => {
  const { vkeys } = vectors.readJson<{ vkeys: { desc: string; vkey: string; wantErr: boolean }[] }>(
    'cosignature-v1.json',
  )
  // A post-quantum key is a verifier key upstream; here it is of a type that is not supported.
  test.each(vkeys)('[NT1] [NT4] $desc', ({ desc, vkey, wantErr }) => {
    expect(refusalOf(() => parse(vkey))).toBe(wantErr || desc.includes('MLDSA') ? 'key.malformed' : 'accepted')
  })
})
