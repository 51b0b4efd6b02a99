// Reads a sealed file once, a piece at a time, for what an entry would say of it.

import { open } from 'node:fs/promises'
import { pieceBytes } from '@parley/record'
import type { Crypto } from '@parley/record'
import { ServerError } from '../error.ts'
import { createSealedTally } from './sealed-tally.ts'
import type { SealedFacts } from './sealed-tally.ts'

/** @throws ServerError `evidence.missing` */
export async function readSealedFacts(crypto: Crypto, path: string): Promise<SealedFacts> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new ServerError('evidence.missing', 'the item is not here', { cause })
  })
  try {
    const tally = createSealedTally(crypto)
    const piece = Buffer.alloc(pieceBytes)
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, piece.length)
      if (bytesRead === 0) return tally.end()
      tally.add(piece.subarray(0, bytesRead))
    }
  } finally {
    await file.close()
  }
}
