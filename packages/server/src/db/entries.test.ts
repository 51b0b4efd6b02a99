import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { onEachDialect } from '../../test-support/dialects.ts'
import { addSampleLogs, digestOf, refusalOf, sampleEntry, sampleLog } from '../../test-support/stored-rows.ts'
import {
  entriesPerReadMax,
  findEntries,
  findFirstPositions,
  findFirstWaiting,
  insertEntries,
  listCommittedDigests,
  listEntries,
  listEntriesOfBody,
  listEntriesOfSubject,
  listWaitingEntries,
  readEntries,
  readEntryBytes,
  settleVerdict,
} from './entries.ts'
import type { Place, StoredEntry } from './entries.ts'

const channel = 'c'.repeat(32)

onEachDialect((dialect) => {
  it('reads what was inserted, in order, for any number of rows', async () => {
    const database = await dialect.open()
    await addSampleLogs(database, 1)
    let size = 0
    for (const count of [1, 2, 3, 63, 64, 65, 127, 300]) {
      const entries = Array.from({ length: count }, (_, i) => sampleEntry(1, size + i))
      await database.writer.commit(insertEntries(entries))
      expect(await readEntries(database.reader, { log: 1, start: size, end: size + count + 10 })).toEqual(entries)
      size += count
    }
    expect(insertEntries([])).toEqual([])
    const bytes = await readEntryBytes(database.reader, { log: 1, start: 10, end: 12 })
    expect(bytes).toEqual([sampleEntry(1, 10).bytes, sampleEntry(1, 11).bytes])
  })

  it.each([
    [0, 0],
    [5, 5],
    [5, 4],
    [0, entriesPerReadMax + 1],
    [0.5, 1],
  ])('refuses to read from %d to %d', async (start, end) => {
    const database = await dialect.openShared()
    expect(await refusalOf(() => readEntries(database.reader, { log: 1, start, end }))).toBe('db.limit')
    expect(await refusalOf(() => readEntryBytes(database.reader, { log: 1, start, end }))).toBe('db.limit')
  })

  it('keeps what is no entry, and an entry that was appended twice', async () => {
    const database = await dialect.open()
    await addSampleLogs(database, 2)
    const garbage = sampleEntry(1, 0, {
      digest: null,
      type: null,
      subject: null,
      at: null,
      verdict: 'invalid',
      code: 'entry.malformed',
      bytes: new Uint8Array(16_384).fill(255),
    })
    const { digest } = sampleEntry(1, 1)
    const replay = sampleEntry(1, 2, { digest, verdict: 'invalid', code: 'entry.replayed' })
    const elsewhere = sampleEntry(2, 0, { digest })
    await database.writer.commit(insertEntries([garbage, sampleEntry(1, 1), replay, elsewhere]))
    expect(await readEntries(database.reader, { log: 1, start: 0, end: 1 })).toEqual([garbage])
    expect(await findEntries(database.reader, channel, digest!)).toEqual([sampleEntry(1, 1), replay, elsewhere])
    expect(await findEntries(database.reader, channel, digestOf('other'))).toEqual([])
  })

  it('finds nothing of another channel', async () => {
    const database = await dialect.open()
    const other = 'd'.repeat(32)
    await database.writer.commit([...sampleLog(1), ...sampleLog(2, other)])
    const [ours, theirs] = [sampleEntry(1, 0), sampleEntry(2, 0, { subject: sampleEntry(1, 0).subject })]
    await database.writer.commit(insertEntries([ours, theirs]))
    expect(await findEntries(database.reader, channel, theirs.digest!)).toEqual([])
    expect(await findEntries(database.reader, other, theirs.digest!)).toEqual([theirs])
    const { subject } = ours
    expect(await listEntriesOfSubject(database.reader, { channel, subject: subject!, limit: 10 })).toEqual([ours])
    expect(await listEntriesOfSubject(database.reader, { channel: 'none', subject: subject!, limit: 10 })).toEqual([])
  })

  it('pages through a log from its newest entry, each entry once, by type and verdict', async () => {
    const database = await dialect.open()
    await addSampleLogs(database, 2)
    const entries = Array.from({ length: 40 }, (_, i) =>
      sampleEntry(1, i, {
        type: i % 3 === 0 ? 'request.closed' : 'request.opened',
        verdict: i % 2 === 0 ? 'valid' : 'invalid',
      }),
    )
    await database.writer.commit(insertEntries([...entries, sampleEntry(2, 0)]))
    const filters = fc.record(
      {
        type: fc.constantFrom('request.closed', 'request.opened', 'none'),
        verdict: fc.constantFrom('valid' as const, 'invalid' as const),
      },
      { requiredKeys: [] },
    )
    await fc.assert(
      fc.asyncProperty(filters, fc.integer({ min: 1, max: 50 }), async (filter, limit) => {
        const seen: StoredEntry[] = []
        for (;;) {
          const before = seen.at(-1)?.position
          const page = await listEntries(database.reader, {
            log: 1,
            ...filter,
            ...(before === undefined ? {} : { before }),
            limit,
          })
          seen.push(...page)
          if (page.length < limit) break
        }
        const wanted = entries.filter(
          (entry) => entry.type === (filter.type ?? entry.type) && entry.verdict === (filter.verdict ?? entry.verdict),
        )
        expect(seen).toEqual(wanted.reverse())
      }),
      { numRuns: 25 },
    )
  })

  it('pages through the entries of a subject over all logs of its channel', async () => {
    const database = await dialect.open()
    await addSampleLogs(database, 3)
    const subject = 'ab'.repeat(32)
    const entries = [1, 2, 3].flatMap((log) => Array.from({ length: 11 }, (_, i) => sampleEntry(log, i, { subject })))
    await database.writer.commit(insertEntries(entries))
    for (const limit of [1, 4, 11, 33, 200]) {
      const seen: StoredEntry[] = []
      let after: Place | undefined
      for (;;) {
        const page = await listEntriesOfSubject(database.reader, {
          channel,
          subject,
          ...(after === undefined ? {} : { after }),
          limit,
        })
        seen.push(...page)
        if (page.length < limit) break
        after = page.at(-1)!
      }
      expect(seen).toEqual(entries)
    }
  })

  it.each([0, 201, 1.5, Number.NaN])('refuses a page of %d', async (limit) => {
    const database = await dialect.openShared()
    expect(await refusalOf(() => listEntries(database.reader, { log: 1, limit }))).toBe('db.limit')
    expect(await refusalOf(() => listWaitingEntries(database.reader, { limit }))).toBe('db.limit')
    expect(await refusalOf(() => listEntriesOfSubject(database.reader, { channel, subject: 'x', limit }))).toBe(
      'db.limit',
    )
  })

  describe('a verdict', () => {
    it.each([
      ['waiting', 'valid', 'accepted'],
      ['waiting', 'unknown', 'accepted'],
      ['unknown', 'invalid', 'accepted'],
      ['valid', 'invalid', 'db.conflict'],
      ['invalid', 'valid', 'db.conflict'],
    ] as const)('that is %s can become %s: %s', async (from, to, outcome) => {
      const database = await dialect.open()
      await addSampleLogs(database, 1)
      await database.writer.commit(insertEntries([sampleEntry(1, 0, { verdict: from })]))
      const settled = settleVerdict({ log: 1, position: 0, verdict: to, code: to === 'invalid' ? 'seen.root' : null })
      expect(await refusalOf(() => database.writer.commit([settled]))).toBe(outcome)
      const [entry] = await readEntries(database.reader, { log: 1, start: 0, end: 1 })
      expect(entry!.verdict).toBe(outcome === 'accepted' ? to : from)
    })

    it('that is waiting is listed by log and position until it is settled', async () => {
      const database = await dialect.open()
      await addSampleLogs(database, 2)
      const waiting = [sampleEntry(1, 1), sampleEntry(1, 2), sampleEntry(2, 0)].map((entry): StoredEntry => ({
        ...entry,
        verdict: 'waiting',
      }))
      await database.writer.commit(insertEntries([sampleEntry(1, 0), ...waiting, sampleEntry(2, 1)]))
      expect(await listWaitingEntries(database.reader, { limit: 10 })).toEqual(waiting)
      expect(await listWaitingEntries(database.reader, { after: waiting[0]!, limit: 1 })).toEqual([waiting[1]])
      expect(await listWaitingEntries(database.reader, { after: waiting[1]!, limit: 10 })).toEqual([waiting[2]])
      await database.writer.commit([settleVerdict({ ...waiting[1]!, verdict: 'valid' })])
      expect(await listWaitingEntries(database.reader, { limit: 10 })).toEqual([waiting[0], waiting[2]])
    })
  })

  it('knows what an entry of a log has already: digests, bodies, and the first that waits', async () => {
    const database = await dialect.open()
    await addSampleLogs(database, 2)
    expect(await findFirstWaiting(database.reader, 1)).toBeUndefined()
    const bodyCiphertext = digestOf('body')
    const entries = Array.from({ length: 450 }, (_, i) => sampleEntry(1, i, { verdict: i < 440 ? 'valid' : 'waiting' }))
    await database.writer.commit(insertEntries([...entries, sampleEntry(2, 0, { bodyCiphertext })]))
    expect(await findFirstWaiting(database.reader, 1)).toBe(440)
    expect(await findFirstWaiting(database.reader, 2)).toBeUndefined()
    const known = entries.map(({ digest }) => digest!)
    const found = await findFirstPositions(database.reader, 1, [...known, digestOf('other')])
    const positions = new Map(found.map(({ digest, position }) => [digest.toHex(), position]))
    expect(positions).toEqual(new Map(known.map((digest, i) => [digest.toHex(), i])))
    expect(await findFirstPositions(database.reader, 2, known)).toEqual([])
    const asked = [bodyCiphertext.toHex(), digestOf('other').toHex()]
    expect(await listCommittedDigests(database.reader, 2, asked)).toEqual([bodyCiphertext.toHex()])
    expect(await listCommittedDigests(database.reader, 1, asked)).toEqual([])
    expect(await listCommittedDigests(database.reader, 1, [])).toEqual([])
  })

  it('knows which entries commit to a body', async () => {
    const database = await dialect.open()
    await addSampleLogs(database, 2)
    const bodyCiphertext = digestOf('body')
    const entries = [sampleEntry(1, 0), sampleEntry(1, 1, { bodyCiphertext }), sampleEntry(2, 0, { bodyCiphertext })]
    await database.writer.commit(insertEntries(entries))
    const places = [
      { log: 1, position: 1 },
      { log: 2, position: 0 },
    ]
    expect(await listEntriesOfBody(database.reader, bodyCiphertext)).toEqual(places)
    expect(await listEntriesOfBody(database.reader, digestOf('other'))).toEqual([])
  })
})
