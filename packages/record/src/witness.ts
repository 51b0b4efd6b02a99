// The decision of a witness on one request of c2sp.org/tlog-witness, without its store, its clock and its key: a function
// of the request and of what the witness last cosigned. The caller looks that up, stores the new head, and then cosigns.

import type { Crypto } from './crypto.ts'
import { concatBytes, equalBytes, formatBase64, formatUtf8, parseBase64, parseUtf8 } from './bytes.ts'
import { type Checkpoint, type Log, openCheckpoint } from './checkpoint.ts'
import { divideAtEmptyLine } from './empty-line.ts'
import { RecordError } from './error.ts'
import { checkHashes, checkSize, emptyRoot, proofHashesMax } from './merkle.ts'
import { divideNote } from './note.ts'
import { verifyConsistency } from './proof.ts'

/** The longest request. */
export const addCheckpointBytesMax = 128 * 1024

/** The media type of the answer to a request from another size than the last that was cosigned. */
export const treeSizeMediaType = 'text/x.tlog.size'

/** A log that the witness knows, and the head that it last cosigned, if it ever did. */
export interface WitnessedLog extends Log {
  readonly cosigned?: CosignedHead
}

/** All that a witness has to remember of a log. */
export interface CosignedHead {
  readonly size: number
  readonly root: Uint8Array
}

/** A request as far as it can be read before it is known whose it is. */
export interface AddCheckpointRequest {
  /** What the checkpoint says its origin is: good for looking up the log, and for nothing else before it is verified. */
  readonly origin: string
  /** The lines before the checkpoint, which are read later: whose request it is comes before whether it is well made. */
  readonly header: Uint8Array
  readonly note: Uint8Array
}

/**
 * What becomes of a request, with the status that the specification gives it. Where the log's signature had verified, the
 * checkpoint goes with a refusal: a head that does not extend the last one may prove that the log has forked.
 */
export type AddCheckpointOutcome =
  | { readonly kind: 'extends'; readonly status: 200; readonly checkpoint: Checkpoint; readonly cosigned: CosignedHead }
  | { readonly kind: 'malformed'; readonly status: 400; readonly cause: RecordError }
  | { readonly kind: 'untrusted'; readonly status: 403; readonly cause: RecordError }
  | { readonly kind: 'unknown'; readonly status: 404 }
  | { readonly kind: 'conflict'; readonly status: 409; readonly size: number; readonly checkpoint: Checkpoint }
  | { readonly kind: 'unproven'; readonly status: 422; readonly cause: RecordError; readonly checkpoint: Checkpoint }

/**
 * Reads as much of a request as it takes to look up its log.
 *
 * @throws RecordError `witness.malformed` when there is no checkpoint in it, or it is longer than
 *   {@link addCheckpointBytesMax}: the answer is then 400.
 */
export function parseAddCheckpoint(body: Uint8Array): AddCheckpointRequest {
  if (body.length > addCheckpointBytesMax) throw malformed(`a request is at most ${addCheckpointBytesMax} bytes`)
  const divided = divideAtEmptyLine(body)
  if (divided === undefined) throw malformed('no empty line divides the proof from the checkpoint')
  try {
    const { text } = divideNote(divided.after)
    return { origin: text.slice(0, text.indexOf('\n')), header: divided.before, note: divided.after }
  } catch (cause) {
    throw malformed('the checkpoint is no signed note', cause)
  }
}

/** @throws RecordError `witness.malformed` when the proof has more than 63 hashes; `tree.size`, `tree.hash`. */
export function formatAddCheckpoint(oldSize: number, proof: readonly Uint8Array[], note: Uint8Array): Uint8Array {
  checkSize(oldSize)
  checkHashes(...proof)
  if (proof.length > proofHashesMax) throw malformed(`a proof has at most ${proofHashesMax} hashes`)
  const hashes = proof.map((hash) => `${formatBase64(hash)}\n`).join('')
  return concatBytes(formatUtf8(`old ${oldSize}\n${hashes}\n`), note)
}

/**
 * Decides on a request in the order that the specification demands. On `extends` the caller makes `cosigned` durable in
 * place of what it handed in, and only if that has not changed meanwhile; then it cosigns the checkpoint, at a time that is
 * not 0, and answers with that line alone. To cosign first would let a crash take back what was promised.
 *
 * @param log - the log that the witness knows under the origin of the request, if there is one.
 */
export async function processAddCheckpoint(
  crypto: Crypto,
  log: WitnessedLog | undefined,
  request: AddCheckpointRequest,
): Promise<AddCheckpointOutcome> {
  if (log === undefined || log.origin !== request.origin) return { kind: 'unknown', status: 404 }
  let checkpoint: Checkpoint
  let oldSize: number
  let proof: Uint8Array[]
  try {
    checkpoint = await openCheckpoint(crypto, request.note, log)
    ;({ oldSize, proof } = parseHeader(request.header))
    if (oldSize > checkpoint.size) throw malformed('the old size is above the size')
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    const isMalformed = error.code === 'witness.malformed' || error.code === 'checkpoint.malformed'
    return isMalformed
      ? { kind: 'malformed', status: 400, cause: error }
      : { kind: 'untrusted', status: 403, cause: error }
  }
  const { size, root } = checkpoint
  const cosigned = log.cosigned ?? { size: 0, root: emptyRoot(crypto) }
  if (oldSize !== cosigned.size) return { kind: 'conflict', status: 409, size: cosigned.size, checkpoint }
  try {
    verifyExtension(crypto, cosigned, checkpoint, proof)
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    return { kind: 'unproven', status: 422, cause: error, checkpoint }
  }
  return { kind: 'extends', status: 200, checkpoint, cosigned: { size, root } }
}

function verifyExtension(
  crypto: Crypto,
  cosigned: CosignedHead,
  { size, root }: CosignedHead,
  proof: readonly Uint8Array[],
): void {
  if (size === 0 && !equalBytes(root, emptyRoot(crypto))) {
    throw new RecordError('proof.consistency', 'the root of an empty tree is that of nothing')
  }
  if (cosigned.size === 0) {
    if (proof.length > 0) throw new RecordError('proof.consistency', 'from the empty tree the proof is empty')
    return
  }
  verifyConsistency(crypto, { oldSize: cosigned.size, oldRoot: cosigned.root, size, root }, proof)
}

function parseHeader(header: Uint8Array): { oldSize: number; proof: Uint8Array[] } {
  try {
    const [first, ...hashes] = parseUtf8(header).split('\n')
    const [, digits] = /^old (0|[1-9][0-9]{0,15})$/.exec(first!) ?? []
    if (digits === undefined) throw malformed('the first line is not the old size')
    if (hashes.length > proofHashesMax) throw malformed(`a proof has at most ${proofHashesMax} hashes`)
    const proof = hashes.map(parseBase64)
    const oldSize = Number(digits)
    checkHashes(...proof)
    checkSize(oldSize)
    return { oldSize, proof }
  } catch (cause) {
    throw malformed('the request does not begin with an old size and hashes', cause)
  }
}

function malformed(message: string, cause?: unknown): RecordError {
  return new RecordError('witness.malformed', message, { cause })
}
