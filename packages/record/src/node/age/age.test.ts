// Sealing and opening as a whole: against the reference implementation, whole and streamed, and against every change.

import { Decrypter, Encrypter } from 'age-encryption'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { refusalOf, refusalOfAsync } from '../../../test-support/refusal.ts'
import { concatBytes, formatUtf8 } from '../../bytes.ts'
import { payloadChunkBytes, formatIdentity, formatRecipient, generateIdentity, ageHeaderBytesMax } from './index.ts'
import { open, openFileKey, openStream, openWithFileKey, recipientOf, seal, sealStream, stanzasMax } from './index.ts'

const identities = [generateIdentity(), generateIdentity(), generateIdentity()]
const recipients = identities.map(recipientOf)
const stranger = generateIdentity()
const plaintext = formatUtf8('the particulars of a request')
const sealedChunkBytes = payloadChunkBytes + 16

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const collected: Uint8Array[] = []
  for await (const piece of pieces) collected.push(piece)
  return concatBytes(...collected)
}

function* cut(bytes: Uint8Array, pieceBytes: number): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += pieceBytes) yield bytes.subarray(start, start + pieceBytes)
}

/** Bytes where every chunk differs. */
function long(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (at >> 8) ^ at)
}

test('[AG1] each recipient opens what was sealed to several, and nobody else does', () => {
  const sealed = seal(plaintext, recipients)
  for (const identity of identities) {
    expect(open(sealed, [identity])).toEqual(plaintext)
    expect(open(sealed, [stranger, identity])).toEqual(plaintext)
  }
  expect(refusalOf(() => open(sealed, [stranger]))).toBe('age.no-identity')
  expect(refusalOf(() => open(sealed, []))).toBe('age.no-identity')
})

test('[AG1] what is opened is plain bytes of its own', () => {
  const opened = open(seal(plaintext, recipients), identities)
  expect(opened.constructor).toBe(Uint8Array)
  expect(seal(plaintext, recipients).constructor).toBe(Uint8Array)
})

describe('lengths about the limits of a chunk', () => {
  test.each([
    0,
    1,
    payloadChunkBytes - 1,
    payloadChunkBytes,
    payloadChunkBytes + 1,
    2 * payloadChunkBytes,
    2 * payloadChunkBytes + 17,
  ])('[AG1] %i bytes survive, whole and streamed, in every combination', async (length) => {
    const bytes = long(length)
    const whole = seal(bytes, recipients)
    const streamed = await collect(sealStream(cut(bytes, 10_007), recipients))
    expect(streamed.length).toBe(whole.length)
    for (const sealed of [whole, streamed]) {
      expect(open(sealed, identities)).toEqual(bytes)
      expect(await collect(openStream(cut(sealed, 9_973), identities))).toEqual(bytes)
    }
  })
})

test('[AG1] a stream may come byte by byte, and as a web stream', async () => {
  const sealed = seal(plaintext, recipients)
  expect(await collect(openStream(cut(sealed, 1), identities))).toEqual(plaintext)
  expect(await collect(openStream(ReadableStream.from(cut(sealed, 7)), identities))).toEqual(plaintext)
})

test('[AG2] the reference implementation opens what is sealed here, and the other way', async () => {
  const decrypter = new Decrypter()
  decrypter.addIdentity(formatIdentity(identities[1]!))
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(formatRecipient(recipient))
  const lengths = fc.oneof(fc.nat({ max: 300 }), fc.constantFrom(payloadChunkBytes, payloadChunkBytes + 1))
  await fc.assert(
    fc.asyncProperty(lengths, fc.nat({ max: 255 }), async (length, byte) => {
      const bytes = new Uint8Array(length).fill(byte)
      expect(await decrypter.decrypt(seal(bytes, recipients))).toEqual(bytes)
      const theirs = await encrypter.encrypt(bytes)
      expect(open(theirs, [identities[2]!])).toEqual(bytes)
      expect(await collect(openStream([theirs], [identities[0]!]))).toEqual(bytes)
    }),
    { numRuns: 25 },
  )
})

test('[AG5] a change of any single byte is refused, with a code of this part', () => {
  const sealed = seal(plaintext, recipients.slice(0, 2))
  for (let at = 0; at < sealed.length; at++) {
    for (const change of [0x01, 0x20, 0x80]) {
      const flipped = sealed.slice()
      flipped[at] = flipped[at]! ^ change
      expect(
        refusalOf(() => open(flipped, identities)),
        `byte ${at}`,
      ).toMatch(/^age\./)
    }
  }
})

test('[AG5] a header whose stanzas were added to, taken from or put in another order is refused', () => {
  const sealed = seal(plaintext, recipients)
  const lines = Buffer.from(sealed).toString('latin1').split('\n')
  const stanza = (index: number): string[] => lines.slice(1 + 2 * index, 3 + 2 * index)
  const rest = lines.slice(7).join('\n')
  const changed = [
    [...stanza(0), ...stanza(1)],
    [...stanza(1), ...stanza(0), ...stanza(2)],
    [...stanza(0), ...stanza(1), ...stanza(2), ...stanza(2)],
    [...stanza(0), ...stanza(1), ...stanza(2), '-> grease', ''],
  ]
  for (const stanzas of changed) {
    const bytes = Buffer.from([lines[0]!, ...stanzas, rest].join('\n'), 'latin1')
    expect(refusalOf(() => open(bytes, identities))).toBe('age.header')
  }
})

test('[AG6] a file cut off anywhere is refused', async () => {
  const sealed = seal(plaintext, recipients.slice(0, 1))
  for (let length = 0; length < sealed.length; length++) {
    const cutOff = sealed.subarray(0, length)
    const code = refusalOf(() => open(cutOff, identities))
    expect(code, `${length} bytes`).toMatch(/^age\.(?:malformed|payload)$/)
    expect(await refusalOfAsync(() => collect(openStream([cutOff], identities)))).toBe(code)
  }
})

test('[AG6] chunks cut off, swapped, repeated, left out or added are refused, and nothing of a bad chunk is handed out', async () => {
  const bytes = long(3 * payloadChunkBytes)
  const sealed = seal(bytes, recipients)
  const start = sealed.length - 3 * sealedChunkBytes
  const [head, ...chunks] = [
    sealed.subarray(0, start),
    ...[0, 1, 2].map((index) =>
      sealed.subarray(start + index * sealedChunkBytes, start + (index + 1) * sealedChunkBytes),
    ),
  ]
  const [a, b, c] = chunks as [Uint8Array, Uint8Array, Uint8Array]
  const faults: [string, Uint8Array[], number][] = [
    ['the last left out', [a, b], 2],
    ['one left out', [a, c], 1],
    ['two swapped', [b, a, c], 0],
    ['one repeated', [a, a, b, c], 1],
    ['the last repeated', [a, b, c, c], 3],
    ['bytes added', [a, b, c, new Uint8Array(1)], 3],
    ['cut within', [a, b.subarray(0, 100)], 1],
    ['cut within a tag', [a, b.subarray(0, 15)], 1],
    ['nothing left', [], 0],
  ]
  for (const [fault, order, good] of faults) {
    const changed = concatBytes(head, ...order)
    expect(
      refusalOf(() => open(changed, identities)),
      fault,
    ).toBe('age.payload')
    const seen: Uint8Array[] = []
    const code = await refusalOfAsync(async () => {
      for await (const piece of openStream(cut(changed, 50_000), identities)) seen.push(piece)
    })
    expect(code, fault).toBe('age.payload')
    expect(concatBytes(...seen), fault).toEqual(bytes.subarray(0, good * payloadChunkBytes))
  }
})

test('[AG4] a header beyond its limit is refused before it is held', async () => {
  let given = 0
  function* endless(): Generator<Uint8Array> {
    yield formatUtf8('age-encryption.org/v1\n')
    for (;;) {
      given += 1000
      yield formatUtf8(`-> ${'x'.repeat(996)}\n`)
    }
  }
  expect(await refusalOfAsync(() => collect(openStream(endless(), identities)))).toBe('age.malformed')
  expect(given).toBeLessThan(ageHeaderBytesMax + 2000)
  expect(refusalOf(() => open(new Uint8Array(ageHeaderBytesMax + 1), identities))).toBe('age.malformed')
})

test('[AG7] a stream is sealed and opened without holding more than a chunk and a piece', async () => {
  let ahead = 0
  let most = 0
  async function* source(): AsyncGenerator<Uint8Array> {
    for (let piece = 0; piece < 64; piece++) {
      ahead += payloadChunkBytes
      most = Math.max(most, ahead)
      yield new Uint8Array(payloadChunkBytes)
    }
  }
  let opened = 0
  for await (const piece of openStream(sealStream(source(), recipients), identities)) {
    ahead -= piece.length
    opened += piece.length
  }
  expect(opened).toBe(64 * payloadChunkBytes)
  expect(most).toBeLessThanOrEqual(4 * payloadChunkBytes)
})

test('[AG7] whoever stops reading lets the source go', async () => {
  let closed = 0
  async function* source(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    try {
      yield* cut(bytes, payloadChunkBytes)
    } finally {
      closed++
    }
  }
  for await (const piece of openStream(source(seal(long(3 * payloadChunkBytes), recipients)), identities)) {
    expect(piece.length).toBe(payloadChunkBytes)
    break
  }
  for await (const piece of sealStream(source(long(3 * payloadChunkBytes)), recipients)) {
    expect(piece.length).toBeGreaterThan(0)
    break
  }
  expect(
    await refusalOfAsync(() => collect(openStream(source(new Uint8Array(ageHeaderBytesMax * 2)), identities))),
  ).toBe('age.malformed')
  expect(closed).toBe(2)
})

test('[AG8] nothing is sealed to nobody, nor to more than a header holds', async () => {
  expect(refusalOf(() => seal(plaintext, []))).toBe('age.key')
  expect(await refusalOfAsync(() => collect(sealStream([plaintext], [])))).toBe('age.key')
  const crowd = Array.from({ length: stanzasMax + 1 }, () => recipients[0]!)
  expect(refusalOf(() => seal(plaintext, crowd))).toBe('age.key')
  expect(open(seal(plaintext, crowd.slice(1)), identities)).toEqual(plaintext)
})

test('[AG4] a header with more stanzas than its limit is refused before any key is tried', () => {
  const [version, ...rest] = Buffer.from(seal(plaintext, recipients)).toString('latin1').split('\n')
  const grease = Array.from({ length: stanzasMax }, () => '-> x\n')
  const file = Buffer.from([version, ...grease, ...rest].join('\n'), 'latin1')
  expect(refusalOf(() => open(file, identities))).toBe('age.malformed')
})

test('[AG5] any bytes at all are refused with a code of this part, alone or put into a good file', () => {
  const sealed = seal(plaintext, recipients)
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 100 }), fc.nat({ max: sealed.length }), (noise, at) => {
      expect(refusalOf(() => open(noise, identities))).toMatch(/^age\./)
      const spliced = concatBytes(sealed.subarray(0, at), noise, sealed.subarray(at))
      expect(refusalOf(() => open(spliced, identities))).toMatch(/^age\./)
    }),
  )
})

test('[AG9] a published file key opens its own file and no other', () => {
  const [one, other] = [seal(plaintext, recipients), seal(plaintext, recipients)]
  const fileKey = openFileKey(one, [identities[2]!])
  expect(fileKey.length).toBe(16)
  expect(openWithFileKey(one, fileKey)).toEqual(plaintext)
  expect(refusalOf(() => openWithFileKey(other, fileKey))).toBe('age.header')
  expect(refusalOf(() => openWithFileKey(one, fileKey.subarray(1)))).toBe('age.key')
  expect(refusalOf(() => openFileKey(one, [stranger]))).toBe('age.no-identity')
})

test('[AG10] all chance comes from the argument, and every draw is used once', () => {
  const drawn: string[] = []
  let next = 0
  const random = (bytes: number): Uint8Array => {
    const given = new Uint8Array(bytes).fill(++next)
    drawn.push(given.toHex())
    return given
  }
  const one = seal(plaintext, recipients, random)
  expect(drawn.map((hex) => hex.length / 2)).toEqual([16, 32, 32, 32, 16])
  const other = seal(plaintext, recipients, random)
  expect(new Set(drawn).size).toBe(drawn.length)
  expect(one).not.toEqual(other)
  next = 0
  expect(seal(plaintext, recipients, random)).toEqual(one)
})
