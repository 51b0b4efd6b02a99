import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { onEachDialect } from '../../test-support/dialects.ts'
import { addSampleLogs, digestOf, refusalOf } from '../../test-support/stored-rows.ts'
import { eraseBody, holdBodies, listMissingBodies, missBodies, readBodies, readBody } from './bodies.ts'

const bytes = new TextEncoder().encode('sealed '.repeat(3000))

function place(position: number) {
  return { digest: digestOf(`body ${position}`), log: 1, position }
}

onEachDialect((dialect) => {
  it('is missing until it arrives, then held', async () => {
    const database = await dialect.open()
    await addSampleLogs(database, 1)
    await database.writer.commit(missBodies([place(0), place(1), place(2)]))
    expect(await listMissingBodies(database.reader, { log: 1, limit: 10 })).toEqual([place(0), place(1), place(2)])
    expect(await listMissingBodies(database.reader, { log: 1, start: 1, limit: 1 })).toEqual([place(1)])
    await database.writer.commit(holdBodies([{ ...place(1), bytes }]))
    expect(await readBody(database.reader, place(1).digest)).toEqual({
      ...place(1),
      state: 'held',
      bytes,
      ground: null,
    })
    expect(await listMissingBodies(database.reader, { log: 1, limit: 10 })).toEqual([place(0), place(2)])
    // To be told that it is missing does not take it away.
    await database.writer.commit(missBodies([place(1)]))
    expect((await readBody(database.reader, place(1).digest))?.state).toBe('held')
    expect(await readBody(database.reader, digestOf('other'))).toBeUndefined()
  })

  it('reads those that are known, by digest', async () => {
    const database = await dialect.open()
    await addSampleLogs(database, 1)
    await database.writer.commit([...holdBodies([{ ...place(0), bytes }]), ...missBodies([place(1)])])
    const found = await readBodies(database.reader, [place(0).digest, place(1).digest, digestOf('other')])
    expect(new Map(found.map(({ position, state }) => [position, state]))).toEqual(
      new Map([
        [0, 'held'],
        [1, 'missing'],
      ]),
    )
    expect(await readBodies(database.reader, [])).toEqual([])
    expect(
      await refusalOf(() =>
        readBodies(
          database.reader,
          Array.from({ length: 201 }, () => bytes),
        ),
      ),
    ).toBe('db.limit')
  })

  it('once erased does not come back, and is not erased twice', async () => {
    const database = await dialect.open()
    await addSampleLogs(database, 1)
    const held = { ...place(0), bytes }
    await database.writer.commit([...holdBodies([held]), ...missBodies([place(1)])])
    await database.writer.commit([eraseBody(held.digest, 'retention'), eraseBody(place(1).digest, 'order')])
    const erased = { ...place(0), state: 'erased', bytes: null, ground: 'retention' }
    expect(await readBody(database.reader, held.digest)).toEqual(erased)
    await database.writer.commit([...holdBodies([held]), ...missBodies([place(0)])])
    expect(await readBody(database.reader, held.digest)).toEqual(erased)
    await database.writer.commit([eraseBody(held.digest, 'again'), eraseBody(digestOf('other'), 'unknown')])
    expect(await readBody(database.reader, held.digest)).toEqual(erased)
    expect(await readBody(database.reader, digestOf('other'))).toBeUndefined()
    expect(await listMissingBodies(database.reader, { log: 1, limit: 10 })).toEqual([])
  })

  it('can be purged while others read', async () => {
    const database = await dialect.open()
    await addSampleLogs(database, 1)
    await database.writer.commit(holdBodies([{ ...place(0), bytes }]))
    await database.writer.commit([eraseBody(place(0).digest, 'retention')])
    await Promise.all([database.purge(), readBody(database.reader, place(0).digest)])
  })

  if (dialect.name === 'sqlite') {
    it('is gone from the files after a purge', async () => {
      const url = await dialect.createUrl()
      const path = url.slice('sqlite:'.length)
      const database = await dialect.open(url)
      await addSampleLogs(database, 1)
      await database.writer.commit(holdBodies([{ ...place(0), bytes }]))
      const holdsIt = async (file: string) => (await readFile(file)).includes('sealed sealed')
      expect((await holdsIt(path)) || (await holdsIt(`${path}-wal`))).toBe(true)
      await database.writer.commit([eraseBody(place(0).digest, 'retention')])
      await database.purge()
      expect([await holdsIt(path), await holdsIt(`${path}-wal`)]).toEqual([false, false])
    })
  }
})
