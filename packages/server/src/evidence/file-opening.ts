// Gives the file inside a sealed item, 64 KiB at a time: only chunks that proved to be what was sealed at their place, and at
// the end a refusal when the whole is not what the entry commits to. Whoever writes it down must be able to throw it away.

import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { evidenceCommitmentStart, evidencePrefixBytes, parseEvidencePrefix } from '@parley/record'
import { ageHeaderBytesMax, openChunks, payloadChunkBytes, sealedChunkBytes } from '@parley/record/node'
import type { Identity } from '@parley/record/node'
import { ServerError } from '../error.ts'

/** What the entry says that is checked against. */
export interface OpeningFacts {
  readonly commitment: string
  readonly bytes: number
  readonly size: number
}

export interface OpenedFile {
  /** Length of the file in bytes, known from the first chunk. */
  readonly length: number
  readonly content: AsyncGenerator<Uint8Array, void, void>
}

/**
 * Opens the item at a path. The first chunk is verified when this resolves; the content is read as it is asked for, and the
 * file is closed when the content ends or is let go.
 *
 * @throws ServerError `evidence.missing`, `evidence.damaged`; RecordError `age.*`, `body.malformed`.
 */
export async function openSealedFile(
  path: string,
  identities: readonly Identity[],
  { bytes, commitment, size }: OpeningFacts,
): Promise<OpenedFile> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new ServerError('evidence.missing', 'the item is not here', { cause })
  })
  try {
    const found = await file.stat()
    const beginning = Buffer.alloc(Math.min(found.size, ageHeaderBytesMax + 16))
    await file.read(beginning, 0, beginning.length, 0)
    const opener = openChunks(beginning, identities)
    const start = opener.start.length
    const lastIndex = Math.ceil(size / payloadChunkBytes) - 1
    if (found.size !== bytes || bytes !== start + size + 16 * (lastIndex + 1)) {
      throw new ServerError('evidence.damaged', 'the item has not the length that its entry says')
    }
    const readChunk = async (index: number): Promise<Uint8Array> => {
      const sealed = Buffer.alloc(Math.min(sealedChunkBytes, bytes - start - index * sealedChunkBytes))
      await file.read(sealed, 0, sealed.length, start + index * sealedChunkBytes)
      return opener.open(index, index === lastIndex, sealed)
    }
    const first = await readChunk(0)
    const { length, salt } = parseEvidencePrefix(first.subarray(0, evidencePrefixBytes), size)
    async function* content(): AsyncGenerator<Uint8Array, void, void> {
      try {
        const hash = createHash('sha256').update(evidenceCommitmentStart(salt))
        let left = length
        for (let index = 0; index <= lastIndex; index++) {
          const plaintext = index === 0 ? first.subarray(evidencePrefixBytes) : await readChunk(index)
          const part = plaintext.subarray(0, left)
          // Padding that is not zero would be a place to hide things.
          if (plaintext.subarray(part.length).some((byte) => byte !== 0)) throw contradiction()
          hash.update(part)
          left -= part.length
          if (left === 0 && index === lastIndex && hash.digest('hex') !== commitment) throw contradiction()
          if (part.length > 0) yield part
        }
      } finally {
        await file.close()
      }
    }
    return { length, content: content() }
  } catch (error) {
    await file.close()
    throw error
  }
}

function contradiction(): ServerError {
  return new ServerError('evidence.damaged', 'what is in the item is not what its entry commits to')
}
