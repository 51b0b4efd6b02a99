import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { onEachDialect } from '../../test-support/dialects.ts'
import { addSampleLogs, digestOf } from '../../test-support/stored-rows.ts'
import { findFirstCosignature, keepCosignatures, listCosignatures, listNewestCosignatures } from './cosignatures.ts'
import type { Cosignature } from './cosignatures.ts'

function sampleCosignature(size: number, time: number, change: Partial<Cosignature> = {}): Cosignature {
  const signature = digestOf(`signature ${size} ${time}`)
  return {
    log: 1,
    cosigner: 'cn.parley.example/mirror',
    role: 'mirror',
    size,
    time,
    root: digestOf(`${size}`),
    signature,
    ...change,
  }
}

const key = { log: 1, cosigner: 'cn.parley.example/mirror', role: 'mirror' } as const

onEachDialect((dialect) => {
  it('keeps all, knows the newest of each cosigner, and takes each once', async () => {
    const database = await dialect.open()
    await addSampleLogs(database, 2)
    const witness = sampleCosignature(9, 5, { cosigner: 'cn.parley.example/witness', role: 'witness' })
    const elsewhere = sampleCosignature(50, 50, { log: 2 })
    const kept = [sampleCosignature(3, 10), sampleCosignature(3, 20), sampleCosignature(7, 30), witness, elsewhere]
    await database.writer.commit(keepCosignatures(kept))
    await database.writer.commit(keepCosignatures([...kept, sampleCosignature(5, 40)]))
    expect(await listNewestCosignatures(database.reader, 1)).toEqual([sampleCosignature(7, 30), witness])
    expect(await listCosignatures(database.reader, 1, 3)).toEqual(kept.slice(0, 2))
    expect(await listCosignatures(database.reader, 1, 4)).toEqual([])
  })

  it('finds the first over a position, whatever order they came in', async () => {
    const database = await dialect.open()
    let log = 0
    const heads = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(heads, fc.nat({ max: 30 }), async (sizes, position) => {
        const { addLog } = await import('./logs.ts')
        const names = { origin: `${++log}`, party: 'x', channel: 'c', own: false }
        await database.writer.commit(addLog({ id: log, ...names, root: digestOf(''), frontier: new Uint8Array() }))
        const kept = sizes.flatMap((size) => [
          sampleCosignature(size, size * 10, { log }),
          sampleCosignature(size, size * 10 + 5, { log }),
        ])
        await database.writer.commit(keepCosignatures(kept))
        const covering = Math.min(...sizes.filter((size) => size > position))
        const first = await findFirstCosignature(database.reader, { ...key, log, position })
        expect(first?.time).toBe(covering === Infinity ? undefined : covering * 10)
        expect((await listNewestCosignatures(database.reader, log))[0]!.time).toBe(Math.max(...sizes) * 10 + 5)
      }),
      { numRuns: 20 },
    )
  })
})
