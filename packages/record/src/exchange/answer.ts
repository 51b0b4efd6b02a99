// The answer to a delivery: what the receiver holds now, and its receipt over the head that was delivered when it holds all
// of it. Form: delivery-answer.ts.

import { equalBytes } from '../bytes.ts'
import { formatCheckpointText, type Checkpoint } from '../checkpoint.ts'
import type { Head } from '../core/state.ts'
import { cosign, openCosignatures, type Cosignature } from '../cosignature.ts'
import type { Crypto, Signer } from '../crypto.ts'
import { formatDeliveryAnswer, missingBodiesMax, parseDeliveryAnswer } from '../delivery-answer.ts'
import { RecordError } from '../error.ts'
import { formatNote } from '../note.ts'
import type { SignatureLine } from '../signature-line.ts'
import type { VerifierKey } from '../verifier-key.ts'

/** A key of ours to cosign with, and its name: `<prefix>/witness` or `<prefix>/mirror`. */
export interface Cosigner {
  readonly name: string
  readonly signer: Signer
}

/** What is held of a log after a delivery was taken in or refused: the core's replica, as it is durable now. */
export interface AnswerFacts {
  readonly origin: string
  /** The head of the delivery that is answered. */
  readonly head: Head
  /** Entries held. */
  readonly have: number
  /** The newest head that the core gave a receipt for, with its time in Unix seconds. */
  readonly cosigned: (Head & { readonly time: number }) | undefined
  /** Digests of bodies that are missing; of many, the first are named. */
  readonly missing: Iterable<string>
}

/**
 * Makes the answer. The head is cosigned when it is the very head that the core gave a receipt for, at the time that the
 * core made durable with it, so that the same facts give the same bytes. Both the witness and the mirror cosign then.
 *
 * @throws RecordError `delivery.malformed` for an origin that is none.
 */
export async function composeAnswer(
  crypto: Crypto,
  cosigners: readonly Cosigner[],
  { origin, head, have, cosigned, missing }: AnswerFacts,
): Promise<Uint8Array> {
  const lines: SignatureLine[] = []
  if (cosigned !== undefined && cosigned.size === head.size && equalBytes(cosigned.root, head.root)) {
    lines.push(...(await cosignHead(crypto, cosigners, origin, cosigned)))
  }
  return formatDeliveryAnswer({ origin, have, missing: [...missing].slice(0, missingBodiesMax), lines })
}

/**
 * Our cosignature lines over a head that the core gave a receipt for, to travel with a list of heads or a delivery.
 *
 * @throws RecordError `checkpoint.malformed`, `cosignature.time`.
 */
export function cosignHead(
  crypto: Crypto,
  cosigners: readonly Cosigner[],
  origin: string,
  { size, root, time }: Head & { readonly time: number },
): Promise<SignatureLine[]> {
  // The core gives receipts only for heads that were opened; the note itself is no longer at hand.
  const checkpoint = { origin, size, root } as Checkpoint
  return Promise.all(cosigners.map(({ name, signer }) => cosign(crypto, signer, name, checkpoint, time)))
}

/** What an answer proved. */
export interface OpenedAnswer {
  /** Entries that the member says it holds: a claim. */
  readonly have: number
  /** Entries under the mirror cosignature of this answer, 0 when there is none. */
  readonly receipted: number
  /** Digests of bodies that the member says it misses. */
  readonly missing: readonly string[]
  readonly cosignatures: readonly Cosignature[]
}

/**
 * Opens the answer to a delivery of `head`, against the member's own mirror and witness keys (of each, all that may be in
 * force). Lines by anybody else are passed over.
 *
 * @throws RecordError `delivery.malformed` (an answer about another log, too), `delivery.limit`, `note.signature`,
 *   `cosignature.*` when a line of the member does not verify over this head.
 */
export async function openAnswer(
  crypto: Crypto,
  keys: { readonly mirrors: readonly VerifierKey[]; readonly witnesses: readonly VerifierKey[] },
  { origin, head }: { readonly origin: string; readonly head: Head },
  bytes: Uint8Array,
): Promise<OpenedAnswer> {
  const answer = parseDeliveryAnswer(bytes)
  if (answer.origin !== origin) throw new RecordError('delivery.malformed', 'the answer is about another log')
  const cosignatures = await openLines(crypto, [...keys.mirrors, ...keys.witnesses], { origin, ...head }, answer.lines)
  const mirrored = cosignatures.some(({ cosigner }) => keys.mirrors.includes(cosigner))
  return { have: answer.have, receipted: mirrored ? head.size : 0, missing: answer.missing, cosignatures }
}

async function openLines(
  crypto: Crypto,
  cosigners: readonly VerifierKey[],
  { origin, size, root }: Head & { readonly origin: string },
  lines: readonly SignatureLine[],
): Promise<readonly Cosignature[]> {
  const known = lines.filter(({ name, id }) => cosigners.some((key) => key.name === name && key.id === id))
  if (known.length === 0) return []
  const note = formatNote({ text: formatCheckpointText({ origin, size, root }), lines: known })
  return openCosignatures(crypto, note, cosigners)
}
