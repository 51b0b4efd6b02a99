import { gzipSync, brotliCompressSync, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { createChannel, frameAll, testChannel } from '../test-support/channel.ts'
import type { TestChannel } from '../test-support/channel.ts'
import { flippedByte, refusalOf, refusalOfAsync } from '../test-support/refusal.ts'
import { archiveBeginnings, slips } from '../test-support/slips.ts'
import { formatBundle, formatBundlePieces, parseBundle, parseBundleStream } from './bundle.ts'
import type { Bundle, BundleParts } from './bundle.ts'
import { bundleBytesMax, manifestBytesMax } from './bundle-manifest.ts'
import { concatBytes, formatUtf8 } from './bytes.ts'
import { formatCanonical } from './canonical.ts'
import { checkCard } from './genesis.ts'
import { openCard } from './card.ts'
import { formatDelivery, parseDelivery } from './delivery.ts'
import { nodeCrypto } from './node/index.ts'

let channel: TestChannel
let parts: BundleParts
let whole: Uint8Array

beforeAll(async () => {
  channel = await createChannel()
  parts = {
    purpose: 'transport',
    sequence: 4,
    from: 'us',
    to: 'cn',
    expires: 1_800_000_000_000,
    genesis: channel.genesis,
    cards: channel.cards,
    policy: formatUtf8('quorum none\n'),
    deliveries: await frameAll(channel),
    bodies: [formatUtf8('a body that no frame carries'), new Uint8Array()],
  }
  whole = formatBundle(nodeCrypto, parts)
})

function parse(bytes: Uint8Array): Bundle {
  return parseBundle(nodeCrypto, bytes)
}

function* cut(bytes: Uint8Array, pieceBytes: number): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += pieceBytes) yield bytes.subarray(start, start + pieceBytes)
}

/** The bundle with another manifest, and blobs as they were. */
function withManifest(bytes: Uint8Array): Uint8Array {
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, bytes.length)
  const magicBytes = 'parley/bundle/v1\n'.length
  const before = new DataView(whole.buffer, whole.byteOffset).getUint32(magicBytes)
  return concatBytes(whole.subarray(0, magicBytes), length, bytes, whole.subarray(magicBytes + 4 + before))
}

// oxlint-disable-next-line typescript/no-explicit-any
type Change = (manifest: any) => void

function withChange(change: Change): Uint8Array {
  const manifest = structuredClone(parse(whole).manifest)
  change(manifest)
  return withManifest(formatCanonical(manifest))
}

test('[BN1] what went into a bundle comes out of it', async () => {
  const bundle = parse(whole)
  expect(bundle.manifest).toMatchObject({
    purpose: 'transport',
    channel: testChannel,
    sequence: 4,
    from: 'us',
    to: 'cn',
  })
  expect(bundle.genesis.bytes).toEqual(channel.genesis)
  expect(bundle.policy).toEqual(parts.policy)
  expect(new Set(bundle.cards)).toEqual(new Set(channel.cards))
  for (const card of bundle.cards) checkCard(bundle.genesis.value, await openCard(nodeCrypto, card))
  expect(new Set(bundle.deliveries.map(({ frame }) => frame))).toEqual(new Set(parts.deliveries))
  for (const { frame, delivery } of bundle.deliveries) expect(delivery).toEqual(parseDelivery(frame))
  expect(bundle.bodies.map(({ bytes }) => bytes)).toEqual(
    expect.arrayContaining([formatUtf8('a body that no frame carries'), new Uint8Array()]),
  )
  for (const { digest, bytes } of bundle.bodies) expect(nodeCrypto.sha256(bytes).toHex()).toBe(digest)
  expect(bundle.manifest.logs).toEqual(
    [...channel.governance, ...channel.logs]
      .map(({ origin, tree }) => ({ origin, from: 0, size: tree.size }))
      .toSorted((one, other) => (one.origin < other.origin ? -1 : 1)),
  )
})

test('[BN1] read twice it is the same, and written again it is the same bytes', () => {
  const bundle = parse(whole)
  expect(parse(whole)).toEqual(bundle)
  const again: BundleParts = {
    ...parts,
    cards: bundle.cards.toReversed(),
    deliveries: bundle.deliveries.map(({ frame }) => frame).toReversed(),
    bodies: bundle.bodies.map(({ bytes }) => bytes).toReversed(),
  }
  expect(formatBundle(nodeCrypto, again)).toEqual(whole)
})

test('[BN1] a log may come in several frames that join on', async () => {
  const [log] = [channel.logs[1]]
  const frames = [await log.deliver(1, 2), await log.deliver(2, 2, 3), await log.deliver(2, 3)]
  const [middle, empty, last] = frames.map(formatDelivery) as [Uint8Array, Uint8Array, Uint8Array]
  const bundle = parse(formatBundle(nodeCrypto, { ...parts, deliveries: [last, middle] }))
  expect(bundle.manifest.logs).toEqual([{ origin: log.origin, from: 1, size: 3 }])
  expect(bundle.deliveries.map(({ frame }) => frame)).toEqual([middle, last])
  const first = formatDelivery(await log.deliver(0, 1))
  const wrong = [
    [first, last],
    [first, middle, formatDelivery(await log.deliver(1, 3))],
    [middle, empty, last],
    [first, first],
  ]
  for (const deliveries of wrong) {
    expect(refusalOf(() => formatBundle(nodeCrypto, { ...parts, deliveries }))).toBe('bundle.malformed')
  }
})

test('[BN2] a bundle that comes in pieces of any size is read as the whole is', async () => {
  const bundle = parse(whole)
  for (const size of [1, 7, 4096, whole.length]) {
    expect(await parseBundleStream(nodeCrypto, cut(whole, size))).toEqual(bundle)
  }
  expect(concatBytes(...formatBundlePieces(nodeCrypto, parts))).toEqual(whole)
})

test('[BN2] a source that fails gives nothing, and one that is refused is let go', async () => {
  let closed = 0
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield whole.subarray(0, 100)
    throw new Error('the medium was pulled out')
  }
  async function* refused(): AsyncGenerator<Uint8Array> {
    try {
      yield formatUtf8('PK\u0003\u0004'.repeat(10))
      yield whole
    } finally {
      closed++
    }
  }
  await expect(parseBundleStream(nodeCrypto, failing())).rejects.toThrow('pulled out')
  expect(await refusalOfAsync(() => parseBundleStream(nodeCrypto, refused()))).toBe('bundle.malformed')
  expect(closed).toBe(1)
})

test('[BN3] a bundle cut off at any byte, or with anything after it, is refused', async () => {
  for (let length = 0; length < whole.length; length++) {
    if (refusalOf(() => parse(whole.subarray(0, length))) !== 'bundle.malformed') expect.unreachable(`${length} bytes`)
  }
  expect(refusalOf(() => parse(concatBytes(whole, Uint8Array.of(0))))).toBe('bundle.malformed')
  for (const length of [0, 10, 18, 21, 500, whole.length - 1]) {
    const code = await refusalOfAsync(() => parseBundleStream(nodeCrypto, [whole.subarray(0, length)]))
    expect(code, `${length} bytes`).toBe('bundle.malformed')
  }
  expect(await refusalOfAsync(() => parseBundleStream(nodeCrypto, [whole, Uint8Array.of(0)]))).toBe('bundle.malformed')
})

test('[BN4] a changed byte in any blob, or in the head of one, is found', () => {
  const manifestEnd = 21 + new DataView(whole.buffer).getUint32(17)
  for (let at = manifestEnd; at < whole.length; at++) {
    const code = refusalOf(() => parse(whole.with(at, whole[at]! ^ 0x40)))
    if (code !== 'bundle.digest' && code !== 'bundle.malformed') expect.unreachable(`byte ${at}: ${code}`)
  }
})

test('[BN4] a changed byte before the blobs is refused, or gives another bundle under another label', () => {
  const { label } = parse(whole)
  const before = 21 + new DataView(whole.buffer).getUint32(17)
  fc.assert(
    fc.property(flippedByte(whole.slice(0, before)), (flipped) => {
      const bytes = concatBytes(flipped, whole.subarray(before))
      const code = refusalOf(() => parse(bytes))
      expect(code).toMatch(/^(?:accepted|bundle\.(?:malformed|limit|digest))$/)
      // What nobody signed anybody can change: the number, the expiry, the receiver. The label tells.
      if (code === 'accepted') expect(parse(bytes).label).not.toBe(label)
    }),
    { numRuns: 1000 },
  )
})

describe('whom it is for', () => {
  test('[BN5] a bundle for another party is refused before any blob is read', () => {
    expect(refusalOf(() => parseBundle(nodeCrypto, whole, { party: 'us' }))).toBe('bundle.recipient')
    expect(parseBundle(nodeCrypto, whole, { party: 'cn' }).manifest.to).toBe('cn')
    const manifestOnly = whole.subarray(0, 21 + new DataView(whole.buffer).getUint32(17))
    expect(refusalOf(() => parseBundle(nodeCrypto, manifestOnly, { party: 'us' }))).toBe('bundle.recipient')
  })

  test('[BN5] a stale bundle is refused from the moment it names on', () => {
    expect(refusalOf(() => parseBundle(nodeCrypto, whole, { now: 1_800_000_000_000 }))).toBe('bundle.expired')
    expect(refusalOf(() => parseBundle(nodeCrypto, whole, { now: 1_799_999_999_999 }))).toBe('accepted')
  })

  test('[BN5] an export or evidence may be for anyone, a transport not', () => {
    const { to: _to, expires: _expires, ...anyone } = parts
    for (const purpose of ['export', 'evidence'] as const) {
      const bytes = formatBundle(nodeCrypto, { ...anyone, purpose })
      expect(parseBundle(nodeCrypto, bytes, { party: 'us', now: Number.MAX_SAFE_INTEGER }).manifest.purpose).toBe(
        purpose,
      )
    }
    expect(refusalOf(() => formatBundle(nodeCrypto, anyone))).toBe('bundle.malformed')
  })
})

test('[BN6] the label names the manifest, and with it all there is', () => {
  const manifestBytes = whole.subarray(21, 21 + new DataView(whole.buffer).getUint32(17))
  const { label } = parse(whole)
  expect(label).toBe(nodeCrypto.sha256(concatBytes(formatUtf8('parley/bundle/v1\n'), manifestBytes)).toHex())
  expect(parse(formatBundle(nodeCrypto, { ...parts, sequence: 5 })).label).not.toBe(label)
})

describe('hostile files', () => {
  test('[BN7] no name that ever slipped out of an archive can be expressed, in any field', () => {
    expect(slips.length).toBeGreaterThanOrEqual(40)
    // oxlint-disable-next-line typescript/no-explicit-any
    const places: Record<string, (manifest: any, slip: string) => void> = {
      digest: (manifest, slip) => (manifest.blobs[0].digest = slip),
      kind: (manifest, slip) => (manifest.blobs[0].kind = slip),
      origin: (manifest, slip) => (manifest.logs[0].origin = slip),
      'end of an origin': (manifest, slip) => (manifest.logs[0].origin = `us.parley.example/c/${slip}`),
      channel: (manifest, slip) => (manifest.channel = slip),
      from: (manifest, slip) => (manifest.from = slip),
      to: (manifest, slip) => (manifest.to = slip),
      purpose: (manifest, slip) => (manifest.purpose = slip),
      path: (manifest, slip) => (manifest.blobs[0].path = slip),
      link: (manifest, slip) => (manifest.blobs[0].link = slip),
    }
    for (const [place, change] of Object.entries(places)) {
      for (const slip of slips) {
        const code = refusalOf(() => parse(withChange((manifest) => change(manifest, slip))))
        expect(code, `${place}: ${JSON.stringify(slip)}`).toBe('bundle.malformed')
      }
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test('[BN7] a key that would reach a prototype is refused', () => {
    const text = new TextDecoder().decode(formatCanonical(parse(whole).manifest))
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      const bytes = withManifest(formatUtf8(`{"${key}":{"polluted":true},${text.slice(1)}`))
      expect(
        refusalOf(() => parse(bytes)),
        key,
      ).toBe('bundle.malformed')
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  const changes: [string, Change, string][] = [
    ['another version', (manifest) => (manifest.v = 2), 'bundle.malformed'],
    ['a blob twice', (manifest) => manifest.blobs.push(manifest.blobs.at(-1)), 'bundle.malformed'],
    [
      'a blob under two kinds',
      (manifest) => manifest.blobs.push({ ...manifest.blobs[0], kind: 'body' }),
      'bundle.malformed',
    ],
    ['a blob left out', (manifest) => manifest.blobs.pop(), 'bundle.malformed'],
    [
      'two blobs swapped',
      (manifest) => manifest.blobs.splice(1, 2, manifest.blobs[2], manifest.blobs[1]),
      'bundle.malformed',
    ],
    ['kinds out of order', (manifest) => manifest.blobs.reverse(), 'bundle.malformed'],
    ['no genesis', (manifest) => manifest.blobs.shift(), 'bundle.malformed'],
    ['no blobs', (manifest) => (manifest.blobs = []), 'bundle.malformed'],
    [
      'two policies',
      (manifest) => (manifest.blobs.find((blob: { kind: string }) => blob.kind === 'delivery').kind = 'policy'),
      'bundle.malformed',
    ],
    ['a card called a genesis', (manifest) => (manifest.blobs[1].kind = 'genesis'), 'bundle.malformed'],
    ['a length too small', (manifest) => manifest.blobs[0].bytes--, 'bundle.malformed'],
    ['a length too large', (manifest) => manifest.blobs[0].bytes++, 'bundle.malformed'],
    ['a negative length', (manifest) => (manifest.blobs[0].bytes = -1), 'bundle.malformed'],
    ['a length that is no number', (manifest) => (manifest.blobs[0].bytes = '9'), 'bundle.malformed'],
    ['an enormous blob', (manifest) => (manifest.blobs[0].bytes = Number.MAX_SAFE_INTEGER), 'bundle.limit'],
    ['another digest', (manifest) => (manifest.blobs[0].digest = '00'.repeat(32)), 'bundle.malformed'],
    ['another channel', (manifest) => (manifest.channel = 'ff'.repeat(16)), 'bundle.malformed'],
    ['a maker who is not in the channel', (manifest) => (manifest.from = 'xx'), 'bundle.malformed'],
    ['a receiver who is not in the channel', (manifest) => (manifest.to = 'xx'), 'bundle.malformed'],
    ['a transport for anyone', (manifest) => delete manifest.to, 'bundle.malformed'],
    ['a log left out', (manifest) => manifest.logs.pop(), 'bundle.malformed'],
    ['logs out of order', (manifest) => manifest.logs.reverse(), 'bundle.malformed'],
    ['a log with another beginning', (manifest) => (manifest.logs[1].from = 1), 'bundle.malformed'],
    ['a log with another size', (manifest) => manifest.logs[1].size++, 'bundle.malformed'],
    ['a log that ends before it begins', (manifest) => (manifest.logs[0].from = 9), 'bundle.malformed'],
    [
      'a log more',
      (manifest) => manifest.logs.push({ origin: 'zz.parley.example/governance', from: 0, size: 1 }),
      'bundle.malformed',
    ],
    ['a field that is not known', (manifest) => (manifest.compression = 'gzip'), 'bundle.malformed'],
    ['a negative sequence', (manifest) => (manifest.sequence = -1), 'bundle.malformed'],
    ['an expiry beyond the year 9999', (manifest) => (manifest.expires = 253_402_300_800_000), 'bundle.malformed'],
  ]
  test.each(changes)('[BN8] refused: %s', (_case, change, code) => {
    expect(refusalOf(() => parse(withChange(change)))).toBe(code)
  })

  test('[BN8] refused: a manifest that is not canonical JSON, or none', () => {
    const manifest = formatCanonical(parse(whole).manifest)
    const text = new TextDecoder().decode(manifest)
    const variants = [
      ` ${text}`,
      text.replace('"v":1', '"v":1.0'),
      text.replace('"v":1', '"v":1,"v":1'),
      '[]',
      '',
      'null',
      '[[[[[[]]]]]]',
    ]
    for (const variant of variants) {
      expect(
        refusalOf(() => parse(withManifest(formatUtf8(variant)))),
        variant.slice(0, 20),
      ).toBe('bundle.malformed')
    }
    expect(refusalOf(() => parse(withManifest(Uint8Array.of(0xff))))).toBe('bundle.malformed')
  })

  test('[BN8] refused: blobs of the right digest that are not what they are called', () => {
    const wrong: Partial<BundleParts>[] = [
      { genesis: formatUtf8('{}') },
      { deliveries: [formatUtf8('parley/delivery/v1\n')] },
      { from: 'xx' },
      { to: '../x' },
      { sequence: 0.5 },
    ]
    for (const change of wrong) {
      expect(refusalOf(() => formatBundle(nodeCrypto, { ...parts, ...change }))).toMatch(/^(?:bundle|json)\.malformed$/)
    }
  })

  test('[BN8] refused: a delivery of another channel', async () => {
    const foreign = { ...(await channel.logs[0].deliver(0)), origin: `cn.parley.example/c/${'ff'.repeat(16)}` }
    const deliveries = [...parts.deliveries, formatDelivery(foreign)]
    expect(refusalOf(() => formatBundle(nodeCrypto, { ...parts, deliveries }))).toBe('bundle.malformed')
  })

  test('[BN9] enormous declared lengths are refused with nothing allocated, from a source without end', async () => {
    let given = 0
    function* endless(first: Uint8Array): Generator<Uint8Array> {
      yield first
      for (;;) {
        given += 65_536
        yield new Uint8Array(65_536)
      }
    }
    const magic = formatUtf8('parley/bundle/v1\n')
    const enormous = concatBytes(magic, Uint8Array.of(255, 255, 255, 255))
    expect(await refusalOfAsync(() => parseBundleStream(nodeCrypto, endless(enormous)))).toBe('bundle.limit')
    expect(given).toBe(0)
    const zeros = concatBytes(magic, Uint8Array.of(0, manifestBytesMax >> 16, 0, 0))
    expect(await refusalOfAsync(() => parseBundleStream(nodeCrypto, endless(zeros)))).toBe('bundle.malformed')
    expect(given).toBeLessThan(manifestBytesMax + 2 * 65_536)
    const manyLarge = withChange((manifest) => {
      const large = Array.from({ length: 30 }, (_, at) => ({
        kind: 'delivery',
        digest: at.toString(16).padStart(64, '0'),
        bytes: 20 << 20,
      }))
      manifest.blobs = [manifest.blobs[0], ...large]
    })
    expect(30 * (20 << 20)).toBeGreaterThan(bundleBytesMax)
    expect(refusalOf(() => parse(manyLarge))).toBe('bundle.limit')
  })

  test('[BN9] a blob that claims more than has come is held only as far as it came', async () => {
    const claimed = withChange((manifest) => {
      manifest.blobs.find((blob: { kind: string }) => blob.kind === 'delivery').bytes = 20 << 20
    })
    const before = process.memoryUsage().arrayBuffers
    expect(await refusalOfAsync(() => parseBundleStream(nodeCrypto, cut(claimed, 1000)))).toBe('bundle.malformed')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10 << 20)
  })

  test('[BN10] nothing is ever decompressed: a compressed bundle is no bundle', () => {
    const bomb = gzipSync(new Uint8Array(10 << 20))
    const files = [gzipSync(whole), deflateSync(whole), brotliCompressSync(whole), gzipSync(gzipSync(whole)), bomb]
    for (const file of files) expect(refusalOf(() => parse(new Uint8Array(file)))).toBe('bundle.malformed')
    const packed = parse(formatBundle(nodeCrypto, { ...parts, bodies: [new Uint8Array(bomb)] }))
    expect(packed.bodies[0]!.bytes).toEqual(new Uint8Array(bomb))
  })

  test('[BN10] other archives are no bundles', () => {
    for (const beginning of archiveBeginnings) {
      const file = concatBytes(Buffer.from(beginning, 'latin1'), new Uint8Array(600))
      expect(
        refusalOf(() => parse(file)),
        beginning,
      ).toBe('bundle.malformed')
    }
  })

  test('[BN10] any bytes at all are refused with a code of this part', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat({ max: whole.length }), (noise, at) => {
        expect(refusalOf(() => parse(noise))).toMatch(/^bundle\./)
        const spliced = concatBytes(whole.subarray(0, at), noise, whole.subarray(at))
        if (noise.length > 0) expect(refusalOf(() => parse(spliced))).toMatch(/^bundle\./)
      }),
    )
  })
})
