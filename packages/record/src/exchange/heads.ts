// The list of heads that a node holds, which peers ask each other for: how a node learns after a start what of its own
// log is out there, and how a fork comes to light. Format: docs/spec/delivery.md.

import { equalBytes, formatUtf8, parseUtf8 } from '../bytes.ts'
import type { HeldHead } from '../core/event.ts'
import type { Cosignature } from '../cosignature.ts'
import type { Crypto } from '../crypto.ts'
import { RecordError } from '../error.ts'
import { FrameReader, FrameWriter } from '../frame.ts'
import { noteBytesMax } from '../note.ts'
import { originLengthMax, parseOrigin } from '../origins.ts'
import type { KeyLookup } from './key-lookup.ts'
import type { LogReader } from './log-reader.ts'
import { openHead, readOurs } from './open-head.ts'
import { openKnownCosignatures } from './open-known-cosignatures.ts'

/** Logs in one list: more than any two parties share. */
export const headsCountMax = 4096
export const headsBytesMax = 4 * 1024 * 1024

const magic = formatUtf8('parley/heads/v1\n')
const codes = { malformed: 'heads.malformed', limit: 'heads.limit' } as const

/** A head that is held here: the signed checkpoint of its author, with our own cosignature lines if there are any. */
export interface ShownHead {
  readonly origin: string
  readonly note: Uint8Array
}

/** What a list of heads proved. */
export interface OpenedHeads {
  readonly heads: readonly HeldHead[]
  readonly cosignatures: readonly Cosignature[]
}

/**
 * The heads that are held here, in any order, at most one a log, of all logs that the asking party may know of. Of a
 * replica that is **the newest head that its copy was verified against, even while entries below it are still missing**,
 * because an author that lost its log asks for exactly that.
 *
 * @throws RecordError `heads.limit`, `heads.malformed` (a log twice).
 */
export function composeHeads(shown: readonly ShownHead[]): Uint8Array {
  if (shown.length > headsCountMax) throw new RecordError('heads.limit', `a list has at most ${headsCountMax} heads`)
  const sorted = shown.toSorted((one, other) => (one.origin < other.origin ? -1 : 1))
  let length = magic.length + 4
  for (const { origin, note } of sorted) length += 2 + origin.length + 4 + note.length
  if (length > headsBytesMax) throw new RecordError('heads.limit', `a list has at most ${headsBytesMax} bytes`)
  const writer = new FrameWriter(length)
  writer.append(magic)
  writer.number(4, sorted.length)
  for (const { origin, note } of sorted) {
    writer.prefixed(2, formatUtf8(origin))
    writer.prefixed(4, note)
  }
  parseHeads(writer.bytes)
  return writer.bytes
}

/**
 * Reads a list of heads, which is sorted by origin. Nothing in it is verified.
 *
 * @throws RecordError `heads.malformed`, `heads.limit`.
 */
export function parseHeads(bytes: Uint8Array): ShownHead[] {
  if (bytes.length > headsBytesMax) throw new RecordError('heads.limit', `a list has at most ${headsBytesMax} bytes`)
  const reader = new FrameReader(bytes, codes)
  if (!equalBytes(reader.take(magic.length, 'its first line'), magic)) reader.refuse('not a list of heads of version 1')
  const shown: ShownHead[] = []
  for (let left = reader.number(4, 'the number of heads', headsCountMax); left > 0; left--) {
    const origin = parseOriginField(reader.prefixed(2, 'an origin', originLengthMax))
    if (origin <= (shown.at(-1)?.origin ?? '')) reader.refuse('heads are not in the order of their origins')
    shown.push({ origin, note: reader.prefixed(4, 'a head', noteBytesMax) })
  }
  reader.end()
  return shown
}

function parseOriginField(bytes: Uint8Array): string {
  try {
    const origin = parseUtf8(bytes)
    parseOrigin(origin)
    return origin
  } catch (cause) {
    throw new RecordError('heads.malformed', 'an origin in a list of heads is none', { cause })
  }
}

/**
 * Opens a peer's list of heads. Logs that are not kept here are passed over, and so is a head of somebody else's log that
 * does not verify: the key that signed it may be news to us. A head of one of **our own** logs that does not verify
 * refuses the whole list: to pass it over would be to hear that the peer holds nothing of that log.
 *
 * @throws RecordError `heads.malformed`, `heads.limit`; `note.*`, `checkpoint.*` for one of our own logs.
 */
export async function openHeads(
  crypto: Crypto,
  reader: LogReader,
  keys: KeyLookup,
  isOwn: (origin: string) => boolean,
  bytes: Uint8Array,
): Promise<OpenedHeads> {
  const heads: HeldHead[] = []
  const cosignatures: Cosignature[] = []
  for (const { origin, note } of parseHeads(bytes)) {
    if ((await reader.readSize(origin)) === undefined) continue
    try {
      const head = await openHead(crypto, keys.verifierKeysOf, origin, note)
      heads.push({ origin, head, ours: await readOurs(crypto, reader, origin, head.size) })
    } catch (error) {
      if (isOwn(origin) || !(error instanceof RecordError)) throw error
      continue
    }
    cosignatures.push(...(await openKnownCosignatures(crypto, origin, note, keys.cosignerKeysOf(origin))))
  }
  return { heads, cosignatures }
}
