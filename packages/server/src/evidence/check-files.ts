// Holds the files of evidence against what the entries say of them: what must be there is there and is what was sealed, what
// must be gone is gone, and nothing lies here that nobody answers for. It changes nothing and opens no seal.

import { open } from 'node:fs/promises'
import { equalBytes, pieceBytes, pieceHash, pieceRoot } from '@parley/record'
import type { Crypto } from '@parley/record'
import type { EvidenceState } from '@parley/mechanism'
import type { EvidenceFolder } from './evidence-folder.ts'
import { readSealedFacts } from './read-sealed-facts.ts'

/** `kept`: it must be here. `coming`: it may be, whole or in part. `gone`: it may not, by what the entries say. */
export type FileDuty = 'kept' | 'coming' | 'gone'

export interface ExpectedFile {
  readonly duty: FileDuty
  readonly facts: Pick<EvidenceState, 'ciphertext' | 'pieces' | 'bytes'>
}

/** What this party owes the file of an item, by its own custody. */
export function dutyOf({ custody, from }: EvidenceState, self: string): FileDuty {
  const own = custody.find(({ party }) => party === self)
  if (own === undefined || own.erased !== undefined) return 'gone'
  if (from === self || own.received !== undefined) return 'kept'
  return own.given === undefined ? 'gone' : 'coming'
}

export interface FileDifference {
  /** Of the sealed file, or of what lies under that name. */
  readonly digest: string
  /** The piece, from 0. */
  readonly piece?: number
  readonly field?: 'bytes' | 'hashes' | 'pieces' | 'ciphertext'
  readonly expected: string
  readonly found: string
}

/**
 * What differs about one file that some entry names.
 *
 * @throws what reading the disk throws.
 */
export async function checkFile(
  crypto: Crypto,
  folder: EvidenceFolder,
  { duty, facts }: ExpectedFile,
): Promise<FileDifference[]> {
  const { bytes, ciphertext: digest, pieces } = facts
  const size = await folder.sizeOf(digest)
  if (duty === 'gone') return size === undefined ? [] : [{ digest, expected: 'erased', found: 'a file' }]
  if (size === undefined) return duty === 'kept' ? [{ digest, expected: 'a file', found: 'nothing' }] : []
  const differences: FileDifference[] = []
  if (size !== bytes) differences.push({ digest, field: 'bytes', expected: String(bytes), found: String(size) })
  const hashes = await folder.readHashes(digest).catch(() => undefined)
  if (hashes !== undefined && pieceRoot(crypto, hashes).toHex() === pieces) {
    return [...differences, ...(await checkPieces(crypto, folder.itemPath(digest), digest, hashes, bytes))]
  }
  // Without the hashes of the pieces only the whole can be checked; of the pieces nobody could be given one.
  differences.push({
    digest,
    field: 'hashes',
    expected: pieces,
    found: hashes === undefined ? 'nothing' : 'another root',
  })
  const whole = await readSealedFacts(crypto, folder.itemPath(digest))
  for (const field of ['pieces', 'ciphertext'] as const) {
    const [expected, found] = [facts[field], whole[field]]
    if (expected !== found) differences.push({ digest, field, expected, found })
  }
  return differences
}

async function checkPieces(
  crypto: Crypto,
  path: string,
  digest: string,
  hashes: readonly Uint8Array[],
  bytes: number,
): Promise<FileDifference[]> {
  const differences: FileDifference[] = []
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.alloc(pieceBytes)
    for (const [piece, hash] of hashes.entries()) {
      const length = Math.min(pieceBytes, bytes - piece * pieceBytes)
      const { bytesRead } = await file.read(buffer, 0, length, piece * pieceBytes)
      const found = pieceHash(crypto, buffer.subarray(0, bytesRead))
      if (!equalBytes(found, hash)) {
        differences.push({ digest, piece, expected: hash.toHex(), found: bytesRead === 0 ? 'nothing' : found.toHex() })
      }
    }
  } finally {
    await file.close()
  }
  return differences
}
