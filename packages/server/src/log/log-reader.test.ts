import { expect, test } from 'vitest'
import { nodeCrypto } from '@parley/record/node'
import { onEachDialect } from '../../test-support/dialects.ts'
import { createShelvedLog } from '../../test-support/shelved-log.ts'
import { holdBodies, missBodies } from '../db/bodies.ts'

onEachDialect((dialect) => {
  test('[LG13] any run of entries is read as it was written', async () => {
    const { entries, grow, log, shelf } = await createShelvedLog(await dialect.openShared())
    await grow(300)
    await grow(2000)
    const ranges = [
      [0, 0],
      [0, 1],
      [0, 2300],
      [255, 257],
      [299, 301],
      [1023, 1300],
      [2299, 2300],
      // Beyond the end there is nothing more.
      [2290, 5000],
    ] as const
    for (const [start, end] of ranges) {
      expect(await shelf.reader.readEntries(log.origin, start, end)).toEqual(entries.slice(start, end))
    }
    expect(await shelf.reader.readSize(log.origin)).toBe(2300)
  })

  test('[LG5] entries that do not give the root of their log are not given out', async () => {
    const { grow, log, shelf, state } = await createShelvedLog(await dialect.openShared())
    await grow(10)
    state.replicas.get(log.origin)!.root = nodeCrypto.sha256(new Uint8Array())
    const read = shelf.reader.readEntries(log.origin, 0, 10)
    await expect(read).rejects.toMatchObject({ code: 'log.damaged', detail: log.origin })
  })

  test('[LG13] bodies are read by their digests, those that are held', async () => {
    const database = await dialect.openShared()
    const { grow, log, shelf } = await createShelvedLog(database)
    await grow(1)
    const number = shelf.numberOf(log.origin)
    const bodies = Array.from({ length: 450 }, (_, i) => {
      const bytes = new TextEncoder().encode(`body ${i} of ${log.origin}`)
      return { digest: nodeCrypto.sha256(bytes), bytes, log: number, position: 0 }
    })
    const missing = nodeCrypto.sha256(new TextEncoder().encode(`missing of ${log.origin}`))
    await database.writer.commit([
      ...holdBodies(bodies),
      ...missBodies([{ digest: missing, log: number, position: 0 }]),
    ])
    const asked = [...bodies.map(({ digest }) => digest.toHex()), missing.toHex(), 'ab'.repeat(32)]
    const found = await shelf.reader.readBodies(asked)
    expect(found.size).toBe(450)
    for (const { bytes, digest } of bodies) expect(found.get(digest.toHex())).toEqual(bytes)
  })
})
