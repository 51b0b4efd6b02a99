import { expect, it } from 'vitest'
import { onEachDialect } from '../../test-support/dialects.ts'
import { addSampleLogs, digestOf, refusalOf, sampleLog } from '../../test-support/stored-rows.ts'
import { freezeLog, growLog, listLogs, putHead } from './logs.ts'

const root = digestOf('root')
const frontier = new Uint8Array([1, 2])

function growth(from: number, size: number) {
  return growLog({ id: 1, from, size, root, frontier, effectiveSeen: '[1]' })
}

onEachDialect((dialect) => {
  it('lists logs by id, as they were added', async () => {
    const database = await dialect.open()
    await addSampleLogs(database, 2)
    const logs = await listLogs(database.reader)
    expect(logs).toEqual([
      {
        id: 1,
        origin: `party1.parley.example/c/${'c'.repeat(32)}`,
        party: 'party1',
        channel: 'c'.repeat(32),
        own: true,
        size: 0,
        root: digestOf(''),
        frontier: new Uint8Array(),
        head: undefined,
        frozen: undefined,
        effectiveSeen: '[]',
      },
      expect.objectContaining({ id: 2, own: false }),
    ])
    expect(await refusalOf(() => database.writer.commit(sampleLog(2)))).toBe('db.conflict')
  })

  it('grows from the size it has and from no other', async () => {
    const database = await dialect.open()
    await addSampleLogs(database, 1)
    expect(await refusalOf(() => database.writer.commit([growth(1, 5)]))).toBe('db.conflict')
    await database.writer.commit([growth(0, 5)])
    expect(await refusalOf(() => database.writer.commit([growth(0, 6)]))).toBe('db.conflict')
    const [log] = await listLogs(database.reader)
    expect(log).toMatchObject({ size: 5, root, frontier, effectiveSeen: '[1]' })
  })

  it('lets one of two growths from the same size win', async () => {
    const database = await dialect.open()
    await addSampleLogs(database, 1)
    const outcomes = await Promise.all(
      [1, 2, 3].map((size) => refusalOf(() => database.writer.commit([growth(0, size)]))),
    )
    expect(outcomes).toEqual(['accepted', 'db.conflict', 'db.conflict'])
  })

  it('has a head that never shrinks', async () => {
    const database = await dialect.open()
    await addSampleLogs(database, 1)
    const head = { size: 5, root, note: new Uint8Array([1]) }
    await database.writer.commit([putHead(1, head)])
    expect(await refusalOf(() => database.writer.commit([putHead(1, { ...head, size: 4 })]))).toBe('db.conflict')
    const resigned = { ...head, note: new Uint8Array([2]) }
    await database.writer.commit([putHead(1, resigned)])
    expect((await listLogs(database.reader))[0]!.head).toEqual(resigned)
  })

  it('does not grow once it is frozen, and keeps the first proof', async () => {
    const database = await dialect.open()
    await addSampleLogs(database, 1)
    await database.writer.commit([freezeLog(1, new Uint8Array([1]))])
    await database.writer.commit([freezeLog(1, new Uint8Array([2]))])
    expect(await refusalOf(() => database.writer.commit([growth(0, 1)]))).toBe('db.conflict')
    expect((await listLogs(database.reader))[0]).toMatchObject({ size: 0, frozen: new Uint8Array([1]) })
  })
})
