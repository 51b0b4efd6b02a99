// Opens a delivery frame: whatever of it can be verified without changing anything. Whether the entries extend the copy is
// verified by the core, which holds the frontier.

import type { Arrival } from '../core/state.ts'
import type { Cosignature } from '../cosignature.ts'
import type { Crypto } from '../crypto.ts'
import { deliveryEnd, parseDelivery } from '../delivery.ts'
import { RecordError } from '../error.ts'
import { openDeliveredBodies } from '../replica.ts'
import type { KeyLookup } from './key-lookup.ts'
import type { LogReader } from './log-reader.ts'
import { openHead, readOurs } from './open-head.ts'
import { openKnownCosignatures } from './open-known-cosignatures.ts'

export interface OpenedDelivery {
  /** For the core: the head is under its author's signature, and the bodies have the digests they are named by. */
  readonly arrival: Arrival
  /** The cosignatures that came along and that verify. That a log's author signed those heads is not said by them. */
  readonly cosignatures: readonly Cosignature[]
}

/**
 * Opens the frame that `party` handed over. A body that does not have its digest is left out, and stays missing; a cosigned
 * note that is malformed or of unknown signers is passed over: neither spoils the entries it came with.
 *
 * What is returned shares memory with `bytes`, which the caller must leave alone from then on.
 *
 * @throws RecordError `delivery.malformed` (entries beyond the head, too), `delivery.limit`; `note.*`, `checkpoint.*` when
 *   the head is not one of this log under a key of its author.
 */
export async function openDelivery(
  crypto: Crypto,
  reader: LogReader,
  keys: KeyLookup,
  party: string,
  bytes: Uint8Array,
): Promise<OpenedDelivery> {
  const delivery = parseDelivery(bytes)
  const { origin, from: start, entries, proof } = delivery
  const head = await openHead(crypto, keys.verifierKeysOf, origin, delivery.head, { start, entries })
  if (deliveryEnd(delivery) > head.size) {
    throw new RecordError('delivery.malformed', 'the delivery has entries beyond its head')
  }
  const cosignatures = await Promise.all(
    delivery.cosignatures.map(({ origin: cosigned, note }) =>
      openKnownCosignatures(crypto, cosigned, note, keys.cosignerKeysOf(cosigned)),
    ),
  )
  const bodies = [...openDeliveredBodies(crypto, delivery).bodies].map(([digest, sealed]) => ({
    digest,
    bytes: sealed,
  }))
  // Read last: the copy may have grown while signatures were verified, and the larger it is the more can be compared.
  const ours = await readOurs(crypto, reader, origin, head.size)
  return {
    arrival: { kind: 'arrival', party, origin, start, entries, bodies, head, proof, ours },
    cosignatures: cosignatures.flat(),
  }
}
