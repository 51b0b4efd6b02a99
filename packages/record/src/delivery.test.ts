import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flippedByte, refusalOf } from '../test-support/refusal.ts'
import { concatBytes, formatUtf8 } from './bytes.ts'
import {
  deliveryBodiesMax,
  deliveryBytes,
  deliveryBytesMax,
  deliveryCosignaturesMax,
  deliveryEnd,
  deliveryEntriesMax,
  deliveryFromMax,
  formatDelivery,
  leafBytesMax,
  parseDelivery,
  sealedBytesMax,
} from './delivery.ts'
import type { Delivery } from './delivery.ts'
import { noteBytesMax } from './note.ts'

const origin = 'us.parley.example/c/00112233445566778899aabbccddeeff'
const empty: Delivery = {
  origin,
  from: 0,
  head: new Uint8Array(),
  proof: [],
  entries: [],
  bodies: [],
  cosignatures: [],
}
const small: Delivery = {
  origin,
  from: 7,
  head: formatUtf8('head'),
  proof: [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)],
  entries: [formatUtf8('one'), new Uint8Array(), formatUtf8('three')],
  bodies: [
    { digest: '11'.repeat(32), bytes: formatUtf8('sealed') },
    { digest: '22'.repeat(32), bytes: new Uint8Array() },
  ],
  cosignatures: [
    { origin: 'cn.parley.example/governance', note: formatUtf8('note') },
    { origin: 'cn.parley.example/governance', note: formatUtf8('another') },
  ],
}

const origins = fc.constantFrom(origin, 'cn.parley.example/governance', 'a/governance')
const bytes = fc.uint8Array({ maxLength: 40 })
const digest = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((value) => value.toHex())
const deliveries: fc.Arbitrary<Delivery> = fc.record({
  origin: origins,
  from: fc.maxSafeNat().map((value) => Math.min(value, deliveryFromMax)),
  head: bytes,
  proof: fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 63 }),
  entries: fc.array(bytes, { maxLength: 8 }),
  bodies: fc
    .uniqueArray(fc.record({ digest, bytes }), { maxLength: 5, selector: (body) => body.digest })
    .map((bodies) => bodies.toSorted((one, other) => (one.digest < other.digest ? -1 : 1))),
  cosignatures: fc.array(fc.record({ origin: origins, note: bytes }), { maxLength: 4 }),
})

test('[DL1] a delivery survives the round trip', () => {
  fc.assert(
    fc.property(deliveries, (delivery) => {
      const frame = formatDelivery(delivery)
      expect(frame.length).toBe(deliveryBytes(delivery))
      expect(parseDelivery(frame)).toEqual(delivery)
    }),
  )
})

test('[DL1] the frame is laid out as the specification says', () => {
  const layout = [
    formatUtf8('parley/delivery/v1\n'),
    [0, 0, 0, origin.length],
    formatUtf8(origin),
    [0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 4],
    formatUtf8('head'),
    [2],
    ...small.proof,
    [0, 0, 0, 3, 0, 3],
    formatUtf8('one'),
    [0, 0, 0, 5],
    formatUtf8('three'),
    [0, 0, 0, 2],
    new Uint8Array(32).fill(0x11),
    [0, 0, 0, 6],
    formatUtf8('sealed'),
    new Uint8Array(32).fill(0x22),
    [0, 0, 0, 0, 0, 2, 0, 0, 0, 28],
    formatUtf8('cn.parley.example/governance'),
    [0, 0, 0, 4],
    formatUtf8('note'),
    [0, 0, 0, 28],
    formatUtf8('cn.parley.example/governance'),
    [0, 0, 0, 7],
    formatUtf8('another'),
  ]
  expect(formatDelivery(small)).toEqual(concatBytes(...layout.map((part) => Uint8Array.from(part))))
  expect(deliveryEnd(small)).toBe(10)
})

test('[DL1] bodies given in another order make the same frame', () => {
  expect(formatDelivery({ ...small, bodies: small.bodies.toReversed() })).toEqual(formatDelivery(small))
})

test('[DL1] the parts of a parsed delivery share memory with the frame', () => {
  const frame = formatDelivery(small)
  const parsed = parseDelivery(frame)
  for (const part of [parsed.head, parsed.proof[1]!, parsed.entries[2]!, parsed.bodies[0]!.bytes]) {
    expect(part.buffer).toBe(frame.buffer)
  }
})

test('[DL2] a frame cut off anywhere, or with anything after it, is refused', () => {
  const frame = formatDelivery(small)
  for (let length = 0; length < frame.length; length++) {
    expect(
      refusalOf(() => parseDelivery(frame.subarray(0, length))),
      `${length} bytes`,
    ).toBe('delivery.malformed')
  }
  expect(refusalOf(() => parseDelivery(concatBytes(frame, Uint8Array.of(0))))).toBe('delivery.malformed')
})

test('[DL2] a changed byte gives another delivery or a refusal with a code of this part', () => {
  fc.assert(
    fc.property(flippedByte(formatDelivery(small)), (flipped) => {
      const code = refusalOf(() => parseDelivery(flipped))
      expect(code).toMatch(/^(?:accepted|delivery\.malformed|delivery\.limit)$/)
      // One delivery, one spelling: what is read from a changed frame is written as that changed frame.
      if (code === 'accepted') expect(formatDelivery(parseDelivery(flipped))).toEqual(flipped)
    }),
    { numRuns: 1000 },
  )
})

describe('limits', () => {
  const tooLong: [string, Partial<Delivery>][] = [
    ['a head', { head: new Uint8Array(noteBytesMax + 1) }],
    ['the proof', { proof: Array.from({ length: 64 }, () => new Uint8Array(32)) }],
    ['the entries', { entries: Array.from({ length: deliveryEntriesMax + 1 }, () => new Uint8Array()) }],
    ['an entry', { entries: [new Uint8Array(leafBytesMax + 1)] }],
    [
      'the bodies',
      {
        bodies: Array.from({ length: deliveryBodiesMax + 1 }, (_, at) => ({
          digest: at.toString(16).padStart(64, '0'),
          bytes: new Uint8Array(),
        })),
      },
    ],
    ['a body', { bodies: [{ digest: '00'.repeat(32), bytes: new Uint8Array(sealedBytesMax + 1) }] }],
    [
      'the cosignatures',
      { cosignatures: Array.from({ length: deliveryCosignaturesMax + 1 }, () => ({ origin, note: new Uint8Array() })) },
    ],
    ['a cosigned note', { cosignatures: [{ origin, note: new Uint8Array(noteBytesMax + 1) }] }],
    ['the whole', { entries: Array.from({ length: 321 }, () => new Uint8Array(leafBytesMax)) }],
    ['the first index', { from: deliveryFromMax + 1 }],
  ]
  test.each(tooLong)('[DL3] %s beyond its limit is not written', (_case, change) => {
    expect(refusalOf(() => formatDelivery({ ...empty, ...change }))).toBe('delivery.limit')
  })

  test('[DL3] everything at its limit is written and read', () => {
    const largest: Partial<Delivery>[] = [
      { head: new Uint8Array(noteBytesMax), proof: Array.from({ length: 63 }, () => new Uint8Array(32)) },
      { entries: Array.from({ length: deliveryEntriesMax }, () => new Uint8Array(9)), from: deliveryFromMax },
      {
        entries: [new Uint8Array(leafBytesMax)],
        bodies: [{ digest: 'ff'.repeat(32), bytes: new Uint8Array(sealedBytesMax) }],
      },
      {
        bodies: Array.from({ length: deliveryBodiesMax }, (_, at) => ({
          digest: at.toString(16).padStart(64, '0'),
          bytes: new Uint8Array(9),
        })),
      },
      { cosignatures: Array.from({ length: deliveryCosignaturesMax }, () => ({ origin, note: new Uint8Array(9) })) },
    ]
    for (const change of largest) {
      const delivery = { ...empty, ...change }
      const parsed = parseDelivery(formatDelivery(delivery))
      expect(parsed.entries.length).toBe(delivery.entries.length)
      expect(deliveryBytes(parsed)).toBe(deliveryBytes(delivery))
    }
  })

  // Offsets in the frame of an empty delivery: its counts and lengths stand in this order.
  const start = 'parley/delivery/v1\n'.length
  const afterOrigin = start + 4 + origin.length
  test.each([
    ['the origin', start, 4],
    ['the first index', afterOrigin, 8],
    ['the head', afterOrigin + 8, 4],
    ['the proof', afterOrigin + 12, 1],
    ['the entries', afterOrigin + 13, 4],
    ['the bodies', afterOrigin + 17, 4],
    ['the cosignatures', afterOrigin + 21, 2],
  ])('[DL3] an enormous number for %s is refused when it is read', (_case, at, width) => {
    const frame = formatDelivery(empty)
    expect(refusalOf(() => parseDelivery(frame.slice().fill(0xff, at, at + width)))).toBe('delivery.limit')
  })

  test('[DL3] a frame beyond its limit is refused unread', () => {
    expect(refusalOf(() => parseDelivery(new Uint8Array(deliveryBytesMax + 1)))).toBe('delivery.limit')
  })
})

describe('what has no form', () => {
  const changes: [string, Partial<Delivery>][] = [
    ['a path for an origin', { origin: '../../etc/passwd' }],
    ['an origin with a line feed', { origin: 'us.parley.example/governance\n' }],
    ['an empty origin', { origin: '' }],
    ['a negative index', { from: -1 }],
    ['a fraction for an index', { from: 0.5 }],
    ['a hash of 31 bytes', { proof: [new Uint8Array(31)] }],
    ['a path for a digest', { bodies: [{ digest: '../'.padEnd(64, 'a'), bytes: new Uint8Array() }] }],
    ['a digest in upper case', { bodies: [{ digest: 'AA'.repeat(32), bytes: new Uint8Array() }] }],
    ['a body twice', { bodies: [small.bodies[0]!, small.bodies[0]!] }],
    ['no origin of a cosignature', { cosignatures: [{ origin: 'nothing', note: new Uint8Array() }] }],
  ]
  test.each(changes)('[DL4] %s is not written', (_case, change) => {
    expect(refusalOf(() => formatDelivery({ ...small, ...change }))).toBe('delivery.malformed')
  })

  test('[DL4] bodies out of order or twice, and origins that are none, are not read', () => {
    const frame = formatDelivery(small)
    const text = Buffer.from(frame).toString('latin1')
    const [first, second] = ['\x11'.repeat(32), '\x22'.repeat(32)]
    const changed = [
      text.replace(first, '\x33'.repeat(32)),
      text.replace(first, second),
      text.replace('us.parley', 'us/../ley'),
      text.replace('cn.parley.example/governance', 'cn.parley.example/governanc\xe9'),
      text.replace('delivery/v1', 'delivery/v2'),
    ]
    for (const variant of changed) {
      expect(variant).not.toBe(text)
      expect(refusalOf(() => parseDelivery(Buffer.from(variant, 'latin1')))).toBe('delivery.malformed')
    }
  })
})
