// A log as its author has it, for tests of those who receive it: entries, tree, heads, and the pieces in which they arrive.

import { channelOrigin, formatUtf8, leafHash, MemoryTree, proveConsistency, signCheckpoint } from '../src/index.ts'
import type { Arrival, SealedBody, SignedHead } from '../src/core/index.ts'
import type { LogReader } from '../src/exchange/index.ts'
import type { Signer } from '../src/crypto.ts'
import { nodeCrypto } from '../src/node/index.ts'
import { bytesOf, signerOf } from './parties.ts'

const channel = '0123456789abcdef0123456789abcdef'

/** The origin of the channel log of a party. */
export function originOf(party: string): string {
  return channelOrigin(`${party}.parley.example`, channel)
}

/** In these tests an entry is text, and commits to the bodies that it names: `… body <digest>`. */
export function bodyOfText(entry: Uint8Array): string | undefined {
  return /body ([0-9a-f]{64})/.exec(new TextDecoder().decode(entry))?.[1]
}

/** A sealed body that follows from a label. */
export function bodyFor(label: string): SealedBody {
  const bytes = bytesOf(`body ${label}`)
  return { digest: nodeCrypto.sha256(bytes).toHex(), bytes }
}

export class WrittenLog {
  readonly origin: string
  readonly author: string
  readonly signer: Signer
  readonly entries: Uint8Array[] = []
  readonly tree = new MemoryTree(nodeCrypto)
  readonly bodies = new Map<string, SealedBody>()

  /** `count` entries to begin with. Logs with the same author and label have the same ones. */
  constructor(author: string, count = 0, label = 'entry') {
    this.author = author
    this.origin = originOf(author)
    this.signer = signerOf(`${author} log`)
    for (let i = 0; i < count; i++) this.write(`${label} ${i}`)
  }

  write(text: string, body?: SealedBody): this {
    const entry = formatUtf8(body === undefined ? text : `${text} body ${body.digest}`)
    if (body !== undefined) this.bodies.set(body.digest, body)
    this.entries.push(entry)
    this.tree.append(leafHash(nodeCrypto, entry))
    return this
  }

  /** The head at that size; the note says only which one it is. */
  head(size: number = this.entries.length): SignedHead {
    return { size, root: this.tree.root(size), note: formatUtf8(`${this.origin} ${size}`) }
  }

  /** The head at that size under the author's signature. */
  async signedHead(size: number = this.entries.length): Promise<SignedHead> {
    const head = this.head(size)
    return { ...head, note: await signCheckpoint(nodeCrypto, this.signer, { origin: this.origin, ...head }) }
  }

  /** The entries from `start` to before `end` under the head of `size`, as `party` hands them over. */
  async arrival(party: string, start: number, end: number, size: number = this.entries.length): Promise<Arrival> {
    const entries = this.entries.slice(start, end)
    const wanted = new Set(entries.map(bodyOfText))
    return {
      kind: 'arrival',
      party,
      origin: this.origin,
      start,
      entries,
      bodies: [...this.bodies.values()].filter(({ digest }) => wanted.has(digest)),
      head: this.head(size),
      proof: end === size || end === 0 ? [] : await proveConsistency(nodeCrypto, this.tree, end, size),
      ours: undefined,
    }
  }
}

/** Reads several logs as if they were on a disk, each up to the size that is held. */
export function readerOf(...held: readonly (readonly [WrittenLog, number])[]): LogReader {
  const logs = new Map(held.map(([log, size]) => [log.origin, { log, size }]))
  return {
    readSize: (origin) => Promise.resolve(logs.get(origin)?.size),
    readEntries: (origin, start, end) => Promise.resolve(logs.get(origin)!.log.entries.slice(start, end)),
    treeOf: (origin) => logs.get(origin)!.log.tree,
    readBodies(digests) {
      const bodies = [...logs.values()].flatMap(({ log }) => digests.flatMap((digest) => log.bodies.get(digest) ?? []))
      return Promise.resolve(new Map(bodies.map(({ digest, bytes }) => [digest, bytes])))
    },
  }
}
