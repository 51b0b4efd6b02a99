// Fetches the sealed file of an item from the party that handed it over, piece by piece. The hashes of the pieces are checked
// against the root that the entry commits to, each piece against its hash when it comes, the whole against its digest: a
// peer that sends anything else is found out at the first wrong byte and nothing of it is kept.

import { createHash } from 'node:crypto'
import { open, stat } from 'node:fs/promises'
import { equalBytes, pieceBytes, pieceHash, pieceRoot } from '@parley/record'
import type { Crypto } from '@parley/record'
import type { EvidenceState } from '@parley/mechanism'
import { ServerError } from '../error.ts'
import type { EvidenceFolder } from './evidence-folder.ts'
import { readSealedFacts } from './read-sealed-facts.ts'
import { storing, writeAll } from './storing.ts'

/** How the other side is asked. Both give exactly what was sent. @throws ServerError `peer.*` */
export interface ItemSource {
  hashes(bytesMax: number): Promise<Uint8Array>
  piece(index: number): Promise<Uint8Array>
}

/**
 * Resolves when the file is held, durably. What came before an interruption is kept and checked again.
 *
 * @throws ServerError `peer.*`, `evidence.damaged` for anything that is not what the entry names, `evidence.storage`.
 */
export async function fetchItem(
  crypto: Crypto,
  folder: EvidenceFolder,
  state: Pick<EvidenceState, 'bytes' | 'ciphertext' | 'pieces'>,
  source: ItemSource,
  signal: AbortSignal,
): Promise<void> {
  if ((await folder.sizeOf(state.ciphertext)) !== undefined) return
  const path = folder.arrivalPath(state.ciphertext)
  if (await keepWhole(crypto, folder, path, state)) return
  const count = Math.ceil(state.bytes / pieceBytes)
  const together = await source.hashes(count * 32)
  if (together.length !== count * 32) throw contradiction('the hashes of the pieces')
  const hashes = Array.from({ length: count }, (_, i) => together.subarray(32 * i, 32 * i + 32))
  if (pieceRoot(crypto, hashes).toHex() !== state.pieces) throw contradiction('the hashes of the pieces')

  const file = await storing(() => open(path, 'a+').then((made) => made.close())).then(() => open(path, 'r+'))
  try {
    const whole = createHash('sha256')
    const { size: found } = await file.stat()
    for (let index = 0; index < count; index++) {
      signal.throwIfAborted()
      const start = index * pieceBytes
      const length = Math.min(pieceBytes, state.bytes - start)
      const kept = found >= start + length ? await readPiece(file, start, length) : undefined
      const piece =
        kept !== undefined && equalBytes(pieceHash(crypto, kept), hashes[index]!) ? kept : await source.piece(index)
      if (piece.length !== length || !equalBytes(pieceHash(crypto, piece), hashes[index]!)) {
        throw contradiction(`piece ${index}`)
      }
      if (piece !== kept) await writeAll(file, piece, start)
      whole.update(piece)
    }
    if (whole.digest('hex') !== state.ciphertext) throw contradiction('the file')
    await storing(async () => {
      await file.truncate(state.bytes)
      await file.sync()
    })
  } finally {
    await file.close()
  }
  await folder.keep(path, state.ciphertext, hashes)
}

/** Keeps an arrival that is whole, as one that was carried by hand is: then nobody is asked for it. */
async function keepWhole(
  crypto: Crypto,
  folder: EvidenceFolder,
  path: string,
  { bytes, ciphertext, pieces }: Pick<EvidenceState, 'bytes' | 'ciphertext' | 'pieces'>,
): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  if (found?.size !== bytes) return false
  const facts = await readSealedFacts(crypto, path)
  if (facts.ciphertext !== ciphertext || facts.pieces !== pieces) return false
  await storing(async () => {
    const file = await open(path, 'r+')
    try {
      await file.sync()
    } finally {
      await file.close()
    }
  })
  await folder.keep(path, ciphertext, facts.hashes)
  return true
}

async function readPiece(
  file: { read(buffer: Uint8Array, offset: number, length: number, position: number): Promise<unknown> },
  start: number,
  length: number,
): Promise<Uint8Array> {
  const piece = new Uint8Array(length)
  await file.read(piece, 0, length, start)
  return piece
}

function contradiction(what: string): ServerError {
  return new ServerError('evidence.damaged', `${what} from the peer is not what the entry commits to`)
}
