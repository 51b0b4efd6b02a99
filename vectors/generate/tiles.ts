// Vectors of tiles: their paths, which there are, what they hold, and entry bundles.

import { formatEntryBundle } from '../../packages/record/src/entry-bundle.ts'
import { leafHash } from '../../packages/record/src/merkle.ts'
import { nodeCrypto } from '../../packages/record/src/node/crypto.ts'
import { formatTilePath, type TileAddress } from '../../packages/record/src/tile-path.ts'
import { emptyTileEdge, growTiles, listTiles } from '../../packages/record/src/tiles.ts'

const addresses: TileAddress[] = [
  { level: 0, index: 0, width: 256 },
  { level: 0, index: 0, width: 1 },
  { level: 0, index: 999, width: 255 },
  { level: 0, index: 1000, width: 256 },
  { level: 1, index: 1_234_067, width: 89 },
  { level: 63, index: 2 ** 53 - 1, width: 256 },
  { level: 'entries', index: 0, width: 256 },
  { level: 'entries', index: 123_456_789, width: 41 },
]

const malformedPaths = [
  '',
  '/tile/0/000',
  'tile/0/000/',
  'tile/00/000',
  'tile/64/000',
  'tile/-1/000',
  'tile/entry/000',
  'tile/0/00',
  'tile/0/0000',
  'tile/0/x000/000',
  'tile/0/001/002',
  'tile/0/x001',
  'tile/0/X001/002',
  'tile/0/x001/-02',
  'tile/0/000.p/',
  'tile/0/000.p/0',
  'tile/0/000.p/01',
  'tile/0/000.p/256',
  'tile/0/000.p/abc',
  'tile/0/x009/x007/x199/x254/x740/992',
]

function leaves(from: number, to: number): Uint8Array {
  const hashes = new Uint8Array((to - from) * 32)
  for (let i = from; i < to; i++) {
    const entry = new Uint8Array(4)
    new DataView(entry.buffer).setUint32(0, i)
    hashes.set(leafHash(nodeCrypto, entry), (i - from) * 32)
  }
  return hashes
}

/** A log that grows through all the places where something can go wrong: the tiles that each step makes or changes. */
function growth(): object[] {
  const steps: object[] = []
  let edge = emptyTileEdge
  for (const size of [1, 2, 255, 256, 257, 1000, 65_280, 65_535, 65_536, 65_537, 66_049]) {
    const oldSize = edge.size
    const grown = growTiles(nodeCrypto, edge, leaves(oldSize, size))
    ;({ edge } = grown)
    // Of a step that fills many tiles the first and last few say as much as all.
    const tiles = grown.tiles.length > 8 ? [...grown.tiles.slice(0, 2), ...grown.tiles.slice(-4)] : grown.tiles
    const shown = tiles.map(({ hashes, ...address }) => ({
      path: formatTilePath(address),
      sha256: nodeCrypto.sha256(hashes).toHex(),
    }))
    steps.push({ oldSize, size, count: grown.tiles.length, tiles: shown })
  }
  return steps
}

export function tileVectors(): object {
  const entries = [Uint8Array.of(1, 2, 3), new Uint8Array(0), new Uint8Array(258).fill(4)]
  return {
    about:
      'Tiles of c2sp.org/tlog-tiles. In `growth` entry i is its index as four bytes, the most significant first; of steps ' +
      'that change more than eight tiles the first two and the last four are shown. Bytes are hexadecimal.',
    paths: {
      valid: addresses.map((address) => ({ path: formatTilePath(address), ...address })),
      invalid: malformedPaths.map((path) => ({ path, code: 'tile.path' })),
    },
    shapes: [0, 1, 255, 256, 257, 512, 1023].map((size) => ({
      size,
      tiles: Array.from(listTiles(size), formatTilePath),
    })),
    growth: growth(),
    bundles: {
      valid: [
        { entries: entries.map((entry) => entry.toHex()), bundle: formatEntryBundle(entries).toHex() },
        { entries: [''], bundle: '0000' },
      ],
      invalid: [
        { name: 'half a length', count: 1, bundle: '00' },
        { name: 'an entry cut off', count: 1, bundle: '000201' },
        { name: 'an entry too few', count: 2, bundle: '000101' },
        { name: 'an entry too many', count: 1, bundle: '0001010000' },
        { name: 'a byte after the last', count: 1, bundle: '00010100' },
        { name: 'no entry', count: 0, bundle: '' },
        { name: '257 entries', count: 257, bundle: '0000'.repeat(257) },
      ].map((bundle) => ({ ...bundle, code: 'tile.malformed' })),
    },
  }
}
