import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { onEachDialect } from '../../test-support/dialects.ts'
import { addSampleLogs, digestOf, sampleEntry } from '../../test-support/stored-rows.ts'
import { parseQuestion, listWords } from '../search/words.ts'
import type { Database } from './database.ts'
import { insertEntries } from './entries.ts'
import { listRequestRows } from './request-rows.ts'
import type { RequestFilter, StoredRequestRow } from './request-rows.ts'
import { neverDue, putSubjects } from './subjects.ts'
import type { Subject } from './subjects.ts'
import { forgetTextsOfBody, listMissingTexts, putText } from './texts.ts'
import { assign, markRead, unassign, unwatch, watch } from './work-marks.ts'

const channel = 'c'.repeat(32)
const other = 'd'.repeat(32)

function request(number: number, change: Partial<Subject> = {}): Subject {
  return {
    channel,
    id: number.toString(16).padStart(64, '0'),
    topic: 'request',
    acts: '[]',
    state: '{}',
    status: 'open',
    kind: null,
    urgency: null,
    requester: 'us',
    requested: 'cn',
    openedAt: null,
    dueAt: neverDue,
    due: null,
    steps: null,
    changed: number,
    projection: 1,
    ...change,
  }
}

const everything: RequestFilter = { account: 'duty', channels: [channel] }

async function listAll(database: Database, filter: RequestFilter, limit = 3): Promise<StoredRequestRow[]> {
  const seen: StoredRequestRow[] = []
  for (;;) {
    const after = seen.at(-1)
    const page = await listRequestRows(database, filter, { limit, ...(after === undefined ? {} : { after }) })
    seen.push(...page)
    if (page.length < limit) return seen
  }
}

const changes = (rows: readonly StoredRequestRow[]): number[] => rows.map(({ changed }) => changed)

onEachDialect((dialect) => {
  it('[IN1] shows each request once, what is due first before what is due later, what is not due last', async () => {
    const database = await dialect.open()
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(5, 7, 9, neverDue), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        async (dues, limit) => {
          const rows = dues.map((dueAt, i) => request(i + 1, { dueAt }))
          await database.writer.commit(putSubjects(rows))
          const expected = rows.toSorted((a, b) => a.dueAt - b.dueAt || b.changed - a.changed)
          const found = await listAll(database, { ...everything, dueBy: neverDue }, limit)
          const shown = found.filter(({ changed }) => changed <= rows.length)
          expect(changes(shown)).toEqual(changes(expected as never))
        },
      ),
      { numRuns: 20 },
    )
  })

  it('[IN2] shows nothing of a channel that was not named', async () => {
    const database = await dialect.open()
    await database.writer.commit(putSubjects([request(1), request(2, { channel: other })]))
    expect(changes(await listAll(database, everything))).toEqual([1])
    expect(await listAll(database, { ...everything, channels: [] })).toEqual([])
    expect(changes(await listAll(database, { ...everything, channels: [channel, other] }))).toEqual([2, 1])
  })

  it('[IN3] every condition narrows, and all hold at once', async () => {
    const database = await dialect.open()
    await database.writer.commit(
      putSubjects([
        request(1, { status: 'answered', kind: 'information', urgency: 'urgent', dueAt: 10 }),
        request(2, { requester: 'cn', requested: 'us' }),
        request(3, { kind: 'information' }),
      ]),
    )
    const id = request(3).id
    await database.writer.commit([
      ...assign({ channel, subject: id, account: 'duty', assignedBy: 'head', assigned: 1 }),
      watch('duty', channel, id),
      watch('duty', channel, id),
      markRead('duty', channel, id, 3),
    ])
    const cases: readonly [Partial<RequestFilter>, readonly number[]][] = [
      [{ statuses: ['answered'] }, [1]],
      [{ statuses: ['answered', 'open'] }, [1, 3, 2]],
      [{ kinds: ['information'] }, [1, 3]],
      [{ urgencies: ['urgent'] }, [1]],
      [{ requested: 'us' }, [2]],
      [{ requester: 'us' }, [1, 3]],
      [{ assigned: 'duty' }, [3]],
      [{ assigned: null }, [1, 2]],
      [{ watched: true }, [3]],
      [{ unread: true }, [1, 2]],
      [{ dueBy: 10 }, [1]],
      [{ dueBy: 9 }, []],
      [{ kinds: ['information'], assigned: null }, [1]],
    ]
    for (const [narrow, expected] of cases) {
      expect(changes(await listAll(database, { ...everything, ...narrow })), JSON.stringify(narrow)).toEqual(expected)
    }
    const mine = await listAll(database, { ...everything, assigned: 'duty' })
    expect(mine).toMatchObject([{ assigned: 'duty', watched: true, unread: false }])
    expect(await listAll(database, { ...everything, account: 'other', watched: true })).toEqual([])

    await database.writer.commit([
      ...unassign(channel, id),
      unwatch('duty', channel, id),
      ...putSubjects([request(3, { changed: 4 })]),
    ])
    const after = await listAll(database, everything)
    expect(after.find((row) => row.id === id)).toMatchObject({ assigned: null, watched: false, unread: true })
  })

  it('[SE4] finds words of both languages, all of them, the newest first', async () => {
    const database = await dialect.open()
    const texts = ['Preserve the logs of one server', '请保全服务器日志', 'Server logs 服务器 of 192.0.2.7']
    await database.writer.commit(putSubjects(texts.map((_, i) => request(i + 1))))
    for (const [i, text] of texts.entries()) {
      const { id } = request(i + 1)
      await database.writer.commit(
        putText({ document: i + 1, channel, subject: id, title: text, missing: false }, listWords(text)),
      )
    }
    const search = async (q: string) => changes(await listAll(database, { ...everything, match: parseQuestion(q)! }, 1))
    expect(await search('logs server')).toEqual([3, 1])
    expect(await search('SERV')).toEqual([3, 1])
    expect(await search('服务器')).toEqual([3, 2])
    expect(await search('服')).toEqual([3, 2])
    expect(await search('保全日志')).toEqual([])
    expect(await search('保全')).toEqual([2])
    expect(await search('192.0.2')).toEqual([3])
    expect(await search('服务器 logs')).toEqual([3])
    expect(await search('absent')).toEqual([])
    const elsewhere = { ...everything, channels: [other], match: parseQuestion('logs')! }
    expect(await listAll(database, elsewhere)).toEqual([])
  })

  it('[SE5] an erased body is found no more from its own transaction on, and its title is gone', async () => {
    const database = await dialect.open()
    await addSampleLogs(database, 1)
    const body = digestOf('body')
    const subject = request(1)
    await database.writer.commit([
      ...putSubjects([subject]),
      ...insertEntries([sampleEntry(1, 0, { subject: subject.id, bodyCiphertext: body })]),
      ...putText({ document: 1, channel, subject: subject.id, title: 'Secret', missing: false }, listWords('secret')),
    ])
    const match = parseQuestion('secret')!
    expect(await listAll(database, { ...everything, match })).toHaveLength(1)
    await database.writer.commit(forgetTextsOfBody(body))
    expect(await listAll(database, { ...everything, match })).toEqual([])
    expect(await listAll(database, everything)).toMatchObject([{ title: null }])
    expect(await listMissingTexts(database.reader, { after: 0, limit: 5 })).toMatchObject([{ document: 1 }])
    await database.purge()
  })
})
