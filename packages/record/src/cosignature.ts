// Cosignatures of c2sp.org/tlog-cosignature, version 1: another party states that at a time this was the largest head of
// the log it had seen, grown from every one before. What else a key's cosignature means is agreed elsewhere.

import type { Crypto, Signer } from './crypto.ts'
import { type Checkpoint, formatCheckpointText, parseCheckpointText, type TreeHead } from './checkpoint.ts'
import { cosignatureMessage, formatTimedSignature, parseTimedSignature } from './cosignature-message.ts'
import { RecordError } from './error.ts'
import { openNote } from './note.ts'
import type { SignatureLine } from './signature-line.ts'
import { createVerifierKey, type VerifierKey } from './verifier-key.ts'

/** A verified cosignature. It can only come out of {@link openCosignatures}. */
export type Cosignature = {
  readonly head: TreeHead
  readonly cosigner: VerifierKey
  /** Seconds since the epoch, by the cosigner's clock. */
  readonly time: number
  readonly line: SignatureLine
  readonly [opened]: true
}
declare const opened: unique symbol

/** How far a cosigner's clock may be ahead of one's own. */
export const clockSkewSecondsMax = 120

/**
 * Cosigns a checkpoint at a time in seconds since the epoch. The caller has verified that the head extends the last one it
 * cosigned for this origin, and has made the new one durable. What is signed is written anew from what was understood.
 *
 * @throws RecordError `key.malformed` when the name cannot be that of a key.
 * @throws RecordError `cosignature.time` unless the time is whole seconds from 1 to 2^53 − 1.
 */
export async function cosign(
  crypto: Crypto,
  signer: Signer,
  name: string,
  checkpoint: Checkpoint,
  time: number,
): Promise<SignatureLine> {
  const { id } = createVerifierKey(crypto, 'cosignature/v1', name, signer.publicKey)
  const signature = await signer.sign(cosignatureMessage(time, formatCheckpointText(checkpoint)))
  return { name, id, signature: formatTimedSignature(time, signature) }
}

/**
 * Verifies the cosignatures that the known cosigners put on a checkpoint. Whether the log itself signed it is not looked
 * at; `openCheckpoint` says that. Every key must be a `cosignature/v1` one.
 *
 * @throws RecordError `note.malformed`, `note.limit`, `note.ambiguous`, `note.signature`, `note.unverified`,
 *   `cosignature.malformed`, `cosignature.time` as `openNote`.
 * @throws RecordError `key.malformed` when one of the keys is of another kind.
 * @throws RecordError `checkpoint.malformed` when the cosigned text is no checkpoint.
 */
export async function openCosignatures(
  crypto: Crypto,
  note: Uint8Array,
  cosigners: readonly VerifierKey[],
): Promise<Cosignature[]> {
  if (cosigners.some(({ algorithm }) => algorithm !== 'cosignature/v1')) {
    throw new RecordError('key.malformed', 'the key of a cosigner is of the type cosignature/v1')
  }
  const { text, verified } = await openNote(crypto, note, cosigners)
  const head = parseCheckpointText(text)
  return verified.map(({ key, line }) => {
    const { time } = parseTimedSignature(line.signature)
    return { head, cosigner: key, time, line } as Cosignature
  })
}

/**
 * Checks a cosignature against one's own clock, in seconds since the epoch.
 *
 * @throws RecordError `cosignature.time` when it is from further ahead than {@link clockSkewSecondsMax}.
 */
export function checkCosignedBy(cosignature: Cosignature, now: number): void {
  if (cosignature.time > now + clockSkewSecondsMax) {
    throw new RecordError('cosignature.time', `the cosignature of ${cosignature.cosigner.name} is from the future`)
  }
}
