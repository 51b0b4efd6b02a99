import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { write } from '../db/statement.ts'
import { addFirst, openTestPeople } from '../../test-support/people.ts'
import type { TestPeople } from '../../test-support/people.ts'
import { checkSecurityLog } from './security-log.ts'

let folder = ''
let room: TestPeople

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-people-'))
  room = await openTestPeople(`sqlite:${join(folder, 'database.sqlite')}`)
})

afterEach(async () => {
  await room.database.close()
  await rm(folder, { recursive: true })
})

test('[ID10] each step that counts is one event, without a name', async () => {
  const first = await addFirst(room)
  await room.signIn.signIn(first.key.get(room.signIn.beginSignIn().challenge))
  await room.signIn.noteEnd(first.id)
  const events = (await room.people.listEvents({ limit: 10 })).toReversed()
  expect(events.map(({ actor, kind }) => [kind, actor === first.id ? 'self' : actor])).toEqual([
    ['account.added', 'operator'],
    ['passkey.enrolled', 'self'],
    ['session.began', 'self'],
    ['session.began', 'self'],
    ['session.ended', 'self'],
  ])
  expect(JSON.stringify(events)).not.toContain('First administrator')
})

test('[ID11] [T-14] an event that was changed, removed or put in is found', async () => {
  await addFirst(room)
  const { reader, writer } = room.database
  expect(await checkSecurityLog(reader)).toEqual({ events: 3, broken: undefined })
  await writer.commit([
    write((db) => db.updateTable('security_events').set({ actor: 'nobody' }).where('number', '=', 1)),
  ])
  expect(await checkSecurityLog(reader)).toEqual({ events: 1, broken: 1 })
  await writer.commit([write((db) => db.deleteFrom('security_events').where('number', '=', 1))])
  expect(await checkSecurityLog(reader)).toEqual({ events: 1, broken: 1 })
  await writer.commit([write((db) => db.deleteFrom('security_events').where('number', '=', 0))])
  expect((await checkSecurityLog(reader)).broken).toBe(0)
})
