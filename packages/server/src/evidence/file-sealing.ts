// Seals a file into another as its bytes come, with pauses of any length: prefix, file and padding as chunks of an age file,
// the hashes kept up beside it. The file key is in the memory of this one sealing and nowhere else: what was begun before a
// crash is not gone on with but sealed anew (`file-resuming.ts`).

import { createHash, randomBytes } from 'node:crypto'
import { evidenceCommitmentStart, evidencePrefixBytes, formatEvidencePrefix, saltBytes } from '@parley/record'
import type { Crypto } from '@parley/record'
import { createChunkSealer, payloadChunkBytes, sealedChunkBytes } from '@parley/record/node'
import type { Recipient } from '@parley/record/node'
import { evidenceSizeClass } from '@parley/mechanism'
import { ServerError } from '../error.ts'
import { createSealedTally } from './sealed-tally.ts'
import type { SealedFacts } from './sealed-tally.ts'
import { storing, writeAll } from './storing.ts'
import type { WrittenFile } from './storing.ts'

/** Sealed bytes that are gathered before they are written. */
const writtenAtOnceBytes = 1024 * 1024
const zeros = new Uint8Array(payloadChunkBytes)

/** What the entry of an item says of its file, and the hashes of its pieces. */
export interface SealedFile extends SealedFacts {
  readonly commitment: string
  /** Length of what was sealed, padded. */
  readonly size: number
}

export interface FileSealing {
  /** Bytes of the file taken in so far. */
  readonly offset: number
  /**
   * Takes the next bytes; resolves when all whole chunks of them are written. After a fault the sealing is at its end.
   *
   * @throws ServerError `evidence.storage`, `upload.length`
   */
  write(bytes: Uint8Array): Promise<void>
  /** Ends the file when all of it has come, and syncs it. @throws ServerError `evidence.storage`, `upload.length` */
  finish(): Promise<SealedFile>
}

/**
 * Begins a sealed file of `length` bytes for the recipients, under a key of its own. The file is empty.
 *
 * @throws ServerError `evidence.storage`; RecordError `age.key`.
 */
export async function beginSealing(
  crypto: Crypto,
  file: WrittenFile,
  recipients: readonly Recipient[],
  length: number,
  salt: Uint8Array = randomBytes(saltBytes),
): Promise<FileSealing> {
  const size = evidenceSizeClass(evidencePrefixBytes + length)
  const lastIndex = lastIndexOf(size)
  const sealer = createChunkSealer(recipients)
  const tally = createSealedTally(crypto)
  const commitment = createHash('sha256').update(evidenceCommitmentStart(salt))
  const chunk = new Uint8Array(payloadChunkBytes)
  chunk.set(formatEvidencePrefix(salt, length))
  let filled = evidencePrefixBytes
  let index = 0
  let offset = 0
  /** Sealed bytes that are not written yet. One place for all of them: what is made anew for each costs its collection. */
  const waiting = new Uint8Array(writtenAtOnceBytes + sealedChunkBytes)
  let waitingLength = 0
  let broken = false

  await writeAll(file, sealer.start, 0)
  tally.add(sealer.start)
  let position = tally.bytes

  async function flush(): Promise<void> {
    if (waitingLength === 0) return
    await writeAll(file, waiting.subarray(0, waitingLength), position)
    position += waitingLength
    waitingLength = 0
  }

  function sealNext(): void {
    const sealed = sealer.seal(chunk.subarray(0, filled), index === lastIndex)
    tally.add(sealed)
    waiting.set(sealed, waitingLength)
    waitingLength += sealed.length
    index += 1
    filled = 0
  }

  async function feed(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const part = bytes.subarray(at, at + payloadChunkBytes - filled)
      chunk.set(part, filled)
      filled += part.length
      at += part.length
      if (filled < payloadChunkBytes || index === lastIndex) continue
      sealNext()
      if (waitingLength >= writtenAtOnceBytes) await flush()
    }
  }

  /** A chunk whose writing failed was sealed: nothing more may be, or the file would have a hole. */
  async function once<T>(work: () => Promise<T>): Promise<T> {
    if (broken) throw new ServerError('evidence.storage', 'a sealing that met a fault is let go')
    broken = true
    const result = await work()
    broken = false
    return result
  }

  return {
    get offset() {
      return offset
    },
    async write(bytes) {
      if (offset + bytes.length > length) throw new ServerError('upload.length', 'more came than was announced')
      await once(async () => {
        commitment.update(bytes)
        await feed(bytes)
        await flush()
        offset += bytes.length
      })
    },
    async finish() {
      if (offset !== length) throw new ServerError('upload.length', 'not all of the file has come')
      return once(async () => {
        for (let left = size - index * payloadChunkBytes - filled; left > 0; left -= zeros.length) {
          await feed(zeros.subarray(0, left))
        }
        sealNext()
        await flush()
        await storing(() => file.sync())
        return { ...tally.end(), commitment: commitment.digest('hex'), size }
      })
    },
  }
}

/** Index of the last chunk that so many sealed bytes make. */
export function lastIndexOf(size: number): number {
  return Math.ceil(size / payloadChunkBytes) - 1
}
