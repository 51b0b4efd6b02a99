// From two signed heads of one log that contradict each other to a portable proof (fork.ts). When the other head is the
// smaller one our copy says enough by itself; otherwise the peer that showed it is asked for its consistency proof.

import type { SignedHead } from '../core/state.ts'
import type { Crypto } from '../crypto.ts'
import { RecordError } from '../error.ts'
import { formatForkProof, openForkProof } from '../fork.ts'
import { proveConsistency, rootAt } from '../prove.ts'
import { formatVerifierKey } from '../verifier-key.ts'
import type { ConsistencyAnswer, ConsistencyQuestion } from './consistency.ts'
import type { VerifierKeysOf } from './key-lookup.ts'
import type { LogReader } from './log-reader.ts'

/** Two signed heads of one log of which it is suspected that they contradict each other. */
export interface Suspicion {
  readonly origin: string
  /** The newest signed head every entry below which is in our copy. */
  readonly ours: SignedHead
  readonly theirs: SignedHead
}

/** What the peer that showed the other head must be asked first; undefined when our own copy says enough. */
export function questionOf({ origin, ours, theirs }: Suspicion): ConsistencyQuestion | undefined {
  return theirs.size > ours.size ? { origin, oldSize: ours.size, size: theirs.size } : undefined
}

/**
 * Makes the portable proof that the author signed two heads that contradict each other, and verifies it as anybody would.
 * `answer` is the peer's to {@link questionOf}.
 *
 * @throws RecordError `fork.unproven` when they do not contradict each other, or the answer does not show it.
 */
export async function proveFork(
  crypto: Crypto,
  reader: LogReader,
  verifierKeysOf: VerifierKeysOf,
  suspicion: Suspicion,
  answer?: ConsistencyAnswer,
): Promise<Uint8Array> {
  const { origin, ours, theirs } = suspicion
  const bytes = formatForkProof(await joinHeads(crypto, reader, suspicion, answer))
  const claims = [ours, theirs].map(async ({ size }) => verifierKeysOf({ origin, size, start: 0, entries: [] }))
  // One key that is looked up twice must not make a signature fit two keys.
  const keys = new Map((await Promise.all(claims)).flat().map((key) => [formatVerifierKey(key), key]))
  await openForkProof(crypto, bytes, { origin, keys: [...keys.values()] })
  return bytes
}

async function joinHeads(
  crypto: Crypto,
  reader: LogReader,
  { origin, ours, theirs }: Suspicion,
  answer: ConsistencyAnswer | undefined,
): Promise<Parameters<typeof formatForkProof>[0]> {
  if (ours.size === theirs.size) {
    const [smaller, larger] = ours.root.toHex() < theirs.root.toHex() ? [ours, theirs] : [theirs, ours]
    return { smaller: smaller.note, larger: larger.note }
  }
  if (theirs.size < ours.size) {
    const tree = reader.treeOf(origin)
    const root = await rootAt(crypto, tree, theirs.size)
    const proof = theirs.size === 0 ? [] : await proveConsistency(crypto, tree, theirs.size, ours.size)
    return { smaller: theirs.note, larger: ours.note, overlap: { root, proof } }
  }
  if (answer === undefined) throw new RecordError('fork.unproven', 'the fork is not proven: the peer has not answered')
  return { smaller: ours.note, larger: theirs.note, overlap: { root: answer.oldRoot, proof: answer.proof } }
}
