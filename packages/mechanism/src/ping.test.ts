import { expect, test } from 'vitest'
import { countPings, pingTopic } from './ping.ts'
import { createHistory } from './testing/histories.ts'
import { judgeAll, lastVerdict } from './testing/judging.ts'

test('[PG1] a ping is unanswered until the party that was pinged answers it', () => {
  const history = createHistory()
  const subject = history.say('us', 'ping.sent').digest
  const state = () => pingTopic.view(judgeAll(history).of(subject), history.parties)
  expect(state()).toMatchObject({ status: 'unanswered', from: 'us', to: 'cn', contact: '24-7' })
  history.say('us', 'ping.answered', { subject })
  expect(lastVerdict(history)).toBe('ping.not-addressee')
  history.look('cn')
  const entry = history.say('cn', 'ping.answered', { subject }).digest
  expect(state()).toMatchObject({ status: 'answered', answered: { entry, position: 'duty-officer' } })
  history.say('cn', 'ping.answered', { subject })
  expect(lastVerdict(history)).toBe('ping.answered-already')
})

test('[PG1] a ping is sent to another party of the channel', () => {
  const history = createHistory()
  history.say('us', 'ping.sent', { data: { to: 'us' } })
  expect(lastVerdict(history)).toBe('ping.addressee-self')
  history.say('us', 'ping.sent', { data: { to: 'fr' } })
  expect(lastVerdict(history)).toBe('ping.addressee-unknown')
})

test('[PG2] pings are counted by addressee, and not those of exercises', () => {
  const ping = { status: 'unanswered', from: 'us', to: 'cn', contact: '24-7', exercise: false } as const
  expect(
    countPings([ping, { ...ping, status: 'answered' }, { ...ping, exercise: true }, { ...ping, from: 'cn', to: 'us' }]),
  ).toEqual([
    { to: 'cn', sent: 2, answered: 1 },
    { to: 'us', sent: 1, answered: 0 },
  ])
})
