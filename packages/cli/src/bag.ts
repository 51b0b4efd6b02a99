// Writes a bag (RFC 8493, BagIt 1.0): the payload and what belongs to it, each with two digests, so that an archive or a court
// can check the whole with a tool of its own.

import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Writable } from 'node:stream'

const algorithms = ['sha256', 'sha512'] as const

interface Listed {
  readonly path: string
  readonly bytes: number
  readonly digests: readonly string[]
}

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
  tags: Readonly<Record<string, string>>,
): Promise<{ readonly bytes: number }> {
  await mkdir(join(folder, 'data'), { recursive: true })
  const file = await writePayload(folder, `data/${payload.name}`, payload.content)
  const lines = { ...info, 'Payload-Oxum': `${file.bytes}.1` }
  const written: [string, string][] = [
    ['bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'],
    [
      'bag-info.txt',
      Object.entries(lines)
        .map(([label, value]) => `${label}: ${value}\n`)
        .join(''),
    ],
    ...Object.entries(tags),
    ...algorithms.map((name, i): [string, string] => [`manifest-${name}.txt`, manifestOf([file], i)]),
  ]
  for (const [path, text] of written) await writeFile(join(folder, path), text, { flag: 'wx' })
  const listed = written.map(([path, text]): Listed => {
    const digests = algorithms.map((name) => createHash(name).update(text).digest('hex'))
    return { path, bytes: Buffer.byteLength(text), digests }
  })
  for (const [i, name] of algorithms.entries()) {
    await writeFile(join(folder, `tagmanifest-${name}.txt`), manifestOf(listed, i), { flag: 'wx' })
  }
  return { bytes: file.bytes }
}

async function writePayload(folder: string, path: string, content: ReadableStream<Uint8Array>): Promise<Listed> {
  const hashes = algorithms.map((name) => createHash(name))
  let bytes = 0
  const counted = content.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        for (const hash of hashes) hash.update(piece)
        bytes += piece.length
        controller.enqueue(piece)
      },
    }),
  )
  await counted.pipeTo(Writable.toWeb(createWriteStream(join(folder, path), { flags: 'wx' })))
  return { path, bytes, digests: hashes.map((hash) => hash.digest('hex')) }
}

/** Line feeds, carriage returns and percent signs of a path are escaped (RFC 8493 section 2.1.3). */
function manifestOf(files: readonly Listed[], algorithm: number): string {
  return files
    .map(({ digests, path }) => {
      const escaped = path.replaceAll('%', '%25').replaceAll('\n', '%0A').replaceAll('\r', '%0D')
      return `${digests[algorithm]}  ${escaped}\n`
    })
    .join('')
}
