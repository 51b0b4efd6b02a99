// A bag (RFC 8493) as one tar archive that is made while it is sent: the file first, digested as it passes, and after it what
// says the digests. How long it will be is known before its first byte.

import { createHash } from 'node:crypto'
import { formatBagTexts, formatTagManifests } from '@parley/record'
import type { BagFile, BagText } from '@parley/record'
import { formatTarHeader, tarEnd, tarPadding } from './tar.ts'

export interface BagContent {
  /** The folder that everything is in. */
  readonly folder: string
  readonly info: Readonly<Record<string, string>>
  /** `name` is a plain file name. */
  readonly payload: {
    readonly name: string
    readonly bytes: number
    readonly content: AsyncIterable<Uint8Array>
  }
  /** Files beside the manifests. */
  readonly tags: readonly BagText[]
  /** Unix seconds that the files are said to be of. */
  readonly seconds: number
}

const unknown = { sha256: '0'.repeat(64), sha512: '0'.repeat(128) }

export function archiveBag(bag: BagContent): {
  readonly length: number
  readonly content: AsyncGenerator<Uint8Array, void, void>
} {
  const { folder, payload, seconds } = bag
  const path = `data/${payload.name}`
  const header = formatTarHeader(`${folder}/${path}`, payload.bytes, seconds)
  const padding = tarPadding(payload.bytes)
  // Digests of other bytes are as long, and so is all that holds them.
  const { length } = formatTags(bag, { path, bytes: payload.bytes, digests: unknown })

  async function* content(): AsyncGenerator<Uint8Array, void, void> {
    const [sha256, sha512] = [createHash('sha256'), createHash('sha512')]
    yield header
    for await (const piece of payload.content) {
      sha256.update(piece)
      sha512.update(piece)
      yield piece
    }
    yield padding
    const digests = { sha256: sha256.digest('hex'), sha512: sha512.digest('hex') }
    yield formatTags(bag, { path, bytes: payload.bytes, digests })
  }
  return { length: header.length + payload.bytes + padding.length + length, content: content() }
}

/** Everything after the payload. */
function formatTags({ folder, info, seconds, tags }: BagContent, payload: BagFile): Uint8Array {
  const texts = [...formatBagTexts(info, payload), ...tags]
  const all = [...texts, ...formatTagManifests(texts.map(describeText))]
  const parts = all.flatMap(([path, text]) => {
    const bytes = Buffer.from(text)
    return [formatTarHeader(`${folder}/${path}`, bytes.length, seconds), bytes, tarPadding(bytes.length)]
  })
  return Buffer.concat([...parts, tarEnd])
}

function describeText([path, text]: BagText): BagFile {
  const digestBy = (algorithm: string): string => createHash(algorithm).update(text).digest('hex')
  const digests = { sha256: digestBy('sha256'), sha512: digestBy('sha512') }
  return { path, bytes: Buffer.byteLength(text), digests }
}
