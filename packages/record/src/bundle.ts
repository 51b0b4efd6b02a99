// Bundles (docs/spec/bundle.md): a manifest and blobs named by digest in one file, which carries a channel across an air
// gap, out as an export, or to somebody who verifies it. Read whole, every digest checked, then handed out, or not at all.

import { checkReader, formatManifest, manifestBytesMax, parseManifest } from './bundle-manifest.ts'
import type {
  BlobKind,
  BundledBlob,
  BundledLog,
  BundleManifest,
  BundlePurpose,
  BundleReader,
} from './bundle-manifest.ts'
import { ByteReader } from './byte-reader.ts'
import type { ByteSource } from './byte-reader.ts'
import { concatBytes, equalBytes, formatHex, formatUtf8, parseHex } from './bytes.ts'
import type { Crypto } from './crypto.ts'
import { deliveryEnd, parseDelivery } from './delivery.ts'
import type { DeliveredBody, Delivery } from './delivery.ts'
import { RecordError } from './error.ts'
import { FrameReader, FrameWriter } from './frame.ts'
import { parseGenesis } from './genesis.ts'
import type { Genesis } from './genesis.ts'
import { channelOrigin, governanceOrigin } from './origins.ts'

const magic = formatUtf8('parley/bundle/v1\n')
const codes = { malformed: 'bundle.malformed', limit: 'bundle.limit' } as const
const digestBytes = 32
const blobHeadBytes = digestBytes + 4

/** What goes into a bundle. The channel is that of the genesis; the order of lists does not matter. */
export interface BundleParts {
  readonly purpose: BundlePurpose
  readonly sequence: number
  readonly from: string
  readonly to?: string
  readonly expires?: number
  readonly genesis: Uint8Array
  readonly cards: readonly Uint8Array[]
  readonly policy?: Uint8Array
  /** Delivery frames, byte for byte as on the wire; those of one log must join on to one another. */
  readonly deliveries: readonly Uint8Array[]
  /** Sealed bodies that no frame carries. */
  readonly bodies: readonly Uint8Array[]
}

/** What came out of a bundle: its form is checked and every blob is the one that the manifest names, and no more. */
export interface Bundle {
  readonly manifest: BundleManifest
  /** Names the bundle and all that is in it, in hexadecimal: for the label of the medium, to be read out and compared. */
  readonly label: string
  readonly genesis: { readonly bytes: Uint8Array; readonly value: Genesis }
  /** To be opened by `openCard` and held against the genesis by `checkCard`. */
  readonly cards: readonly Uint8Array[]
  readonly policy?: Uint8Array
  /** By origin and first index. To be verified by `verifyDelivery`. */
  readonly deliveries: readonly { readonly frame: Uint8Array; readonly delivery: Delivery }[]
  readonly bodies: readonly DeliveredBody[]
}

type Frame = Bundle['deliveries'][number]

function parsePart<Part>(what: string, parse: () => Part): Part {
  try {
    return parse()
  } catch (cause) {
    throw new RecordError('bundle.malformed', `${what} in the bundle is none`, { cause })
  }
}

function parseFrame(frame: Uint8Array): Frame {
  return { frame, delivery: parsePart('a delivery', () => parseDelivery(frame)) }
}

/** The logs that the frames make up. Frames must be in order, and those of one log without gap or overlap. */
function listLogs(frames: readonly Frame[]): BundledLog[] {
  const logs: BundledLog[] = []
  let before: Delivery | undefined
  for (const { delivery } of frames) {
    const { origin, from } = delivery
    const size = deliveryEnd(delivery)
    if (before === undefined || before.origin < origin) logs.push({ origin, from, size })
    else if (before.origin === origin && before.from < from && deliveryEnd(before) === from) {
      logs.push({ ...logs.pop()!, size })
    } else throw new RecordError('bundle.malformed', 'the deliveries do not join on to one another')
    before = delivery
  }
  return logs
}

function checkParties(manifest: BundleManifest, genesis: Genesis): void {
  const origins = new Set<string>()
  for (const { prefix } of genesis.parties) {
    origins.add(governanceOrigin(prefix)).add(channelOrigin(prefix, genesis.channel))
  }
  const parties = new Set(genesis.parties.map(({ party }) => party))
  if (genesis.channel !== manifest.channel)
    throw new RecordError('bundle.malformed', 'the genesis is of another channel')
  if (!parties.has(manifest.from) || (manifest.to !== undefined && !parties.has(manifest.to))) {
    throw new RecordError('bundle.malformed', 'the bundle is from or for nobody in the channel')
  }
  if (manifest.logs.some(({ origin }) => !origins.has(origin))) {
    throw new RecordError('bundle.malformed', 'the bundle has a log that is not one of the channel')
  }
}

function byOrder(one: Frame, other: Frame): number {
  if (one.delivery.origin !== other.delivery.origin) return one.delivery.origin < other.delivery.origin ? -1 : 1
  return one.delivery.from - other.delivery.from
}

/**
 * A bundle in pieces, to be written one after another; blobs are not copied. The same parts in any order give the same bytes.
 *
 * @throws RecordError `bundle.malformed` for parts that do not belong together, `bundle.limit`.
 */
export function formatBundlePieces(crypto: Crypto, parts: BundleParts): Uint8Array[] {
  const blobOf = (kind: BlobKind, bytes: Uint8Array) => ({ kind, digest: formatHex(crypto.sha256(bytes)), bytes })
  const sorted = (kind: BlobKind, all: readonly Uint8Array[]) =>
    all.map((bytes) => blobOf(kind, bytes)).toSorted((one, other) => (one.digest < other.digest ? -1 : 1))
  const genesis = parsePart('the genesis', () => parseGenesis(parts.genesis))
  const frames = parts.deliveries.map(parseFrame).toSorted(byOrder)
  const blobs = [
    blobOf('genesis', parts.genesis),
    ...sorted('card', parts.cards),
    ...(parts.policy === undefined ? [] : [blobOf('policy', parts.policy)]),
    ...frames.map(({ frame }) => blobOf('delivery', frame)),
    ...sorted('body', parts.bodies),
  ]
  const manifest: BundleManifest = {
    v: 1,
    purpose: parts.purpose,
    channel: genesis.channel,
    sequence: parts.sequence,
    from: parts.from,
    ...(parts.to === undefined ? {} : { to: parts.to }),
    ...(parts.expires === undefined ? {} : { expires: parts.expires }),
    logs: listLogs(frames),
    blobs: blobs.map(({ kind, digest, bytes }) => ({ kind, digest, bytes: bytes.length })),
  }
  const manifestBytes = formatManifest(manifest)
  checkParties(manifest, genesis)
  const head = new FrameWriter(magic.length + 4 + manifestBytes.length)
  head.append(magic)
  head.prefixed(4, manifestBytes)
  const pieces = [head.bytes]
  for (const { digest, bytes } of blobs) {
    const blobHead = new FrameWriter(blobHeadBytes)
    blobHead.append(parseHex(digest))
    blobHead.number(4, bytes.length)
    pieces.push(blobHead.bytes, bytes)
  }
  return pieces
}

/** A whole bundle. @throws RecordError as {@link formatBundlePieces}. */
export function formatBundle(crypto: Crypto, parts: BundleParts): Uint8Array {
  return concatBytes(...formatBundlePieces(crypto, parts))
}

/** The digest that names a bundle: SHA-256("parley/bundle/v1\n" ‖ manifest), which names every blob in turn. */
function labelOf(crypto: Crypto, manifestBytes: Uint8Array): string {
  return formatHex(crypto.sha256(concatBytes(magic, manifestBytes)))
}

function assemble(manifest: BundleManifest, label: string, blobs: readonly Uint8Array[]): Bundle {
  const listed = (kind: BlobKind): Uint8Array[] => blobs.filter((_, at) => manifest.blobs[at]!.kind === kind)
  const [genesisBytes] = listed('genesis') as [Uint8Array]
  const genesis = parsePart('the genesis', () => parseGenesis(genesisBytes))
  checkParties(manifest, genesis)
  const deliveries = listed('delivery').map(parseFrame)
  const logs = listLogs(deliveries)
  const same = (log: BundledLog, at: number): boolean => {
    const named = manifest.logs[at]
    return named !== undefined && named.origin === log.origin && named.from === log.from && named.size === log.size
  }
  if (logs.length !== manifest.logs.length || !logs.every(same)) {
    throw new RecordError('bundle.malformed', 'the manifest names other logs than the bundle carries')
  }
  const names = manifest.blobs.filter((blob) => blob.kind === 'body')
  const [policy] = listed('policy')
  return {
    manifest,
    label,
    genesis: { bytes: genesisBytes, value: genesis },
    cards: listed('card'),
    ...(policy === undefined ? {} : { policy }),
    deliveries,
    bodies: listed('body').map((bytes, at) => ({ digest: names[at]!.digest, bytes })),
  }
}

/** Asks for bytes by their number and is handed exactly so many: the one place that knows the layout. */
function* readBundle(crypto: Crypto, reader: BundleReader): Generator<number, Bundle, Uint8Array> {
  if (!equalBytes(yield magic.length, magic)) throw new RecordError('bundle.malformed', 'not a bundle of version 1')
  const length = new FrameReader(yield 4, codes).number(4, 'the length of the manifest', manifestBytesMax)
  const manifestBytes = yield length
  const manifest = parseManifest(manifestBytes)
  checkReader(manifest, reader)
  // The bytes may be a view of something larger that the caller reuses; the label must not depend on when it is made.
  const label = labelOf(crypto, manifestBytes)
  const blobs: Uint8Array[] = []
  for (const named of manifest.blobs) {
    checkBlobHead(yield blobHeadBytes, named)
    const blob = yield named.bytes
    if (formatHex(crypto.sha256(blob)) !== named.digest) {
      throw new RecordError('bundle.digest', 'a blob is not the one that the manifest names')
    }
    blobs.push(blob)
  }
  return assemble(manifest, label, blobs)
}

function checkBlobHead(bytes: Uint8Array, named: BundledBlob): void {
  const head = new FrameReader(bytes, codes)
  const digest = formatHex(head.take(digestBytes, 'the digest of a blob'))
  if (digest !== named.digest || head.number(4, 'the length of a blob', 0xffffffff) !== named.bytes) {
    throw new RecordError('bundle.malformed', 'a blob is headed otherwise than the manifest says')
  }
}

const cutOff = 'the bundle is cut off'
const goesOn = 'something stands after the bundle'

/**
 * Reads a bundle that is in memory. Its parts share memory with `bytes`.
 *
 * @throws RecordError `bundle.malformed`, `bundle.limit`, `bundle.digest` for a file that is not a bundle or was changed;
 * `bundle.recipient`, `bundle.expired` as `checkReader`, before any blob is read.
 */
export function parseBundle(crypto: Crypto, bytes: Uint8Array, reader: BundleReader = {}): Bundle {
  const reading = readBundle(crypto, reader)
  let at = 0
  let step = reading.next()
  while (step.done !== true) {
    const end = at + step.value
    if (end > bytes.length) throw new RecordError('bundle.malformed', cutOff)
    step = reading.next(bytes.subarray(at, end))
    at = end
  }
  if (at !== bytes.length) throw new RecordError('bundle.malformed', goesOn)
  return step.value
}

/**
 * Reads a bundle that arrives in pieces. Nothing is handed out, and nothing allocated beyond what has arrived, before the
 * end has been reached and everything is verified.
 *
 * @throws RecordError as {@link parseBundle}; what the source throws passes through.
 */
export async function parseBundleStream(
  crypto: Crypto,
  source: ByteSource,
  reader: BundleReader = {},
): Promise<Bundle> {
  const bytes = new ByteReader(source)
  try {
    const reading = readBundle(crypto, reader)
    let step = reading.next()
    while (step.done !== true) {
      if (!(await bytes.fill(step.value))) throw new RecordError('bundle.malformed', cutOff)
      step = reading.next(bytes.take(step.value))
    }
    if (await bytes.fill(1)) throw new RecordError('bundle.malformed', goesOn)
    return step.value
  } finally {
    await bytes.close()
  }
}
