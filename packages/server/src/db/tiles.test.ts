import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { onEachDialect } from '../../test-support/dialects.ts'
import { addSampleLogs, refusalOf } from '../../test-support/stored-rows.ts'
import { openTree, putTiles, readTile, readTiles } from './tiles.ts'
import type { Tile } from './tiles.ts'

/** The tile of this width; its hashes do not depend on the width, as hashes in a tile never change. */
function sampleTile(level: number, position: number, width: number): Tile {
  const hashes = Uint8Array.from({ length: 32 * width }, (_, i) => (level * 31 + position * 7 + i) % 256)
  return { log: 1, level, position, width, hashes }
}

onEachDialect((dialect) => {
  it('keeps the widest version of a tile, in whatever order they come', async () => {
    const database = await dialect.open()
    await addSampleLogs(database, 1)
    let position = 0
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 256 }), { minLength: 1, maxLength: 8 }), async (widths) => {
        const place = { log: 1, level: 0, position: position++ }
        for (const width of widths) await database.writer.commit(putTiles([sampleTile(0, place.position, width)]))
        expect(await readTile(database.reader, place)).toEqual(sampleTile(0, place.position, Math.max(...widths)))
      }),
      { numRuns: 20 },
    )
    expect(await readTile(database.reader, { log: 1, level: 1, position: 0 })).toBeUndefined()
  })

  it('reads several at once and leaves out those that are not there', async () => {
    const database = await dialect.open()
    await addSampleLogs(database, 2)
    const tiles = [sampleTile(0, 0, 256), sampleTile(0, 1, 3), sampleTile(1, 0, 1)]
    await database.writer.commit(putTiles([...tiles, { ...sampleTile(0, 0, 9), log: 2 }]))
    const found = await readTiles(database.reader, 1, [...tiles, { level: 2, position: 0 }])
    expect(found.sort((a, b) => a.level - b.level || a.position - b.position)).toEqual(tiles)
    expect(await readTiles(database.reader, 1, [])).toEqual([])
  })

  it.each([
    ['a width of 0', { width: 0, hashes: new Uint8Array() }],
    ['a width of 257', { width: 257, hashes: new Uint8Array(257 * 32) }],
    ['hashes of another length', { width: 2, hashes: new Uint8Array(63) }],
    ['a level beyond the tree', { level: 7 }],
  ])('refuses %s', async (_, change) => {
    const database = await dialect.openShared()
    const tile = { ...sampleTile(0, 0, 2), ...change }
    expect(await refusalOf(() => database.writer.commit(putTiles([tile])))).toBe('db.constraint')
  })

  it('hands a prover the first hashes of a tile, and none of a tile that is not there', async () => {
    const database = await dialect.open()
    await addSampleLogs(database, 1)
    const whole = sampleTile(0, 0, 256)
    const edge = sampleTile(1, 0, 5)
    await database.writer.commit(putTiles([whole, edge]))
    const tree = openTree(database.reader, 1)
    const read = await Promise.all([
      tree.readTile(0, 0, 256),
      tree.readTile(0, 0, 3),
      tree.readTile(1, 0, 5),
      tree.readTile(0, 9, 1),
    ])
    expect(read).toEqual([whole.hashes, whole.hashes.subarray(0, 96), edge.hashes, new Uint8Array()])
    expect(await tree.readTile(1, 0, 1)).toEqual(edge.hashes.subarray(0, 32))
  })
})
