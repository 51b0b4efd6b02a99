import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { onEachDialect } from '../../test-support/dialects.ts'
import { refusalOf } from '../../test-support/stored-rows.ts'
import type { Database } from './database.ts'
import { neverDue, listStaleSubjects, listSubjects, putSubjects, readNewestChange, readSubjects } from './subjects.ts'
import type { Subject, SubjectFilter, SubjectSummary } from './subjects.ts'

function sampleSubject(number: number, change: Partial<Subject> = {}): Subject {
  return {
    channel: 'c'.repeat(32),
    id: number.toString(16).padStart(64, '0'),
    topic: 'request',
    acts: '[]',
    state: '{}',
    status: 'open',
    kind: null,
    urgency: null,
    requester: null,
    requested: null,
    openedAt: null,
    dueAt: neverDue,
    due: null,
    steps: null,
    changed: number,
    projection: 1,
    ...change,
  }
}

function summary(subject: Subject): SubjectSummary {
  const { acts, ...rest } = subject
  expect(acts).toBe('[]')
  return rest
}

/** Every page, one after the other. */
async function listAll(database: Database, filter: Omit<SubjectFilter, 'before'>): Promise<SubjectSummary[]> {
  const seen: SubjectSummary[] = []
  for (;;) {
    const before = seen.at(-1)?.changed
    const page = await listSubjects(database.reader, { ...filter, ...(before === undefined ? {} : { before }) })
    seen.push(...page)
    if (page.length < filter.limit) return seen
  }
}

const channels = ['a', 'b', 'c'].map((letter) => letter.repeat(32))

onEachDialect((dialect) => {
  it('puts new subjects and replaces known ones', async () => {
    const database = await dialect.open()
    expect(await readNewestChange(database.reader)).toBe(0)
    const many = Array.from({ length: 150 }, (_, i) => sampleSubject(i + 1))
    await database.writer.commit(putSubjects(many))
    expect(await readNewestChange(database.reader)).toBe(150)
    const changed = sampleSubject(7, {
      changed: 151,
      acts: '[1]',
      state: '{"a":1}',
      status: 'closed',
      kind: 'malware',
      urgency: 'urgent',
      requester: 'us',
      requested: 'cn',
      openedAt: 5,
      dueAt: 9,
      due: '{}',
      steps: '[]',
      projection: 2,
    })
    await database.writer.commit(putSubjects([changed, sampleSubject(200, { changed: 152 })]))
    const found = await readSubjects(database.reader, changed.channel, [changed.id, many[0]!.id, 'none'])
    expect(found).toEqual([many[0], changed])
    expect(await readSubjects(database.reader, 'other', [changed.id])).toEqual([])
    expect(await readSubjects(database.reader, changed.channel, [])).toEqual([])
    expect(await refusalOf(() => readSubjects(database.reader, 'x', Array.from({ length: 501 }, String)))).toBe(
      'db.limit',
    )
  })

  it('refuses a change number that another subject has', async () => {
    const database = await dialect.open()
    await database.writer.commit(putSubjects([sampleSubject(1)]))
    expect(await refusalOf(() => database.writer.commit(putSubjects([sampleSubject(2, { changed: 1 })])))).toBe(
      'db.conflict',
    )
  })

  it('lists exactly what the filter asks for, from the last change, in pages of any size', async () => {
    const database = await dialect.open()
    const subjects = Array.from({ length: 120 }, (_, i) =>
      sampleSubject(i + 1, {
        channel: channels[i % 3]!,
        topic: i % 2 === 0 ? 'request' : 'hotline',
        status: ['open', 'answered', 'closed'][(i >> 1) % 3]!,
        kind: i % 5 === 0 ? null : `kind${i % 4}`,
        urgency: i % 7 === 0 ? 'urgent' : 'routine',
        requester: i % 11 === 0 ? 'us' : 'cn',
        requested: i % 11 === 0 ? 'cn' : null,
        changed: (i * 37) % 121 || 1000,
      }),
    )
    await database.writer.commit(putSubjects(subjects))
    const filters = fc.record(
      {
        channels: fc.subarray([...channels, 'none'], { minLength: 0 }),
        limit: fc.integer({ min: 1, max: 200 }),
        topic: fc.constantFrom('request', 'hotline', 'none'),
        statuses: fc.subarray(['open', 'answered', 'closed'], { minLength: 0 }),
        kind: fc.constantFrom('kind1', 'kind2'),
        urgency: fc.constantFrom('urgent', 'routine'),
        requester: fc.constantFrom('us', 'cn'),
        requested: fc.constantFrom('us', 'cn'),
      },
      { requiredKeys: ['channels', 'limit'] },
    )
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const wanted = subjects
          .filter((subject) => filter.channels.includes(subject.channel))
          .filter((subject) => filter.statuses?.includes(subject.status) ?? true)
          .filter((subject) =>
            (['topic', 'kind', 'urgency', 'requester', 'requested'] as const).every(
              (column) => filter[column] === undefined || subject[column] === filter[column],
            ),
          )
          .sort((a, b) => b.changed - a.changed)
        expect(await listAll(database, filter)).toEqual(wanted.map(summary))
      }),
      { numRuns: 60 },
    )
  })

  it('shows every subject that does not change exactly once while others change between the pages', async () => {
    const database = await dialect.open()
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 7 }),
        fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 10 }),
        async (limit, changing) => {
          const channel = `${Math.random()}`
          let changed = (await readNewestChange(database.reader)) + 1
          const subjects = Array.from({ length: 30 }, (_, i) => sampleSubject(i + 1, { channel, changed: changed++ }))
          await database.writer.commit(putSubjects(subjects))
          const seen: string[] = []
          let before: number | undefined
          const pending = [...changing]
          for (;;) {
            const page = await listSubjects(database.reader, {
              channels: [channel],
              limit,
              ...(before === undefined ? {} : { before }),
            })
            seen.push(...page.map(({ id }) => id))
            if (page.length < limit) break
            before = page.at(-1)!.changed
            const next = pending.pop()
            if (next !== undefined)
              await database.writer.commit(putSubjects([sampleSubject(next, { channel, changed: changed++ })]))
          }
          const touched = new Set(changing.map((number) => sampleSubject(number).id))
          const quiet = subjects.map(({ id }) => id).filter((id) => !touched.has(id))
          expect(seen.filter((id) => !touched.has(id)).sort()).toEqual(quiet.sort())
          expect(new Set(seen).size).toBe(seen.length)
        },
      ),
      { numRuns: 15 },
    )
  })

  it.each([0, 201])('refuses a page of %d', async (limit) => {
    const database = await dialect.openShared()
    expect(await refusalOf(() => listSubjects(database.reader, { channels, limit }))).toBe('db.limit')
    expect(await refusalOf(() => listStaleSubjects(database.reader, { projection: 1, limit }))).toBe('db.limit')
  })

  it('lists what older code computed, in the order of the changes', async () => {
    const database = await dialect.open()
    const subjects = [1, 2, 3, 4].map((number) => sampleSubject(number, { projection: number % 2 }))
    await database.writer.commit(putSubjects(subjects))
    const stale = await listStaleSubjects(database.reader, { projection: 1, limit: 10 })
    expect(stale).toEqual(
      [2, 4]
        .map((number) => sampleSubject(number))
        .map(({ acts, channel, id, topic }) => ({ acts, channel, id, topic })),
    )
  })
})
