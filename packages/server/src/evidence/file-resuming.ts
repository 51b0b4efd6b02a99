// Goes on with a sealed file that a crash or a fault left: its whole chunks are opened with our archive key and sealed anew,
// under a new file key, into another file. The key that they were sealed by is never sealed with again, so whatever came to
// the disk or to whoever reads it, no two chunks were sealed at one place under one key (packages/record/SPEC.md [AG11]).

import type { FileHandle } from 'node:fs/promises'
import { evidencePrefixBytes, parseEvidencePrefix, RecordError } from '@parley/record'
import type { Crypto } from '@parley/record'
import { ageHeaderBytesMax, openChunks, payloadChunkBytes, sealedChunkBytes } from '@parley/record/node'
import type { ChunkOpener, Identity, Recipient } from '@parley/record/node'
import { evidenceSizeClass } from '@parley/mechanism'
import { beginSealing, lastIndexOf } from './file-sealing.ts'
import type { FileSealing } from './file-sealing.ts'
import type { WrittenFile } from './storing.ts'

interface Left {
  readonly opener: ChunkOpener
  /** Whole chunks that are there, the one with the last byte of the file never among them: so something always has to come. */
  readonly whole: number
}

/** What is left of a sealed file of `length` bytes. Undefined when it does not even hold a chunk. */
async function viewLeft(file: FileHandle, identities: readonly Identity[], length: number): Promise<Left | undefined> {
  const { size: found } = await file.stat()
  if (found < sealedChunkBytes) return undefined
  const beginning = Buffer.alloc(Math.min(found, ageHeaderBytesMax + 16))
  await file.read(beginning, 0, beginning.length, 0)
  const opener = openChunks(beginning, identities)
  const there = Math.floor((found - opener.start.length) / sealedChunkBytes)
  const whole = Math.min(there, lastIndexOf(evidencePrefixBytes + length))
  return whole === 0 ? undefined : { opener, whole }
}

/**
 * Bytes of the file that a sealing which was left can go on from: fewer than have come by at most one chunk. It reads the
 * beginning and changes nothing.
 *
 * @throws RecordError `age.*` when the file is not one that was written here.
 */
export async function viewOffset(file: FileHandle, identities: readonly Identity[], length: number): Promise<number> {
  const left = await viewLeft(file, identities, length)
  return left === undefined ? 0 : left.whole * payloadChunkBytes - evidencePrefixBytes
}

/**
 * Seals what is left of one file into another, empty one, as far as it opens: a power that fails leaves a length without its
 * bytes. Undefined, and nothing was written, when no chunk of it opens: then the file is begun anew.
 *
 * @throws ServerError `evidence.storage`; RecordError `age.*`, `body.malformed` when it is not what was written here.
 */
export async function resumeSealing(
  crypto: Crypto,
  { from, to }: { readonly from: FileHandle; readonly to: WrittenFile },
  { identities, recipients }: { readonly identities: readonly Identity[]; readonly recipients: readonly Recipient[] },
  length: number,
): Promise<FileSealing | undefined> {
  const left = await viewLeft(from, identities, length)
  if (left === undefined) return undefined
  const sealed = Buffer.alloc(sealedChunkBytes)
  let sealing: FileSealing | undefined
  for (let index = 0; index < left.whole; index++) {
    await from.read(sealed, 0, sealedChunkBytes, left.opener.start.length + index * sealedChunkBytes)
    const plaintext = openUnlessTorn(left.opener, index, sealed)
    if (plaintext === undefined) break
    if (sealing === undefined) {
      const size = evidenceSizeClass(evidencePrefixBytes + length)
      const { salt } = parseEvidencePrefix(plaintext.subarray(0, evidencePrefixBytes), size)
      sealing = await beginSealing(crypto, to, recipients, length, salt)
    }
    await sealing.write(plaintext.subarray(index === 0 ? evidencePrefixBytes : 0))
  }
  return sealing
}

function openUnlessTorn(opener: ChunkOpener, index: number, sealed: Uint8Array): Uint8Array | undefined {
  try {
    return opener.open(index, false, sealed)
  } catch (error) {
    if (!(error instanceof RecordError) || error.code !== 'age.payload') throw error
    return undefined
  }
}
