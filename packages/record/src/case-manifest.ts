// The manifest of a case bundle (docs/spec/case-bundle.md): which case of which channel, and the digest and length of every
// blob. Unlike that of a bundle for nodes it says nothing that its blobs do not prove: not even who made it.

import { formatCanonical, parseCanonical } from './canonical.ts'
import type { CanonicalValue } from './canonical.ts'
import { deliveryBytesMax } from './delivery.ts'
import { digestForm } from './entry.ts'
import { RecordError } from './error.ts'
import { createFieldReader } from './fields.ts'
import { genesisBytesMax } from './genesis.ts'
import { openingBytesMax } from './body-opening.ts'
import { provenEntryBytesMax } from './proven-entry.ts'

export const caseManifestBytesMax = 4 * 1024 * 1024
export const caseBlobsMax = 16_384
export const caseBytesMax = 64 * 1024 * 1024

/** In the order in which blobs stand in the file. */
export const caseBlobKinds = ['genesis', 'governance', 'proven', 'opening'] as const
export type CaseBlobKind = (typeof caseBlobKinds)[number]

/** The longest blob of each kind, in bytes. */
const blobBytesMax: Readonly<Record<CaseBlobKind, number>> = {
  genesis: genesisBytesMax,
  governance: deliveryBytesMax,
  proven: provenEntryBytesMax,
  opening: openingBytesMax,
}

export interface CaseBlob {
  readonly kind: CaseBlobKind
  /** SHA-256 of the blob, in hexadecimal. */
  readonly digest: string
  /** Its length. */
  readonly bytes: number
}

export interface CaseManifest {
  readonly v: 1
  readonly channel: string
  /** The digest of the entry that founded the case. */
  readonly subject: string
  /** In the order of the file. */
  readonly blobs: readonly CaseBlob[]
}

const read = createFieldReader('case.malformed')
const channelForm = /^[0-9a-f]{32}$/
const manifestDepth = 3

function parseBlob(value: CanonicalValue): CaseBlob {
  const fields = read.object(value, 'blob', ['kind', 'digest', 'bytes'])
  const kind = read.word(fields['kind'], 'kind', caseBlobKinds)
  const digest = read.text(fields['digest'], 'digest', digestForm)
  const bytes = read.integer(fields['bytes'], 'bytes', 0, Number.MAX_SAFE_INTEGER)
  if (bytes > blobBytesMax[kind]) throw new RecordError('case.limit', `a blob of kind ${kind} is longer than its limit`)
  return { kind, digest, bytes }
}

/** One genesis, first; kinds in their order; each kind by digest, but for frames; no digest twice; within the limit. */
function checkBlobs(blobs: readonly CaseBlob[]): void {
  if (blobs.filter(({ kind }) => kind === 'genesis').length !== 1) read.refuse('blobs', 'not exactly one genesis')
  if (!blobs.some(({ kind }) => kind === 'proven')) read.refuse('blobs', 'no entry')
  if (new Set(blobs.map(({ digest }) => digest)).size !== blobs.length) read.refuse('blobs', 'a blob stands twice')
  for (const [i, after] of blobs.entries()) {
    const before = blobs[i - 1]
    if (before === undefined) continue
    const order = caseBlobKinds.indexOf(before.kind) - caseBlobKinds.indexOf(after.kind)
    // Frames stand in the order of their logs, which only they tell.
    const sorted = before.kind === 'governance' || before.digest < after.digest
    if (order > 0 || (order === 0 && !sorted)) read.refuse('blobs', 'not in their order')
  }
  if (blobs.reduce((sum, { bytes }) => sum + bytes, 0) > caseBytesMax) {
    throw new RecordError('case.limit', 'the blobs together are longer than a case bundle')
  }
}

function parseJson(bytes: Uint8Array): CanonicalValue {
  try {
    return parseCanonical(bytes, { bytesMax: caseManifestBytesMax, depthMax: manifestDepth })
  } catch (cause) {
    throw new RecordError('case.malformed', 'the manifest is not canonical JSON', { cause })
  }
}

/** @throws RecordError `case.malformed`, `case.limit`. */
export function parseCaseManifest(bytes: Uint8Array): CaseManifest {
  const fields = read.object(parseJson(bytes), 'manifest', ['v', 'channel', 'subject', 'blobs'])
  if (fields['v'] !== 1) read.refuse('v', 'not a known version')
  const blobs = read.array(fields['blobs'], 'blobs', 1, caseBlobsMax).map(parseBlob)
  checkBlobs(blobs)
  return {
    v: 1,
    channel: read.text(fields['channel'], 'channel', channelForm),
    subject: read.text(fields['subject'], 'subject', digestForm),
    blobs,
  }
}

/** What it writes, `parseCaseManifest` accepts. @throws RecordError as there. */
export function formatCaseManifest(manifest: CaseManifest): Uint8Array {
  const bytes = formatCanonical(manifest)
  parseCaseManifest(bytes)
  return bytes
}
