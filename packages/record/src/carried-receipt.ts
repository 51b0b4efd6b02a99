// A receipt that an entry carries: another party's mirror cosignature over a head of the log that the entry stands in. So a
// party that stays silent in its own log has said all the same, under its own key, by when it held what was sent to it.

import { parseBase64 } from './bytes.ts'
import { formatCheckpointText } from './checkpoint.ts'
import { cosignatureMessage } from './cosignature-message.ts'
import type { Crypto } from './crypto.ts'
import { RecordError } from './error.ts'
import { keyAt, type GovernanceState } from './governance.ts'
import type { OriginSize } from './governance-data.ts'
import { governanceOrigin } from './origins.ts'
import { seenSize, type Seen } from './seen.ts'

/** What the data of an entry says of a receipt. Its parts have the right form; whether they are true is not known. */
export interface CarriedReceipt {
  /** The party that cosigned. */
  readonly party: string
  /** The size of the head that it cosigned. */
  readonly size: number
  /** Unix seconds, as the cosigner stated them. */
  readonly time: number
  /** Base64 of 64 bytes. */
  readonly signature: string
}

/** What a receipt is verified against. */
export interface ReceiptContext {
  readonly crypto: Crypto
  /** The log that the entry stands in, and where. */
  readonly origin: string
  readonly index: number
  /** The effective seen after the entry. */
  readonly seen: readonly Seen[]
  /** The governance of another party of the channel, as far as it is replicated here; undefined for everybody else. */
  readonly otherGovernance: (party: string) => GovernanceState | undefined
  /** The verified root of a log at a size, or `unknown` while it cannot be told. */
  readonly roots: (origin: string, size: number) => Uint8Array | 'unknown'
}

/**
 * Verifies a receipt with the cosigner's mirror key as of the governance head that the author had seen, whatever became of
 * the key later. Its time is not compared with any clock: it is the cosigner's own word. Returns the head that must be read
 * first, or undefined when the receipt is verified.
 *
 * @throws RecordError `receipt.party`, `receipt.size`, `receipt.signature`, `seen.missing`, `governance.key`
 */
export async function verifyReceipt(receipt: CarriedReceipt, context: ReceiptContext): Promise<OriginSize | undefined> {
  const { party, signature, size, time } = receipt
  const { crypto, index, origin, otherGovernance, roots, seen } = context
  const governance = otherGovernance(party)
  if (governance === undefined) throw new RecordError('receipt.party', 'a receipt is by another party of the channel')
  // No head that holds this entry was cosigned before it was made.
  if (size < 1 || size > index) throw new RecordError('receipt.size', 'a receipt is over a head before its entry')
  const governanceSize = seenSize(seen, governanceOrigin(governance.prefix))
  if (governanceSize === 0) {
    throw new RecordError('seen.missing', 'the author has named no head of the cosigner’s governance log')
  }
  const key = parseBase64(keyAt(governance, 'mirror', governanceSize))
  const root = roots(origin, size)
  if (root === 'unknown') return { origin, size }
  const message = cosignatureMessage(time, formatCheckpointText({ origin, size, root }))
  if (!(await crypto.verifyEd25519(key, message, parseBase64(signature)))) {
    throw new RecordError('receipt.signature', 'the cosignature is not over that head by the cosigner’s mirror key')
  }
  return undefined
}
