// Case bundles (docs/spec/case-bundle.md): the entries of one case with their proofs, the key history that explains their
// signatures, and those of the texts that somebody chose to disclose. For whoever holds no key and no copy of any log.

import { concatBytes, equalBytes, formatHex, formatUtf8, parseHex } from './bytes.ts'
import { parseOpening } from './body-opening.ts'
import type { OpenedBody } from './body.ts'
import { caseManifestBytesMax, formatCaseManifest, parseCaseManifest } from './case-manifest.ts'
import type { CaseBlob, CaseBlobKind, CaseManifest } from './case-manifest.ts'
import type { Crypto } from './crypto.ts'
import { parseDelivery } from './delivery.ts'
import type { Delivery } from './delivery.ts'
import { entryDigest, parseEntry } from './entry.ts'
import { RecordError } from './error.ts'
import { FrameReader, FrameWriter } from './frame.ts'
import { parseGenesis } from './genesis.ts'
import type { Genesis } from './genesis.ts'
import { governanceOrigin } from './origins.ts'
import { formatProvenEntry, parseProvenEntry } from './proven-entry.ts'
import type { ProvenEntry } from './proven-entry.ts'

const magic = formatUtf8('parley/case/v1\n')
const codes = { malformed: 'case.malformed', limit: 'case.limit' } as const
const digestBytes = 32

/** What goes into a case bundle. The channel is that of the genesis; the order of lists does not matter. */
export interface CaseParts {
  readonly subject: string
  readonly genesis: Uint8Array
  /** Delivery frames of the parties' governance logs, each log whole from its first entry on. */
  readonly governance: readonly Uint8Array[]
  readonly entries: readonly ProvenEntry[]
  /** Openings, as `formatOpening` writes them, of bodies that the entries commit to. */
  readonly openings: readonly Uint8Array[]
}

/** What came out: its form is checked, every blob is the one that is named, and every opening opens an entry. */
export interface CaseBundle {
  readonly manifest: CaseManifest
  /** Names the bundle and all that is in it, in hexadecimal. */
  readonly label: string
  readonly genesis: { readonly bytes: Uint8Array; readonly value: Genesis }
  /** By origin and first index. To be verified by `verifyDelivery`. */
  readonly governance: readonly { readonly frame: Uint8Array; readonly delivery: Delivery }[]
  /** To be verified by `openProvenEntry`. */
  readonly entries: readonly ProvenEntry[]
  /** By the commitment that each opens, in hexadecimal. */
  readonly openings: ReadonlyMap<string, OpenedBody>
}

function parsePart<Part>(what: string, parse: () => Part): Part {
  try {
    return parse()
  } catch (cause) {
    if (cause instanceof RecordError && cause.code === 'case.limit') throw cause
    throw new RecordError('case.malformed', `${what} in the case bundle is none`, { cause })
  }
}

function parseFrame(frame: Uint8Array): CaseBundle['governance'][number] {
  return { frame, delivery: parsePart('a governance frame', () => parseDelivery(frame)) }
}

function byOrder(one: CaseBundle['governance'][number], other: CaseBundle['governance'][number]): number {
  if (one.delivery.origin !== other.delivery.origin) return one.delivery.origin < other.delivery.origin ? -1 : 1
  return one.delivery.from - other.delivery.from
}

/**
 * A whole case bundle. The same parts in any order give the same bytes.
 *
 * @throws RecordError `case.malformed` for parts that do not belong together, `case.limit`.
 */
export function formatCaseBundle(crypto: Crypto, parts: CaseParts): Uint8Array {
  const blobOf = (kind: CaseBlobKind, bytes: Uint8Array) => ({ kind, digest: formatHex(crypto.sha256(bytes)), bytes })
  const sorted = (kind: CaseBlobKind, all: readonly Uint8Array[]) =>
    all.map((bytes) => blobOf(kind, bytes)).toSorted((one, other) => (one.digest < other.digest ? -1 : 1))
  const blobs = [
    blobOf('genesis', parts.genesis),
    ...parts.governance
      .map(parseFrame)
      .toSorted(byOrder)
      .map(({ frame }) => blobOf('governance', frame)),
    ...sorted('proven', parts.entries.map(formatProvenEntry)),
    ...sorted('opening', parts.openings),
  ]
  const genesis = parsePart('the genesis', () => parseGenesis(parts.genesis))
  const manifest: CaseManifest = {
    v: 1,
    channel: genesis.channel,
    subject: parts.subject,
    blobs: blobs.map(({ bytes, digest, kind }) => ({ kind, digest, bytes: bytes.length })),
  }
  const manifestBytes = formatCaseManifest(manifest)
  const label = labelOf(crypto, manifestBytes)
  assemble(
    crypto,
    manifest,
    label,
    blobs.map(({ bytes }) => bytes),
  )
  const head = new FrameWriter(magic.length + 4 + manifestBytes.length)
  head.append(magic)
  head.prefixed(4, manifestBytes)
  const pieces = blobs.flatMap(({ bytes, digest }) => {
    const blobHead = new FrameWriter(digestBytes + 4)
    blobHead.append(parseHex(digest))
    blobHead.number(4, bytes.length)
    return [blobHead.bytes, bytes]
  })
  return concatBytes(head.bytes, ...pieces)
}

/** SHA-256("parley/case/v1\n" ‖ manifest), which names every blob in turn. */
function labelOf(crypto: Crypto, manifestBytes: Uint8Array): string {
  return formatHex(crypto.sha256(concatBytes(magic, manifestBytes)))
}

/**
 * Reads a case bundle whose parts share memory with `bytes`. Nothing of it is handed out unless all of it has its form.
 *
 * @throws RecordError `case.malformed`, `case.limit`, `case.digest`.
 */
export function parseCaseBundle(crypto: Crypto, bytes: Uint8Array): CaseBundle {
  const frame = new FrameReader(bytes, codes)
  if (!equalBytes(frame.take(magic.length, 'the first line'), magic)) frame.refuse('not a case bundle of version 1')
  const manifestBytes = frame.prefixed(4, 'the manifest', caseManifestBytesMax)
  const manifest = parseCaseManifest(manifestBytes)
  const blobs = manifest.blobs.map((named) => readBlob(crypto, frame, named))
  frame.end()
  return assemble(crypto, manifest, labelOf(crypto, manifestBytes), blobs)
}

function readBlob(crypto: Crypto, frame: FrameReader, named: CaseBlob): Uint8Array {
  const digest = formatHex(frame.take(digestBytes, 'the digest of a blob'))
  if (digest !== named.digest || frame.number(4, 'the length of a blob', 0xffffffff) !== named.bytes) {
    frame.refuse('a blob is headed otherwise than the manifest says')
  }
  const blob = frame.take(named.bytes, 'a blob')
  if (formatHex(crypto.sha256(blob)) !== digest) {
    throw new RecordError('case.digest', 'a blob is not the one that the manifest names')
  }
  return blob
}

function assemble(crypto: Crypto, manifest: CaseManifest, label: string, blobs: readonly Uint8Array[]): CaseBundle {
  const listed = (kind: CaseBlobKind): Uint8Array[] => blobs.filter((_, at) => manifest.blobs[at]!.kind === kind)
  const [genesisBytes] = listed('genesis') as [Uint8Array]
  const genesis = parsePart('the genesis', () => parseGenesis(genesisBytes))
  if (genesis.channel !== manifest.channel) {
    throw new RecordError('case.malformed', 'the genesis is of another channel')
  }
  const governance = listed('governance').map(parseFrame)
  checkGovernance(governance, genesis)
  const entries = listed('proven').map((bytes) => parsePart('an entry', () => parseProvenEntry(bytes)))
  const openings = listed('opening').map((bytes) => parsePart('an opening', () => parseOpening(crypto, bytes)))
  checkSubject(crypto, manifest, entries, openings)
  return {
    manifest,
    label,
    genesis: { bytes: genesisBytes, value: genesis },
    governance,
    entries,
    openings: new Map(openings.map(({ commitment, plaintext, salt }) => [commitment, { plaintext, salt }])),
  }
}

/** Key histories only, each from its beginning and without a gap: anything else of a log is not for whoever reads this. */
function checkGovernance(frames: CaseBundle['governance'], genesis: Genesis): void {
  const origins = new Set(genesis.parties.map(({ prefix }) => governanceOrigin(prefix)))
  let before: Delivery | undefined
  for (const { delivery } of frames) {
    const { bodies, entries, from, origin } = delivery
    if (!origins.has(origin)) throw new RecordError('case.malformed', 'a frame is of no governance log of the channel')
    const next = before?.origin === origin ? before.from + before.entries.length : 0
    const isRising = before === undefined || before.origin <= origin
    if (!isRising || from !== next || entries.length === 0 || bodies.length > 0) {
      throw new RecordError('case.malformed', 'the governance frames do not join on to one another')
    }
    before = delivery
  }
}

/** The founding entry is there, every entry is of this channel, none is there twice, and every opening opens one of them. */
function checkSubject(
  crypto: Crypto,
  { channel, subject }: CaseManifest,
  proven: readonly ProvenEntry[],
  openings: readonly { readonly commitment: string }[],
): void {
  const entries = proven.map(({ entry }) => parsePart('an entry', () => parseEntry(entry)))
  const digests = new Set(entries.map((entry) => entryDigest(crypto, entry)))
  if (digests.size !== entries.length) throw new RecordError('case.malformed', 'an entry is there twice')
  if (!digests.has(subject)) throw new RecordError('case.malformed', 'the entry that founded the case is missing')
  if (entries.some((entry) => entry.channel !== channel)) {
    throw new RecordError('case.malformed', 'an entry is of another channel')
  }
  const committed = new Set(entries.flatMap(({ body }) => (body === undefined ? [] : [body.commitment])))
  if (openings.some(({ commitment }) => !committed.has(commitment))) {
    throw new RecordError('case.malformed', 'an opening opens no body that the entries commit to')
  }
}
