// What stands before an evidence file inside its seal: salt[32] ‖ uint64be length. The file and zeros up to the size class
// follow. The entry commits to SHA-256("parley/evidence/v1\n" ‖ salt ‖ file); whoever hashes files as streams starts with
// `evidenceCommitmentStart`. It does not know how anything is sealed.

import { concatBytes, formatUtf8 } from './bytes.ts'
import { saltBytes } from './body.ts'
import { RecordError } from './error.ts'

export const evidencePrefixBytes = saltBytes + 8

/** @throws RecordError `body.malformed` for a salt of another length, `body.limit` for a length that is none. */
export function formatEvidencePrefix(salt: Uint8Array, length: number): Uint8Array {
  if (salt.length !== saltBytes) throw new RecordError('body.malformed', `a salt is not ${saltBytes} bytes`)
  if (!Number.isSafeInteger(length) || length < 0) throw new RecordError('body.limit', 'a file has no such length')
  const prefix = new Uint8Array(evidencePrefixBytes)
  prefix.set(salt)
  new DataView(prefix.buffer).setBigUint64(saltBytes, BigInt(length))
  return prefix
}

/** @throws RecordError `body.malformed` when the file would not fit into what was sealed, `size` bytes in all. */
export function parseEvidencePrefix(
  prefix: Uint8Array,
  size: number,
): { readonly salt: Uint8Array; readonly length: number } {
  if (prefix.length !== evidencePrefixBytes) throw new RecordError('body.malformed', 'what was sealed is cut off')
  const length = new DataView(prefix.buffer, prefix.byteOffset).getBigUint64(saltBytes)
  if (length > BigInt(size - evidencePrefixBytes)) {
    throw new RecordError('body.malformed', 'the file would end outside of what was sealed')
  }
  return { salt: prefix.slice(0, saltBytes), length: Number(length) }
}

/** What is hashed before the bytes of the file. */
export function evidenceCommitmentStart(salt: Uint8Array): Uint8Array {
  return concatBytes(formatUtf8('parley/evidence/v1\n'), salt)
}
