// Vectors of bundles: a transport with all that can be in one, an export for anyone, and what is refused.

import { formatBundle, parseBundle, type BundleParts } from '../../packages/record/src/bundle.ts'
import type { BundleReader } from '../../packages/record/src/bundle-manifest.ts'
import { concatBytes, formatHex, formatUtf8, parseHex, parseUtf8 } from '../../packages/record/src/bytes.ts'
import { canonicalText } from '../../packages/record/src/canonical.ts'
import { formatDelivery } from '../../packages/record/src/delivery.ts'
import { nodeCrypto } from '../../packages/record/src/node/crypto.ts'
import { createChannel, frameAll } from '../../packages/record/test-support/channel.ts'
import { editBetween } from '../../packages/record/test-support/edits.ts'
import { testTime } from '../../packages/record/test-support/parties.ts'
import { changedText } from './case.ts'

const expires = testTime + 7 * 24 * 3600 * 1000
const magicBytes = 'parley/bundle/v1\n'.length

// oxlint-disable-next-line typescript/no-explicit-any
type Change = (manifest: any) => void

const refusedManifests: [string, string, Change][] = [
  ['another version', 'bundle.malformed', (manifest) => (manifest.v = 2)],
  ['a field that is not known', 'bundle.malformed', (manifest) => (manifest.compression = 'gzip')],
  ['a purpose that is not known', 'bundle.malformed', (manifest) => (manifest.purpose = 'backup')],
  ['a transport for anyone', 'bundle.malformed', (manifest) => delete manifest.to],
  ['another channel than that of the genesis', 'bundle.malformed', (manifest) => (manifest.channel = 'ff'.repeat(16))],
  ['a maker who is not in the channel', 'bundle.malformed', (manifest) => (manifest.from = 'xx')],
  ['a receiver who is not in the channel', 'bundle.malformed', (manifest) => (manifest.to = 'xx')],
  ['a receiver with a path', 'bundle.malformed', (manifest) => (manifest.to = '../cn')],
  ['a negative sequence', 'bundle.malformed', (manifest) => (manifest.sequence = -1)],
  ['an expiry after the year 9999', 'bundle.malformed', (manifest) => (manifest.expires = 253_402_300_800_000)],
  ['a path for a digest', 'bundle.malformed', (manifest) => (manifest.blobs[0].digest = '../../etc/passwd')],
  ['a digest in upper case', 'bundle.malformed', (manifest) => (manifest.blobs[0].digest = 'AB'.repeat(32))],
  ['the name of a file', 'bundle.malformed', (manifest) => (manifest.blobs[0].name = 'genesis.json')],
  ['a kind that is not known', 'bundle.malformed', (manifest) => (manifest.blobs[0].kind = 'symlink')],
  ['a blob twice', 'bundle.malformed', (manifest) => manifest.blobs.push(manifest.blobs.at(-1))],
  ['a blob left out', 'bundle.malformed', (manifest) => manifest.blobs.pop()],
  ['kinds out of order', 'bundle.malformed', (manifest) => manifest.blobs.reverse()],
  ['cards out of order', 'bundle.malformed', (manifest) => manifest.blobs.splice(1, 2, manifest.blobs[2], manifest.blobs[1])],
  ['no genesis', 'bundle.malformed', (manifest) => manifest.blobs.shift()],
  ['two geneses', 'bundle.malformed', (manifest) => (manifest.blobs[1].kind = 'genesis')],
  ['another length of a blob', 'bundle.malformed', (manifest) => manifest.blobs[0].bytes++],
  ['a blob beyond the limit of its kind', 'bundle.limit', (manifest) => (manifest.blobs[0].bytes = 65_537)],
  ['blobs beyond the limit of a bundle', 'bundle.limit', (manifest) => manifest.blobs.splice(1, 9, ...Array.from({ length: 26 }, (_, at) => ({ kind: 'delivery', digest: at.toString(16).padStart(64, '0'), bytes: 20 << 20 })))],
  ['a log left out', 'bundle.malformed', (manifest) => manifest.logs.pop()],
  ['logs out of order', 'bundle.malformed', (manifest) => manifest.logs.reverse()],
  ['a log that nobody in the channel has', 'bundle.malformed', (manifest) => manifest.logs.push({ origin: 'zz.parley.example/governance', from: 0, size: 0 })],
  ['a path for an origin', 'bundle.malformed', (manifest) => (manifest.logs[0].origin = '/etc/passwd')],
  ['another first index of a log', 'bundle.malformed', (manifest) => (manifest.logs[1].from = 1)],
  ['another size of a log', 'bundle.malformed', (manifest) => manifest.logs[1].size++],
]

function withManifest(bundle: Uint8Array, manifest: string): Uint8Array {
  const length = new DataView(bundle.buffer).getUint32(magicBytes)
  const bytes = formatUtf8(manifest)
  const prefix = parseHex(bytes.length.toString(16).padStart(8, '0'))
  return concatBytes(bundle.subarray(0, magicBytes), prefix, bytes, bundle.subarray(magicBytes + 4 + length))
}

function refusedFiles(bundle: Uint8Array): [string, string, Uint8Array][] {
  const manifestEnd = magicBytes + 4 + new DataView(bundle.buffer).getUint32(magicBytes)
  return [
    ['no bytes', 'bundle.malformed', new Uint8Array()],
    ['another version in the first line', 'bundle.malformed', bundle.with(magicBytes - 2, 0x32)],
    ['an enormous manifest', 'bundle.limit', bundle.with(magicBytes, 0xff)],
    ['cut off within the manifest', 'bundle.malformed', bundle.subarray(0, magicBytes + 100)],
    ['cut off after the manifest', 'bundle.malformed', bundle.subarray(0, manifestEnd)],
    ['the last byte cut off', 'bundle.malformed', bundle.subarray(0, -1)],
    ['a byte after the bundle', 'bundle.malformed', concatBytes(bundle, Uint8Array.of(0))],
    ['a blob headed by another digest', 'bundle.malformed', bundle.with(manifestEnd, bundle[manifestEnd]! ^ 1)],
    ['a blob headed by another length', 'bundle.malformed', bundle.with(manifestEnd + 32, 1)],
    ['a byte of a blob changed', 'bundle.digest', bundle.with(manifestEnd + 36, bundle[manifestEnd + 36]! ^ 1)],
    ['the last byte changed', 'bundle.digest', bundle.with(bundle.length - 1, bundle.at(-1)! ^ 1)],
  ]
}

const readers: [string, BundleReader, string | null][] = [
  ['its receiver, in time', { party: 'cn', now: expires - 1 }, null],
  ['anybody, at any time', {}, null],
  ['another party', { party: 'us', now: testTime }, 'bundle.recipient'],
  ['its receiver, too late', { party: 'cn', now: expires }, 'bundle.expired'],
]

export async function bundleVectors(): Promise<object> {
  const channel = await createChannel()
  const { genesis, cards } = channel
  const policy = formatUtf8('quorum none\n')
  const common = { sequence: 7, from: 'us', genesis, cards }
  const body = formatUtf8('a sealed body that no frame carries')
  const transport: BundleParts = { ...common, purpose: 'transport', to: 'cn', expires, policy, deliveries: await frameAll(channel), bodies: [body] }
  const frames = await Promise.all([channel.logs[1].deliver(1, 2), channel.logs[1].deliver(2, 3)])
  const deliveries = frames.map((delivery) => formatDelivery({ ...delivery, bodies: [] }))
  const exported: BundleParts = { ...common, purpose: 'export', deliveries, bodies: [] }
  const bundles = { transport, export: exported }
  const whole = formatBundle(nodeCrypto, transport)
  const { manifest } = parseBundle(nodeCrypto, whole)
  const text = canonicalText(manifest)
  const edits = [
    ...refusedFiles(whole),
    ['a manifest that is not canonical', 'bundle.malformed', withManifest(whole, ` ${text}`)] as const,
    ['a field twice', 'bundle.malformed', withManifest(whole, text.replace('"v":1', '"v":1,"v":1'))] as const,
    ...refusedManifests.map(([name, code, change]) => [name, code, withManifest(whole, changedText(manifest, change))] as const),
  ]
  return {
    about:
      'Bundles: docs/spec/bundle.md. Bytes are in hexadecimal. An `edit` puts hexadecimal in place of a number of bytes from an offset on in the bundle `transport`.',
    bundles: Object.entries(bundles).map(([name, parts]) => {
      const bytes = formatBundle(nodeCrypto, parts)
      const bundle = parseBundle(nodeCrypto, bytes)
      return { name, bundle: formatHex(bytes), label: bundle.label, manifest: bundle.manifest, genesis: parseUtf8(bundle.genesis.bytes) }
    }),
    readers: readers.map(([name, reader, code]) => ({ name, reader, code })),
    refused: edits.map(([name, code, bytes]) => ({ name, edit: editBetween(whole, bytes), code })),
  }
}
