import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addFirst, addOther, machine, openTestPeople, person } from '../../test-support/people.ts'
import type { Enrolled, TestPeople } from '../../test-support/people.ts'
import { caseFilesDayMax, exportEntriesMax } from './readings.ts'

let folder = ''
let room: TestPeople
let first: Enrolled
let liaison: Enrolled

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-people-'))
  room = await openTestPeople(`sqlite:${join(folder, 'database.sqlite')}`)
  first = await addFirst(room)
  liaison = await addOther(room, first, undefined, [{ role: 'liaison', channel: null }])
})

afterEach(async () => {
  await room.database.close()
  await rm(folder, { recursive: true })
})

const hour = 60 * 60_000
const channel = 'a'.repeat(32)
const token = { account: 'operator', isMachine: true }
const reader = ({ id }: Enrolled) => ({ account: id, isMachine: false })
const notApproved = (reason: string) => expect.objectContaining({ code: 'export.not-approved', reason }) as Error
const kindsOf = async () => (await room.people.listEvents({ limit: 200 })).map(({ kind }) => kind)
const subjectOf = (n: number) => String(n).padStart(64, '0')

/** Asks for an export and has the administrator approve it. */
async function approved(): Promise<void> {
  const { waiting } = await room.people.proposeExport(liaison.id, channel)
  await room.people.approve(person(first.id), waiting!)
}

describe('[ID17] [T-17] an export in bulk', () => {
  test('takes nobody but the asker up to the bounds, and is in the security log', async () => {
    await room.readings.noteCopy(reader(liaison), channel, exportEntriesMax)
    for (let n = 0; n < caseFilesDayMax; n++) await room.readings.noteCaseFile(reader(liaison), channel, subjectOf(n))
    // The file of a case that was made today already is no more.
    await room.readings.noteCaseFile(reader(liaison), channel, subjectOf(0))
    const kinds = await kindsOf()
    expect(kinds.filter((kind) => kind === 'export.made')).toHaveLength(1)
    expect(kinds.filter((kind) => kind === 'file.made')).toHaveLength(caseFilesDayMax + 1)
  })

  test('is refused without a second person, by whoever it is wanted, and nothing says that it was made', async () => {
    const copy = (who: Parameters<TestPeople['readings']['noteCopy']>[0]) =>
      room.readings.noteCopy(who, channel, exportEntriesMax + 1)
    for (const who of [reader(liaison), reader(first), token]) {
      await expect(copy(who)).rejects.toThrow(notApproved('export.bulk'))
    }
    for (let n = 0; n < caseFilesDayMax; n++) await room.readings.noteCaseFile(reader(liaison), channel, subjectOf(n))
    await expect(room.readings.noteCaseFile(reader(liaison), channel, subjectOf(99))).rejects.toThrow(
      notApproved('export.bulk'),
    )
    // Tomorrow is another day.
    room.clock.now += 24 * hour + 1
    await room.readings.noteCaseFile(reader(liaison), channel, subjectOf(99))
    expect((await kindsOf()).filter((kind) => kind === 'export.made')).toEqual([])
  })

  test('is approved by an administrator other than whoever asked, never by the machine', async () => {
    const { waiting } = await room.people.proposeExport(liaison.id, channel)
    expect((await room.people.list()).changes).toMatchObject([{ kind: 'export', channel, proposedBy: liaison.id }])
    const refused = expect.objectContaining({ code: 'change.not-allowed' }) as Error
    await expect(room.people.approve(person(liaison.id), waiting!)).rejects.toThrow(refused)
    await expect(room.people.approve(machine, waiting!)).rejects.toThrow(refused)
    await expect(room.people.proposeExport(first.id, channel)).rejects.toThrow(refused)
  })

  test('opens when the delay is over, for a day, for its channel, for whoever asked and for the machine', async () => {
    await approved()
    const copy = (who = reader(liaison), where = channel) => room.readings.noteCopy(who, where, exportEntriesMax + 1)
    await expect(copy()).rejects.toThrow(notApproved('export.waiting'))
    room.clock.now += 24 * hour - 1
    await expect(copy()).rejects.toThrow(notApproved('export.waiting'))
    room.clock.now += 1
    await copy()
    await copy(token)
    await expect(copy(reader(first))).rejects.toThrow(notApproved('export.bulk'))
    await expect(copy(reader(liaison), 'b'.repeat(32))).rejects.toThrow(notApproved('export.bulk'))
    room.clock.now += 24 * hour
    await expect(copy()).rejects.toThrow(notApproved('export.bulk'))
    expect(await kindsOf()).toEqual(expect.arrayContaining(['change.proposed', 'change.approved', 'export.approved']))
  })
})

test('[ID17] a node that has nobody but its machine exports alone', async () => {
  const bare = await openTestPeople(`sqlite:${join(folder, 'bare.sqlite')}`)
  await expect(bare.readings.noteCopy(token, channel, exportEntriesMax + 1)).resolves.toBeUndefined()
  await bare.database.close()
})

test('[ID18] [T-14] opening a text is one event before it is shown, and opening it again at once is none', async () => {
  const opened = async () => (await kindsOf()).filter((kind) => kind === 'text.opened').length
  await room.readings.noteOpened(liaison.id, subjectOf(1))
  await room.readings.noteOpened(liaison.id, subjectOf(1))
  expect(await opened()).toBe(1)
  await room.readings.noteOpened(liaison.id, subjectOf(2))
  await room.readings.noteOpened(first.id, subjectOf(1))
  expect(await opened()).toBe(3)
  room.clock.now += hour
  await room.readings.noteOpened(liaison.id, subjectOf(1))
  expect(await opened()).toBe(4)
})
