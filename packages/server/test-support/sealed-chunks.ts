// Everything that was ever seen sealed: under one key, one place has one chunk. Torn chunks count as far as they go.

import { openChunks, openFileKey, sealedChunkBytes } from '@parley/record/node'
import type { Identity } from '@parley/record/node'

export interface SealedChunks {
  /** Keys (file key and nonce of the payload) that were seen. */
  readonly keys: number
  /** Notes the chunks of a file as it is now. @throws Error when a place has other bytes under the same key than before. */
  note(file: Uint8Array): void
}

export function createSealedChunks(identity: Identity): SealedChunks {
  const seen = new Map<string, Map<number, Buffer>>()
  return {
    get keys() {
      return seen.size
    },
    note(file) {
      if (file.length < 1024) return
      const { start } = openChunks(file, [identity])
      const key = `${openFileKey(file, [identity]).toHex()} ${start.subarray(-16).toHex()}`
      const chunks = seen.get(key) ?? new Map<number, Buffer>()
      seen.set(key, chunks)
      for (let index = 0, at = start.length; at < file.length; index++, at += sealedChunkBytes) {
        const chunk = Buffer.from(file.subarray(at, at + sealedChunkBytes))
        const known = chunks.get(index) ?? Buffer.alloc(0)
        const length = Math.min(known.length, chunk.length)
        if (!known.subarray(0, length).equals(chunk.subarray(0, length))) {
          throw new Error(`chunk ${index} was sealed twice under one key`)
        }
        if (chunk.length > known.length) chunks.set(index, chunk)
      }
    },
  }
}
