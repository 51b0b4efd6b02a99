import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cryptos } from '../test-support/cryptos.ts'
import { leafHash } from './merkle.ts'
import { MemoryTree } from './memory-tree.ts'
import { pieceBytes, pieceHash, pieceRoot } from './piece-root.ts'
import { rootAt } from './prove.ts'

describe.each(cryptos)('over %s', (_name, crypto) => {
  const hashesOf = (file: Uint8Array, length: number): Uint8Array[] =>
    Array.from({ length: Math.ceil(file.length / length) }, (_, at) =>
      pieceHash(crypto, file.subarray(at * length, (at + 1) * length)),
    )

  test('[EP3] the root of the pieces is that of a log whose entries they are, at every count', async () => {
    const tree = new MemoryTree(crypto)
    const hashes: Uint8Array[] = []
    for (let count = 0; count <= 70; count++) {
      expect(pieceRoot(crypto, hashes), `${count} pieces`).toEqual(await rootAt(crypto, tree, count))
      const piece = Uint8Array.of(count, 7)
      tree.append(leafHash(crypto, piece))
      hashes.push(pieceHash(crypto, piece))
    }
  })

  test('[EP3] a piece is 1 MiB of the sealed file, and the last one what is left', () => {
    expect(pieceBytes).toBe(1024 * 1024)
    const file = Uint8Array.from({ length: pieceBytes + 1 }, (_, at) => at)
    const root = pieceRoot(crypto, [
      crypto.sha256(Buffer.concat([Uint8Array.of(0), file.subarray(0, pieceBytes)])),
      crypto.sha256(Uint8Array.of(0, file[pieceBytes]!)),
    ])
    expect(pieceRoot(crypto, hashesOf(file, pieceBytes))).toEqual(root)
  })

  test('[EP4] pieces changed, left out, added, swapped or cut elsewhere have another root', () => {
    const file = fc.uint8Array({ minLength: 2, maxLength: 60 })
    fc.assert(
      fc.property(file, fc.integer({ min: 1, max: 8 }), fc.nat(), (bytes, length, at) => {
        const hashes = hashesOf(bytes, length)
        const root = pieceRoot(crypto, hashes).toHex()
        const place = at % hashes.length
        const next = (place + 1) % hashes.length
        const changed = bytes.slice()
        changed[at % bytes.length]! ^= 1
        const others = new Map([
          ['changed', hashesOf(changed, length)],
          ['left out', hashes.toSpliced(place, 1)],
          ['added', hashes.toSpliced(place, 0, hashes[place]!)],
        ])
        if (hashes[place]!.toHex() !== hashes[next]!.toHex()) {
          others.set('swapped', hashes.with(place, hashes[next]!).with(next, hashes[place]!))
        }
        if (hashes.length > 1) others.set('cut elsewhere', hashesOf(bytes, length + 1))
        for (const [fault, other] of others) expect(pieceRoot(crypto, other).toHex(), fault).not.toBe(root)
      }),
      { numRuns: 50 },
    )
  })
})
