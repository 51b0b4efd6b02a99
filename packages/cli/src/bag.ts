// Writes a bag (RFC 8493, BagIt 1.0) into a folder: the payload and what belongs to it, each with two digests.

import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { formatBagTexts, formatTagManifests } from '@parley/record'
import type { BagFile, BagText } from '@parley/record'

/** A file of the payload: its name inside `data/` and its bytes. */
export interface Payload {
  readonly name: string
  readonly content: ReadableStream<Uint8Array>
}

/** `info` are the lines of bag-info.txt beside the ones that are computed; `tags` further files beside it. */
export async function writeBag(
  folder: string,
  payload: Payload,
  info: Readonly<Record<string, string>>,
  tags: readonly BagText[],
): Promise<{ readonly bytes: number }> {
  await mkdir(join(folder, 'data'), { recursive: true })
  const file = await writePayload(folder, `data/${payload.name}`, payload.content)
  const texts = [...formatBagTexts(info, file), ...tags]
  for (const [path, text] of [...texts, ...formatTagManifests(texts.map(describeText))]) {
    await writeFile(join(folder, path), text, { flag: 'wx' })
  }
  return { bytes: file.bytes }
}

function describeText([path, text]: BagText): BagFile {
  const digestBy = (algorithm: string): string => createHash(algorithm).update(text).digest('hex')
  return {
    path,
    bytes: Buffer.byteLength(text),
    digests: { sha256: digestBy('sha256'), sha512: digestBy('sha512') },
  }
}

async function writePayload(folder: string, path: string, content: ReadableStream<Uint8Array>): Promise<BagFile> {
  const [sha256, sha512] = [createHash('sha256'), createHash('sha512')]
  let bytes = 0
  const counted = content.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        sha256.update(piece)
        sha512.update(piece)
        bytes += piece.length
        controller.enqueue(piece)
      },
    }),
  )
  await counted.pipeTo(Writable.toWeb(createWriteStream(join(folder, path), { flags: 'wx' })))
  return { path, bytes, digests: { sha256: sha256.digest('hex'), sha512: sha512.digest('hex') } }
}
