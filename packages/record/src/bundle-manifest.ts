// The manifest of a bundle (docs/spec/bundle.md): what is in the file, for whom, and the digest and length of every blob.
// Its texts are digests, party ids, origins and words of closed lists: there is no place for a name, a path or a remark.

import { formatCanonical, parseCanonical } from './canonical.ts'
import type { CanonicalValue } from './canonical.ts'
import { deliveryBytesMax, sealedBytesMax } from './delivery.ts'
import { atMillisecondsMax, digestForm, entryBytesMax, partyForm } from './entry.ts'
import { RecordError } from './error.ts'
import { createFieldReader } from './fields.ts'
import type { FieldReader } from './fields.ts'
import { genesisBytesMax, partyCountMax } from './genesis.ts'
import { originLengthMax, parseOrigin } from './origins.ts'
import { trustPolicyBytesMax } from './policy.ts'

export const bundleVersion = 1
export const manifestBytesMax = 4 * 1024 * 1024
export const bundleBlobsMax = 16_384
/** A reader holds the whole of a bundle before it hands out any of it. What is longer is cut into several, by `sequence`. */
export const bundleBytesMax = 512 * 1024 * 1024
/** One governance and one channel log a party. */
export const bundleLogsMax = 2 * partyCountMax

/** `transport` carries news to one party, `export` a copy to anyone, `evidence` what somebody outside shall verify. */
export const bundlePurposes = ['transport', 'export', 'evidence'] as const
export type BundlePurpose = (typeof bundlePurposes)[number]

/** In the order in which blobs stand in the file. */
export const blobKinds = ['genesis', 'card', 'policy', 'delivery', 'body'] as const
export type BlobKind = (typeof blobKinds)[number]

/** The longest blob of each kind, in bytes. */
export const blobBytesMax: Readonly<Record<BlobKind, number>> = {
  genesis: genesisBytesMax,
  card: entryBytesMax,
  policy: trustPolicyBytesMax,
  delivery: deliveryBytesMax,
  body: sealedBytesMax,
}

export interface BundledLog {
  readonly origin: string
  /** The index of the first entry that the bundle carries. */
  readonly from: number
  /** The index after the last. */
  readonly size: number
}

export interface BundledBlob {
  readonly kind: BlobKind
  /** SHA-256 of the blob, in hexadecimal. */
  readonly digest: string
  /** Its length. */
  readonly bytes: number
}

export interface BundleManifest {
  readonly v: typeof bundleVersion
  readonly purpose: BundlePurpose
  readonly channel: string
  /** Counts the bundles that one party makes for a channel and a receiver, so that a missing one shows. */
  readonly sequence: number
  /** The party that made the bundle. It proves nothing: what the bundle carries proves itself. */
  readonly from: string
  /** The party that it is for; absent when it is for anyone. A transport is always for somebody. */
  readonly to?: string
  /** Milliseconds since the epoch from which on it is stale. */
  readonly expires?: number
  /** Rising by origin. */
  readonly logs: readonly BundledLog[]
  /** In the order of the file. */
  readonly blobs: readonly BundledBlob[]
}

const read: FieldReader = createFieldReader('bundle.malformed')
const channelForm = /^[0-9a-f]{32}$/
const manifestDepth = 3

function parseLog(value: CanonicalValue): BundledLog {
  const fields = read.object(value, 'log', ['origin', 'from', 'size'])
  const { origin } = fields
  if (typeof origin !== 'string' || origin.length > originLengthMax) read.refuse('origin', 'not an origin')
  try {
    parseOrigin(origin)
  } catch (cause) {
    throw new RecordError('bundle.malformed', 'origin: not an origin', { cause })
  }
  const from = read.integer(fields.from, 'from', 0, Number.MAX_SAFE_INTEGER)
  return { origin, from, size: read.integer(fields.size, 'size', from, Number.MAX_SAFE_INTEGER) }
}

function parseBlob(value: CanonicalValue): BundledBlob {
  const fields = read.object(value, 'blob', ['kind', 'digest', 'bytes'])
  const kind = read.word(fields.kind, 'kind', blobKinds)
  const digest = read.text(fields.digest, 'digest', digestForm)
  const bytes = read.integer(fields.bytes, 'bytes', 0, Number.MAX_SAFE_INTEGER)
  if (bytes > blobBytesMax[kind])
    throw new RecordError('bundle.limit', `a blob of kind ${kind} is longer than its limit`)
  return { kind, digest, bytes }
}

/** One genesis, first; at most one policy; kinds in their order; no digest twice; all together within the limit. */
function checkBlobs(blobs: readonly BundledBlob[]): void {
  const count = (kind: BlobKind): number => blobs.filter((blob) => blob.kind === kind).length
  if (count('genesis') !== 1) read.refuse('blobs', 'not exactly one genesis')
  if (count('policy') > 1) read.refuse('blobs', 'more than one policy')
  if (new Set(blobs.map((blob) => blob.digest)).size !== blobs.length) read.refuse('blobs', 'a blob stands twice')
  for (let i = 1; i < blobs.length; i++) {
    const [before, after] = [blobs[i - 1]!, blobs[i]!]
    const order = blobKinds.indexOf(before.kind) - blobKinds.indexOf(after.kind)
    // Deliveries stand in the order of their logs, which only the frames tell.
    const sorted = before.kind === 'delivery' || before.digest < after.digest
    if (order > 0 || (order === 0 && !sorted)) read.refuse('blobs', 'not in their order')
  }
  const total = blobs.reduce((sum, blob) => sum + blob.bytes, 0)
  if (total > bundleBytesMax) throw new RecordError('bundle.limit', 'the blobs together are longer than a bundle')
}

function parseJson(bytes: Uint8Array): CanonicalValue {
  try {
    return parseCanonical(bytes, { bytesMax: manifestBytesMax, depthMax: manifestDepth })
  } catch (cause) {
    throw new RecordError('bundle.malformed', 'the manifest is not canonical JSON', { cause })
  }
}

/** @throws RecordError `bundle.malformed`, `bundle.limit`. */
export function parseManifest(bytes: Uint8Array): BundleManifest {
  if (bytes.length > manifestBytesMax) throw new RecordError('bundle.limit', 'the manifest is longer than its limit')
  const required = ['v', 'purpose', 'channel', 'sequence', 'from', 'logs', 'blobs']
  const fields = read.object(parseJson(bytes), 'manifest', required, ['to', 'expires'])
  if (fields.v !== bundleVersion) read.refuse('v', 'not a known version')
  const purpose = read.word(fields.purpose, 'purpose', bundlePurposes)
  if (purpose === 'transport' && fields.to === undefined) read.refuse('to', 'a transport is for somebody')
  const logs = read.array(fields.logs, 'logs', 0, bundleLogsMax).map(parseLog)
  read.rising(logs, 'logs', (log) => log.origin)
  const blobs = read.array(fields.blobs, 'blobs', 1, bundleBlobsMax).map(parseBlob)
  checkBlobs(blobs)
  return {
    v: bundleVersion,
    purpose,
    channel: read.text(fields.channel, 'channel', channelForm),
    sequence: read.integer(fields.sequence, 'sequence', 0, Number.MAX_SAFE_INTEGER),
    from: read.text(fields.from, 'from', partyForm),
    ...(fields.to === undefined ? {} : { to: read.text(fields.to, 'to', partyForm) }),
    ...(fields.expires === undefined ? {} : { expires: read.integer(fields.expires, 'expires', 0, atMillisecondsMax) }),
    logs,
    blobs,
  }
}

/** What it writes, `parseManifest` accepts. @throws RecordError `bundle.malformed`, `bundle.limit`. */
export function formatManifest(manifest: BundleManifest): Uint8Array {
  const bytes = formatCanonical(manifest)
  parseManifest(bytes)
  return bytes
}

/** Who reads a bundle. What is absent is not checked: an auditor reads anybody's bundle, of any age. */
export interface BundleReader {
  /** The reader's party id. */
  readonly party?: string
  /** Milliseconds since the epoch. */
  readonly now?: number
}

/**
 * Checks that a bundle is for this reader, and still.
 *
 * @throws RecordError `bundle.recipient` when it is for another party, `bundle.expired`.
 */
export function checkReader(manifest: BundleManifest, reader: BundleReader): void {
  if (reader.party !== undefined && manifest.to !== undefined && manifest.to !== reader.party) {
    throw new RecordError('bundle.recipient', 'the bundle is for another party')
  }
  if (reader.now !== undefined && manifest.expires !== undefined && manifest.expires <= reader.now) {
    throw new RecordError('bundle.expired', 'the bundle is stale: its maker says that it was for use before now')
  }
}
