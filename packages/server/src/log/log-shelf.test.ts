import { expect, test } from 'vitest'
import { frontierAt, listTiles, MemoryTree, leafHash, rootAt, tileWidth } from '@parley/record'
import { nodeCrypto } from '@parley/record/node'
import { onEachDialect } from '../../test-support/dialects.ts'
import { createShelvedLog } from '../../test-support/shelved-log.ts'
import { freezeLog, listLogs } from '../db/logs.ts'
import { readSetting } from '../db/settings.ts'
import { frozenSeenSetting } from './log-shelf.ts'

onEachDialect((dialect) => {
  test('[LG11] batches of any length give the tiles that the whole log has, after a start too', async () => {
    const database = await dialect.openShared()
    let log = await createShelvedLog(database)
    const tree = new MemoryTree(nodeCrypto)
    for (const [i, count] of [1, 1, 254, 1, 255, 2, 600].entries()) {
      await log.grow(count)
      for (const entry of log.entries.slice(tree.size)) tree.append(leafHash(nodeCrypto, entry))
      if (i % 2 === 1) log = await log.reopen()
      const { shelf } = log
      const reader = shelf.reader.treeOf(log.log.origin)
      expect(await rootAt(nodeCrypto, reader, tree.size)).toEqual(tree.root())
      for (const { index, level } of listTiles(tree.size)) {
        const width = tileWidth(tree.size, level, index)
        expect(await reader.readTile(level, index, width)).toEqual(await tree.readTile(level, index, width))
      }
    }
    const stored = (await listLogs(database.reader)).find(({ origin }) => origin === log.log.origin)!
    expect(stored).toMatchObject({ size: tree.size, head: { size: tree.size } })
    expect((await frontierAt(nodeCrypto, log.shelf.reader.treeOf(log.log.origin), tree.size)).root()).toEqual(
      stored.root,
    )
  })

  test('[LG12] the row of a frozen log is never written again; what its entries have seen stands beside it', async () => {
    const database = await dialect.openShared()
    const { grow, log, shelf, state } = await createShelvedLog(database)
    await grow(3)
    const number = shelf.numberOf(log.origin)
    const { frontier, root } = state.replicas.get(log.origin)!
    const seen = [{ origin: 'cn.parley.example/governance', size: 2, root: '', time: 0 }]
    await database.writer.commit([...shelf.restate(log.origin, frontier, root, seen)])
    const proof = Uint8Array.of(1, 2, 3)
    await database.writer.commit([freezeLog(number, proof)])
    shelf.noteFrozen(log.origin, proof)
    expect(shelf.stored().find(({ id }) => id === number)!.frozen).toEqual(proof)
    const later = [{ ...seen[0]!, size: 5 }]
    await database.writer.commit([...shelf.restate(log.origin, frontier, root, later)])
    expect(JSON.parse((await readSetting(database.reader, frozenSeenSetting(number)))!)).toEqual(later)
    const row = (await listLogs(database.reader)).find(({ id }) => id === number)!
    expect(JSON.parse(row.effectiveSeen)).toEqual(seen)
    await expect(grow(1)).rejects.toMatchObject({ code: 'db.conflict' })
  })

  test('[LG11] a log has one number, and what is not kept here has none', async () => {
    const database = await dialect.openShared()
    const one = await createShelvedLog(database)
    const other = await createShelvedLog(database)
    const again = await one.reopen()
    expect(again.shelf.numberOf(one.log.origin)).toBe(one.shelf.numberOf(one.log.origin))
    expect(again.shelf.numberOf(other.log.origin)).not.toBe(one.shelf.numberOf(one.log.origin))
    expect(() => one.shelf.numberOf('nobody.example/governance')).toThrow(/not in the database/)
    expect(await one.shelf.reader.readSize('nobody.example/governance')).toBeUndefined()
  })
})
