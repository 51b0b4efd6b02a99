// Makes the delivery of a run of entries of one log, our own or a replica's: pushed to a member, pulled by one, or put in a
// bundle. Form and limits are those of delivery.ts.

import type { BodyOf } from '../core/intake.ts'
import type { SignedHead } from '../core/state.ts'
import type { Crypto } from '../crypto.ts'
import {
  deliveryBodiesMax,
  deliveryBytesMax,
  deliveryEntriesMax,
  formatDelivery,
  sealedBytesMax,
  type DeliveredBody,
  type DeliveredCosignature,
} from '../delivery.ts'
import { RecordError } from '../error.ts'
import { proveConsistency } from '../prove.ts'
import type { LogReader } from './log-reader.ts'

/** What is to be delivered. */
export interface DeliveryOrder {
  readonly origin: string
  /** What the receiver holds: the index of the first entry to deliver, at most `head.size`. */
  readonly start: number
  /** A signed head of the log, every entry below which is held here. */
  readonly head: SignedHead
  /** Our newest cosignatures over the receiver's and others' logs, to travel along. */
  readonly cosignatures: readonly DeliveredCosignature[]
}

/** How much one delivery holds at most; those of delivery.ts are the upper limits. */
export interface DeliveryLimits {
  readonly entriesMax: number
  /** Bytes of entries and bodies together. The first entry goes in whatever it weighs. */
  readonly bytesMax: number
}

export interface ComposedDelivery {
  /** The frame. */
  readonly bytes: Uint8Array
  /** The index after the last entry in it. */
  readonly end: number
}

/** Small enough that a slow line is through with one before its deadline, large enough that a log of years comes in hundreds. */
export const usualDeliveryLimits: DeliveryLimits = { entriesMax: 1024, bytesMax: 4 * 1024 * 1024 }

/** Room for what is not entries and bodies: proof, head, cosignatures, lengths. */
const overheadBytes = 2 * 1024 * 1024

/**
 * Makes a delivery frame: as many entries from `start` on as fit, never beyond the head, the proof from where they end to
 * the head, and those of their bodies that are held here. A body that does not fit is left to be asked for by its digest.
 *
 * @throws RecordError `tree.size` when `start` is above the head, `delivery.limit` when the cosignatures are too many.
 */
export async function composeDelivery(
  tools: { readonly crypto: Crypto; readonly bodyOf: BodyOf },
  reader: LogReader,
  order: DeliveryOrder,
  limits: DeliveryLimits = usualDeliveryLimits,
): Promise<ComposedDelivery> {
  const { origin, start, head, cosignatures } = order
  if (start > head.size) throw new RecordError('tree.size', 'a delivery begins after its head')
  const entriesMax = Math.min(limits.entriesMax, deliveryEntriesMax)
  const bytesMax = Math.min(limits.bytesMax, deliveryBytesMax - overheadBytes)
  const read =
    start === head.size ? [] : await reader.readEntries(origin, start, Math.min(start + entriesMax, head.size))
  const held = await readHeldBodies(tools.bodyOf, reader, read)
  const { entries, bodies } = cutToFit(tools.bodyOf, read, held, bytesMax)
  const end = start + entries.length
  const proof =
    end === 0 || end === head.size ? [] : await proveConsistency(tools.crypto, reader.treeOf(origin), end, head.size)
  const bytes = formatDelivery({ origin, from: start, head: head.note, proof, entries, bodies, cosignatures })
  return { bytes, end }
}

async function readHeldBodies(
  bodyOf: BodyOf,
  reader: LogReader,
  entries: readonly Uint8Array[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const digests = new Set(entries.map(bodyOf).filter((digest) => digest !== undefined))
  return digests.size === 0 ? new Map() : reader.readBodies([...digests].slice(0, deliveryBodiesMax))
}

/** The longest run of the entries that fits with the bodies it commits to. */
function cutToFit(
  bodyOf: BodyOf,
  entries: readonly Uint8Array[],
  held: ReadonlyMap<string, Uint8Array>,
  bytesMax: number,
): { entries: Uint8Array[]; bodies: DeliveredBody[] } {
  const taken: Uint8Array[] = []
  const bodies = new Map<string, DeliveredBody>()
  let length = 0
  for (const entry of entries) {
    const digest = bodyOf(entry)
    const sealed = digest === undefined || bodies.has(digest) ? undefined : held.get(digest)
    length += entry.length + (sealed?.length ?? 0)
    if (length > bytesMax && taken.length > 0) break
    taken.push(entry)
    if (digest !== undefined && sealed !== undefined && sealed.length <= sealedBytesMax && length <= bytesMax) {
      bodies.set(digest, { digest, bytes: sealed })
    }
  }
  return { entries: taken, bodies: [...bodies.values()] }
}
