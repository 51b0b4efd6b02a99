// A file of any length as a stream, a piece at a time.

import { open } from 'node:fs/promises'
import { ServerError } from '../error.ts'
import { streamOf } from './stream-of.ts'

const readAtOnceBytes = 256 * 1024

/** @throws ServerError `evidence.missing` */
export async function streamFile(path: string): Promise<ReadableStream<Uint8Array>> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new ServerError('evidence.missing', 'the item is not here', { cause })
  })
  async function* content(): AsyncGenerator<Uint8Array, void, void> {
    try {
      for (;;) {
        const piece = new Uint8Array(readAtOnceBytes)
        const { bytesRead } = await file.read(piece, 0, piece.length)
        if (bytesRead === 0) return
        yield piece.subarray(0, bytesRead)
      }
    } finally {
      await file.close()
    }
  }
  return streamOf(content())
}
