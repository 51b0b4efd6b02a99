// An entry with the proof that it stands in its author's log (docs/spec/case-bundle.md): how a few entries of a log travel
// to somebody who shall not get the others. It does not know what the entry means, nor whether it was allowed.

import type { Log } from './checkpoint.ts'
import { openCosignatures } from './cosignature.ts'
import type { Cosignature } from './cosignature.ts'
import type { Crypto } from './crypto.ts'
import { entryBytesMax, entryDigest, parseEntry } from './entry.ts'
import type { Entry } from './entry.ts'
import { FrameReader, FrameWriter } from './frame.ts'
import { leafHash } from './merkle.ts'
import { parseNote } from './note.ts'
import { openTlogProof, parseTlogProof, tlogProofBytesMax } from './tlog-proof.ts'
import type { ProvenLeaf } from './tlog-proof.ts'
import type { VerifierKey } from './verifier-key.ts'

export const provenEntryBytesMax = 8 + entryBytesMax + tlogProofBytesMax

const codes = { malformed: 'case.malformed', limit: 'case.limit' } as const

/** The entry's bytes and a proof of c2sp.org/tlog-proof. Nothing of it is verified. */
export interface ProvenEntry {
  readonly entry: Uint8Array
  readonly proof: Uint8Array
}

/** What the proof proved. */
export interface OpenedEntry extends ProvenLeaf {
  readonly entry: Entry
  readonly digest: string
  /** Of the cosigners that are known, over the very head of the proof. */
  readonly cosignatures: readonly Cosignature[]
}

/** uint32be length ‖ entry ‖ uint32be length ‖ proof. The parts must be ones that {@link parseProvenEntry} accepts. */
export function formatProvenEntry({ entry, proof }: ProvenEntry): Uint8Array {
  const writer = new FrameWriter(8 + entry.length + proof.length)
  writer.prefixed(4, entry)
  writer.prefixed(4, proof)
  return writer.bytes
}

/** Takes it apart; the parts share memory with `bytes`. @throws RecordError `case.malformed`, `case.limit`. */
export function parseProvenEntry(bytes: Uint8Array): ProvenEntry {
  const frame = new FrameReader(bytes, codes)
  const entry = frame.prefixed(4, 'an entry', entryBytesMax)
  const proof = frame.prefixed(4, 'a proof', tlogProofBytesMax)
  frame.end()
  return { entry, proof }
}

/**
 * Verifies that the entry stands in the log, and opens what `cosigners` signed over the head that shows it. Lines by other
 * keys are passed over.
 *
 * @throws RecordError as `parseEntry`, `openTlogProof` and `openCosignatures`.
 */
export async function openProvenEntry(
  crypto: Crypto,
  proven: ProvenEntry,
  log: Log,
  cosigners: readonly VerifierKey[],
): Promise<OpenedEntry> {
  const entry = parseEntry(proven.entry)
  const leaf = await openTlogProof(crypto, proven.proof, leafHash(crypto, proven.entry), log)
  const { note } = parseTlogProof(proven.proof)
  const { lines } = parseNote(note)
  const known = cosigners.filter(({ id, name }) => lines.some((line) => line.name === name && line.id === id))
  const cosignatures = known.length === 0 ? [] : await openCosignatures(crypto, note, known)
  return { ...leaf, entry, digest: entryDigest(crypto, entry), cosignatures }
}
