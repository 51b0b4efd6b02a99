// Sealing and opening by the chunk: the same file as when sealed whole, and nothing that could seal one place twice.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { refusalOf } from '../../../test-support/refusal.ts'
import { concatBytes } from '../../bytes.ts'
import { createChunkSealer, generateIdentity, open, openChunks, payloadChunkBytes, recipientOf } from './index.ts'
import { sealedChunkBytes } from './index.ts'

const identity = generateIdentity()
const recipients = [recipientOf(identity)]
const bytesOf = (fill: number, length: number) => new Uint8Array(length).fill(fill)

test('[AG11] a sealer takes whole chunks in order, each once, and nothing after the last', () => {
  const wrong: readonly [string, Uint8Array, boolean][] = [
    ['a short chunk that is not the last', bytesOf(1, payloadChunkBytes - 1), false],
    ['a long chunk', bytesOf(1, payloadChunkBytes + 1), false],
    ['a long last chunk', bytesOf(1, payloadChunkBytes + 1), true],
  ]
  const sealer = createChunkSealer(recipients)
  const sealed: Uint8Array[] = [sealer.start]
  for (let index = 0; index < 3; index++) {
    for (const [fault, plaintext, last] of wrong) {
      expect(
        refusalOf(() => sealer.seal(plaintext, last)),
        fault,
      ).toBe('age.order')
    }
    if (index === 1) expect(refusalOf(() => sealer.seal(new Uint8Array(0), true))).toBe('age.order')
    sealed.push(index < 2 ? sealer.seal(bytesOf(index, payloadChunkBytes), false) : sealer.seal(bytesOf(2, 5), true))
  }
  for (const last of [true, false]) {
    expect(refusalOf(() => sealer.seal(bytesOf(9, payloadChunkBytes), last))).toBe('age.order')
  }
  // What was refused was not sealed: the file is the three chunks.
  const expected = concatBytes(bytesOf(0, payloadChunkBytes), bytesOf(1, payloadChunkBytes), bytesOf(2, 5))
  expect(open(concatBytes(...sealed), [identity])).toEqual(expected)
})

test('[AG11] two sealers share no key, and what opens a file cannot seal', () => {
  const [one, other] = [createChunkSealer(recipients), createChunkSealer(recipients)]
  expect(one.start).not.toEqual(other.start)
  const plaintext = bytesOf(7, payloadChunkBytes)
  expect(one.seal(plaintext, false)).not.toEqual(other.seal(plaintext, false))
  expect(Object.keys(openChunks(one.start, [identity])).sort()).toEqual(['open', 'start'])
})

test('[AG12] a chunk opens at its own place in its own file, at any time and in any order', () => {
  const sealer = createChunkSealer(recipients)
  const chunks = [0, 1, 2].map((index) => sealer.seal(bytesOf(index, index < 2 ? payloadChunkBytes : 9), index === 2))
  const stranger = createChunkSealer(recipients)
  fc.assert(
    fc.property(fc.nat({ max: 2 }), fc.nat({ max: 2 }), fc.boolean(), (chunk, place, last) => {
      const isItsOwn = chunk === place && last === (chunk === 2)
      const opener = openChunks(sealer.start, [identity])
      let opened: Uint8Array | undefined
      expect(refusalOf(() => (opened = opener.open(place, last, chunks[chunk]!)))).toBe(
        isItsOwn ? 'accepted' : 'age.payload',
      )
      if (isItsOwn) expect(opened).toEqual(bytesOf(chunk, chunk < 2 ? payloadChunkBytes : 9))
      const elsewhere = openChunks(stranger.start, [identity])
      expect(refusalOf(() => elsewhere.open(place, last, chunks[chunk]!))).toBe('age.payload')
    }),
  )
  expect(chunks[0]).toHaveLength(sealedChunkBytes)
  for (let length = 0; length < sealer.start.length; length++) {
    expect(refusalOf(() => openChunks(sealer.start.subarray(0, length), [identity]))).toBe('age.malformed')
  }
  expect(refusalOf(() => openChunks(sealer.start, [generateIdentity()]))).toBe('age.no-identity')
})
