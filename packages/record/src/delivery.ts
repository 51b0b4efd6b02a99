// The delivery frame (docs/spec/delivery.md): a run of entries of one log under a signed head, the bodies that belong to
// them and cosignatures of the sender. The same bytes go over the wire and into a bundle. It checks form only: what the
// frame claims, `replica.ts` verifies.

import { equalBytes, formatHex, formatUtf8, parseHex, parseUtf8 } from './bytes.ts'
import { bundledEntryBytesMax } from './entry-bundle.ts'
import { RecordError } from './error.ts'
import { FrameReader, FrameWriter } from './frame.ts'
import { hashBytes, proofHashesMax } from './merkle.ts'
import { noteBytesMax } from './note.ts'
import { originLengthMax, parseOrigin } from './origins.ts'

/** 20 MiB, as c2sp.org/tlog-mirror bounds its uploads. */
export const deliveryBytesMax = 20 * 1024 * 1024
export const deliveryEntriesMax = 4096
/** The last `from`: no index in a delivery passes the safe integers. */
export const deliveryFromMax = Number.MAX_SAFE_INTEGER - deliveryEntriesMax
/**
 * What a tile's entry bundle can hold. Entries are shorter (`entryBytesMax`), but a leaf that is too long for an entry must
 * still be delivered, to be kept as evidence with its verdict: or one of them would stop a log for ever.
 */
export const leafBytesMax = bundledEntryBytesMax
export const deliveryBodiesMax = 1024
/** An envelope of the largest size class, under an age header of the greatest length, fits. */
export const sealedBytesMax = 131_072
export const deliveryCosignaturesMax = 1024

const magic = formatUtf8('parley/delivery/v1\n')
const codes = { malformed: 'delivery.malformed', limit: 'delivery.limit' } as const
const fixedBytes = magic.length + 4 + 8 + 4 + 1 + 4 + 4 + 2

/** The sealed bytes of a body. Whether the digest is theirs is not known yet (`openDeliveredBodies`). */
export interface DeliveredBody {
  /** SHA-256 of the bytes, in hexadecimal. */
  readonly digest: string
  readonly bytes: Uint8Array
}

/** The sender's cosignature over some log. */
export interface DeliveredCosignature {
  readonly origin: string
  /** A signed note: a checkpoint of that log with cosignature lines. */
  readonly note: Uint8Array
}

export interface Delivery {
  readonly origin: string
  /** The index of the first of the entries. */
  readonly from: number
  /** The signed note of a checkpoint whose size is at least `from` + the number of entries. */
  readonly head: Uint8Array
  /** From the tree after the last of the entries to the head; empty when they are the same, or the former is empty. */
  readonly proof: readonly Uint8Array[]
  readonly entries: readonly Uint8Array[]
  readonly bodies: readonly DeliveredBody[]
  readonly cosignatures: readonly DeliveredCosignature[]
}

/** The index after the last entry of a delivery. */
export function deliveryEnd(delivery: Delivery): number {
  return delivery.from + delivery.entries.length
}

/** How long the frame of a delivery is, in bytes: a sender cuts its deliveries so that this stays within the limit. */
export function deliveryBytes(delivery: Delivery): number {
  let length = fixedBytes + delivery.origin.length + delivery.head.length + delivery.proof.length * hashBytes
  for (const entry of delivery.entries) length += 2 + entry.length
  for (const body of delivery.bodies) length += hashBytes + 4 + body.bytes.length
  for (const cosignature of delivery.cosignatures) length += 8 + cosignature.origin.length + cosignature.note.length
  return length
}

function checkCount(count: number, max: number, what: string): void {
  if (count > max) throw new RecordError('delivery.limit', `a delivery has at most ${max} ${what}`)
}

function checkOrigin(origin: string): void {
  try {
    parseOrigin(origin)
  } catch (cause) {
    throw new RecordError('delivery.malformed', 'an origin in a delivery is none', { cause })
  }
}

function checkLength(bytes: Uint8Array, max: number, what: string): void {
  if (bytes.length > max) throw new RecordError('delivery.limit', `${what} has at most ${max} bytes`)
}

function checkDelivery(delivery: Delivery): void {
  checkOrigin(delivery.origin)
  if (!Number.isSafeInteger(delivery.from) || delivery.from < 0) {
    throw new RecordError('delivery.malformed', 'a delivery begins at no index')
  }
  checkCount(delivery.from, deliveryFromMax, 'entries before it')
  checkLength(delivery.head, noteBytesMax, 'a head')
  checkCount(delivery.proof.length, proofHashesMax, 'hashes in its proof')
  if (delivery.proof.some((hash) => hash.length !== hashBytes)) {
    throw new RecordError('delivery.malformed', 'a hash of the proof is not 32 bytes')
  }
  checkCount(delivery.entries.length, deliveryEntriesMax, 'entries')
  for (const entry of delivery.entries) checkLength(entry, leafBytesMax, 'an entry')
  checkCount(delivery.bodies.length, deliveryBodiesMax, 'bodies')
  for (const { bytes } of delivery.bodies) checkLength(bytes, sealedBytesMax, 'a body')
  checkCount(delivery.cosignatures.length, deliveryCosignaturesMax, 'cosignatures')
  for (const { origin, note } of delivery.cosignatures) {
    checkOrigin(origin)
    checkLength(note, noteBytesMax, 'a note')
  }
  if (deliveryBytes(delivery) > deliveryBytesMax) throw new RecordError('delivery.limit', 'the delivery is too long')
}

/** Bodies in the order of their digests, none twice: so that one delivery has one spelling. */
function sortBodies(bodies: readonly DeliveredBody[]): { digest: Uint8Array; bytes: Uint8Array }[] {
  const sorted = bodies.toSorted((one, other) => (one.digest < other.digest ? -1 : 1))
  return sorted.map(({ digest, bytes }, at) => {
    if (!/^[0-9a-f]{64}$/.test(digest)) throw new RecordError('delivery.malformed', 'the name of a body is no digest')
    if (digest === sorted[at - 1]?.digest) throw new RecordError('delivery.malformed', 'a body stands twice')
    return { digest: parseHex(digest), bytes }
  })
}

/**
 * The frame of a delivery. Bodies may be given in any order.
 *
 * @throws RecordError `delivery.limit` beyond any of the limits above, `delivery.malformed` for what has no form.
 */
export function formatDelivery(delivery: Delivery): Uint8Array {
  checkDelivery(delivery)
  const bodies = sortBodies(delivery.bodies)
  const writer = new FrameWriter(deliveryBytes(delivery))
  writer.append(magic)
  writer.prefixed(4, formatUtf8(delivery.origin))
  writer.number(8, delivery.from)
  writer.prefixed(4, delivery.head)
  writer.number(1, delivery.proof.length)
  for (const hash of delivery.proof) writer.append(hash)
  writer.number(4, delivery.entries.length)
  for (const entry of delivery.entries) writer.prefixed(2, entry)
  writer.number(4, bodies.length)
  for (const { digest, bytes } of bodies) {
    writer.append(digest)
    writer.prefixed(4, bytes)
  }
  writer.number(2, delivery.cosignatures.length)
  for (const { origin, note } of delivery.cosignatures) {
    writer.prefixed(4, formatUtf8(origin))
    writer.prefixed(4, note)
  }
  return writer.bytes
}

function parseOriginField(reader: FrameReader): string {
  const bytes = reader.prefixed(4, 'an origin', originLengthMax)
  let origin: string
  try {
    origin = parseUtf8(bytes)
    parseOrigin(origin)
  } catch (cause) {
    throw new RecordError('delivery.malformed', 'an origin in a delivery is none', { cause })
  }
  return origin
}

function parseBodies(reader: FrameReader): DeliveredBody[] {
  const bodies: DeliveredBody[] = []
  let last = ''
  for (let left = reader.number(4, 'the number of bodies', deliveryBodiesMax); left > 0; left--) {
    const digest = formatHex(reader.take(hashBytes, 'the digest of a body'))
    if (digest <= last) reader.refuse('bodies are not in the order of their digests, or one stands twice')
    last = digest
    bodies.push({ digest, bytes: reader.prefixed(4, 'a body', sealedBytesMax) })
  }
  return bodies
}

/**
 * Reads the frame of a delivery. Nothing in it is verified. Its parts share memory with `bytes`, which the caller must
 * leave alone for as long as it uses them; whoever keeps a small part for long should copy it.
 *
 * @throws RecordError `delivery.malformed`, `delivery.limit`.
 */
export function parseDelivery(bytes: Uint8Array): Delivery {
  if (bytes.length > deliveryBytesMax) throw new RecordError('delivery.limit', 'the delivery is too long')
  const reader = new FrameReader(bytes, codes)
  if (!equalBytes(reader.take(magic.length, 'its first line'), magic)) reader.refuse('not a delivery of version 1')
  const origin = parseOriginField(reader)
  const from = reader.number(8, 'the first index', deliveryFromMax)
  const head = reader.prefixed(4, 'the head', noteBytesMax)
  const proof: Uint8Array[] = []
  for (let left = reader.number(1, 'the number of hashes', proofHashesMax); left > 0; left--) {
    proof.push(reader.take(hashBytes, 'the proof'))
  }
  const entries: Uint8Array[] = []
  for (let left = reader.number(4, 'the number of entries', deliveryEntriesMax); left > 0; left--) {
    entries.push(reader.prefixed(2, 'an entry', leafBytesMax))
  }
  const bodies = parseBodies(reader)
  const cosignatures: DeliveredCosignature[] = []
  for (let left = reader.number(2, 'the number of cosignatures', deliveryCosignaturesMax); left > 0; left--) {
    cosignatures.push({ origin: parseOriginField(reader), note: reader.prefixed(4, 'a cosigned note', noteBytesMax) })
  }
  reader.end()
  return { origin, from, head, proof, entries, bodies, cosignatures }
}
