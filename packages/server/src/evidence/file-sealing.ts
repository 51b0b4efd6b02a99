// Seals a file into another as its bytes come, with pauses of any length: prefix, file and padding as chunks of an age file,
// the hashes kept up beside it. After a crash the sealed file itself says how far it got: its whole chunks are read back with
// our archive key, so no plaintext and no key is ever on the disk.

import { createHash, randomBytes } from 'node:crypto'
import type { Hash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { evidenceCommitmentStart, evidencePrefixBytes, formatEvidencePrefix, parseEvidencePrefix } from '@parley/record'
import { pieceBytes, pieceRoot, saltBytes } from '@parley/record'
import type { Crypto } from '@parley/record'
import {
  ageHeaderBytesMax,
  createChunkSealer,
  openChunks,
  payloadChunkBytes,
  sealedChunkBytes,
} from '@parley/record/node'
import type { ChunkSealer, Identity, Recipient } from '@parley/record/node'
import { evidenceSizeClass } from '@parley/mechanism'
import { ServerError } from '../error.ts'
import { storing } from './evidence-folder.ts'

/** Sealed bytes that are gathered before they are written. */
const writtenAtOnceBytes = 1024 * 1024
const zeros = new Uint8Array(payloadChunkBytes)

/** What the entry of an item says of its file, and the hashes of its pieces. */
export interface SealedFile {
  readonly ciphertext: string
  readonly pieces: string
  readonly commitment: string
  readonly bytes: number
  readonly size: number
  readonly hashes: readonly Uint8Array[]
}

export interface FileSealing {
  /** Bytes of the file taken in so far. */
  readonly offset: number
  /** Takes the next bytes; resolves when all whole chunks of them are on the disk. @throws ServerError `evidence.storage`, `upload.length` */
  write(bytes: Uint8Array): Promise<void>
  /** Ends the file when all of it has come, and syncs it. @throws ServerError `evidence.storage`, `upload.length` */
  finish(): Promise<SealedFile>
}

interface Tally {
  readonly ciphertext: Hash
  readonly commitment: Hash
  readonly hashes: Uint8Array[]
  piece: Hash
  pieceLength: number
  /** Sealed bytes, header and all. */
  bytes: number
}

/** Begins a sealed file of `length` bytes for the recipients. */
export async function beginSealing(
  crypto: Crypto,
  file: FileHandle,
  recipients: readonly Recipient[],
  length: number,
): Promise<FileSealing> {
  const sealer = createChunkSealer(recipients)
  const salt = new Uint8Array(randomBytes(saltBytes))
  const tally = createTally()
  await storing(() => file.write(sealer.start, 0, sealer.start.length, 0))
  count(tally, sealer.start)
  tally.commitment.update(evidenceCommitmentStart(salt))
  return createSealing({ crypto, file, sealer, tally, length, index: 0, held: formatEvidencePrefix(salt, length) })
}

/**
 * Takes a sealed file up where its last whole chunk ends; what is behind that is cut off. Undefined when it does not even
 * hold a chunk: then nothing of the file is there, and it is begun anew.
 *
 * @throws RecordError `age.*`, `body.malformed` when it is not what was written here.
 */
export async function resumeSealing(
  crypto: Crypto,
  file: FileHandle,
  identities: readonly Identity[],
  length: number,
): Promise<FileSealing | undefined> {
  const size = evidenceSizeClass(evidencePrefixBytes + length)
  const { size: found } = await file.stat()
  const beginning = Buffer.alloc(Math.min(found, ageHeaderBytesMax + 16))
  await file.read(beginning, 0, beginning.length, 0)
  if (found < sealedChunkBytes) return undefined
  const opener = openChunks(beginning, identities)
  const start = opener.start.length
  // The last chunk is sealed when everything has come; one that a crash left behind is sealed again with the same bytes.
  const whole = Math.min(Math.floor((found - start) / sealedChunkBytes), lastIndexOf(size))
  if (whole === 0) return undefined
  const tally = createTally()
  count(tally, opener.start)
  const sealed = Buffer.alloc(sealedChunkBytes)
  let left = length
  for (let index = 0; index < whole; index++) {
    await file.read(sealed, 0, sealedChunkBytes, start + index * sealedChunkBytes)
    const plaintext = opener.open(index, false, sealed)
    if (index === 0) {
      const { salt } = parseEvidencePrefix(plaintext.subarray(0, evidencePrefixBytes), size)
      tally.commitment.update(evidenceCommitmentStart(salt))
    }
    const part = plaintext.subarray(index === 0 ? evidencePrefixBytes : 0).subarray(0, left)
    tally.commitment.update(part)
    left -= part.length
    count(tally, sealed)
  }
  await file.truncate(tally.bytes)
  return createSealing({ crypto, file, sealer: opener, tally, length, index: whole, held: new Uint8Array(0) })
}

function createSealing(from: {
  readonly crypto: Crypto
  readonly file: FileHandle
  readonly sealer: ChunkSealer
  readonly tally: Tally
  readonly length: number
  readonly index: number
  /** Bytes before the file that no chunk holds yet. */
  readonly held: Uint8Array
}): FileSealing {
  const { crypto, file, length, sealer, tally } = from
  const size = evidenceSizeClass(evidencePrefixBytes + length)
  const lastIndex = lastIndexOf(size)
  const chunk = new Uint8Array(payloadChunkBytes)
  chunk.set(from.held)
  let filled = from.held.length
  let index = from.index
  let offset = Math.min(length, Math.max(0, index * payloadChunkBytes - evidencePrefixBytes))
  let waiting: Uint8Array[] = []
  let waitingLength = 0
  let position = tally.bytes

  async function flush(): Promise<void> {
    if (waitingLength === 0) return
    const bytes = Buffer.concat(waiting, waitingLength)
    await storing(() => file.write(bytes, 0, bytes.length, position))
    position += bytes.length
    waiting = []
    waitingLength = 0
  }

  function sealNext(): void {
    const sealed = sealer.seal(index, index === lastIndex, chunk.subarray(0, filled))
    count(tally, sealed)
    waiting.push(sealed)
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

  return {
    get offset() {
      return offset
    },
    async write(bytes) {
      if (offset + bytes.length > length) throw new ServerError('upload.length', 'more came than was announced')
      tally.commitment.update(bytes)
      await feed(bytes)
      offset += bytes.length
      await flush()
    },
    async finish() {
      if (offset !== length) throw new ServerError('upload.length', 'not all of the file has come')
      for (let left = size - index * payloadChunkBytes - filled; left > 0; left -= zeros.length) {
        await feed(zeros.subarray(0, left))
      }
      sealNext()
      await flush()
      await storing(() => file.sync())
      if (tally.pieceLength > 0) endPiece(tally)
      return {
        ciphertext: tally.ciphertext.digest('hex'),
        pieces: pieceRoot(crypto, tally.hashes).toHex(),
        commitment: tally.commitment.digest('hex'),
        bytes: tally.bytes,
        size,
        hashes: tally.hashes,
      }
    },
  }
}

function lastIndexOf(size: number): number {
  return Math.ceil(size / payloadChunkBytes) - 1
}

function createTally(): Tally {
  return {
    ciphertext: createHash('sha256'),
    commitment: createHash('sha256'),
    hashes: [],
    piece: createPiece(),
    pieceLength: 0,
    bytes: 0,
  }
}

/** The hash of a leaf (RFC 6962 section 2.1) that is fed piece by piece. */
function createPiece(): Hash {
  return createHash('sha256').update(Uint8Array.of(0))
}

function endPiece(tally: Tally): void {
  tally.hashes.push(new Uint8Array(tally.piece.digest()))
  tally.piece = createPiece()
  tally.pieceLength = 0
}

function count(tally: Tally, sealed: Uint8Array): void {
  tally.ciphertext.update(sealed)
  tally.bytes += sealed.length
  for (let at = 0; at < sealed.length;) {
    const part = sealed.subarray(at, at + pieceBytes - tally.pieceLength)
    tally.piece.update(part)
    tally.pieceLength += part.length
    at += part.length
    if (tally.pieceLength === pieceBytes) endPiece(tally)
  }
}
