import { expect, it } from 'vitest'
import { onEachDialect } from '../../test-support/dialects.ts'
import { countSharing, listNaming, listSharing, putTies } from './request-ties.ts'
import type { RequestTie, TieKind } from './request-ties.ts'

const channel = 'c'.repeat(32)
const tie = (subject: string, kind: TieKind, value: string, of = channel): RequestTie => ({
  channel: of,
  subject,
  kind,
  value,
})

onEachDialect((dialect) => {
  it('[IN6] ties are found from either end, once however often they are put, and in their channel only', async () => {
    const database = await dialect.open()
    const ties = [
      tie('a', 'matter', 'm1'),
      tie('a', 'matter', 'm2'),
      tie('b', 'matter', 'm2'),
      tie('c', 'matter', 'm1'),
      tie('c', 'matter', 'm2'),
      tie('d', 'matter', 'm3'),
      tie('b', 'earlier', 'a'),
      tie('c', 'related', 'a'),
      tie('e', 'matter', 'm1', 'd'.repeat(32)),
      tie('e', 'earlier', 'a', 'd'.repeat(32)),
    ]
    await database.writer.commit(putTies(ties))
    await database.writer.commit(putTies(ties))
    expect(await listSharing(database.reader, channel, ['m1', 'm2', 'm9'])).toEqual([
      { subject: 'a', shared: 2 },
      { subject: 'c', shared: 2 },
      { subject: 'b', shared: 1 },
    ])
    expect(await listNaming(database.reader, channel, 'a')).toEqual([
      { subject: 'b', kind: 'earlier' },
      { subject: 'c', kind: 'related' },
    ])
    const counts = await countSharing(database.reader, channel, ['a', 'b', 'd'])
    expect(counts).toEqual(
      new Map([
        ['a', 2],
        ['b', 2],
      ]),
    )
    expect(await listSharing(database.reader, channel, [])).toEqual([])
    expect(await countSharing(database.reader, channel, [])).toEqual(new Map())
  })
})
