import { expect, it } from 'vitest'
import { onEachDialect } from '../../test-support/dialects.ts'
import { addSampleLogs, digestOf } from '../../test-support/stored-rows.ts'
import { growLog } from './logs.ts'
import { listDeliveries, listDueDeliveries, putDeliveries } from './outbox.ts'
import type { Delivery } from './outbox.ts'

function sampleDelivery(peer: string, log: number, change: Partial<Delivery> = {}): Delivery {
  return { peer, log, have: 0, receipted: 0, attempts: 0, nextAttempt: 0, lastError: null, ...change }
}

onEachDialect((dialect) => {
  it('puts and replaces deliveries', async () => {
    const database = await dialect.open()
    await addSampleLogs(database, 2)
    await database.writer.commit(
      putDeliveries([sampleDelivery('cn', 1), sampleDelivery('cn', 2), sampleDelivery('fr', 1)]),
    )
    const failed = sampleDelivery('cn', 2, {
      have: 3,
      receipted: 2,
      attempts: 4,
      nextAttempt: 99,
      lastError: 'peer.unreachable',
    })
    await database.writer.commit(putDeliveries([failed]))
    expect(await listDeliveries(database.reader, 'cn')).toEqual([sampleDelivery('cn', 1), failed])
    expect(await listDeliveries(database.reader, 'none')).toEqual([])
  })

  it('is due when the log has grown beyond the receipt and the time has come, the longest due first', async () => {
    const database = await dialect.open()
    await addSampleLogs(database, 2)
    const grown = { id: 1, from: 0, size: 5, root: digestOf('root'), frontier: new Uint8Array(), effectiveSeen: '[]' }
    await database.writer.commit([
      growLog(grown),
      ...putDeliveries([
        sampleDelivery('done', 1, { have: 5, receipted: 5 }),
        sampleDelivery('held', 1, { have: 5, receipted: 4, nextAttempt: 20 }),
        sampleDelivery('behind', 1, { have: 2, receipted: 2, nextAttempt: 10 }),
        sampleDelivery('later', 1, { nextAttempt: 101 }),
        sampleDelivery('nothing', 2),
      ]),
    ])
    const due = await listDueDeliveries(database.reader, { now: 100, limit: 10 })
    expect(due.map(({ peer }) => peer)).toEqual(['behind', 'held'])
    expect(await listDueDeliveries(database.reader, { now: 101, limit: 200 })).toHaveLength(3)
    expect(await listDueDeliveries(database.reader, { now: 101, limit: 1 })).toHaveLength(1)
  })
})
