import { describe, expect, test } from 'vitest'
import type { Act } from './act.ts'
import { viewSubject } from './mechanism.ts'
import { createAgreed, type History } from './testing/histories.ts'
import { judgeAll, lastVerdict } from './testing/judging.ts'

test('[RC1] a receipt belongs to the subject of the entry that it is for', () => {
  const history = createAgreed()
  const { digest: subject } = history.say('us', 'request.opened')
  const designated = history.say('us', 'directory.designated')
  history.look('cn')
  const receipt = history.say('cn', 'entry.opened', { subject, data: { entry: subject } })
  const other = history.say('cn', 'entry.opened', { subject: 'directory', data: { entry: designated.digest } })
  const judged = judgeAll(history)
  expect(viewSubject(subject, judged.of(subject), history.parties).opened).toEqual([
    { entry: subject, by: 'cn', receipt: receipt.digest },
  ])
  expect(viewSubject('directory', judged.of('directory'), history.parties).opened).toEqual([
    { entry: designated.digest, by: 'cn', receipt: other.digest },
  ])
})

test('[RC2] any other party of the channel may give one, also later than the end of the matter', () => {
  const history = createAgreed(['cn', 'ru', 'us'])
  const { digest: subject } = history.say('us', 'request.opened')
  history.say('us', 'request.withdrawn', { subject })
  for (const party of ['ru', 'cn']) {
    history.look(party)
    history.say(party, 'entry.opened', { subject, data: { entry: subject } })
  }
  expect(viewSubject(subject, judgeAll(history).of(subject), history.parties).opened).toMatchObject([
    { by: 'cn' },
    { by: 'ru' },
  ])
})

describe('[RC3] what may not be', () => {
  const refusals: readonly [string, string, (history: History, opening: Act) => void][] = [
    [
      'for an entry that is nowhere',
      'receipt.entry-unknown',
      (h, { subject }) => {
        h.say('cn', 'entry.opened', { subject })
      },
    ],
    [
      'for an entry of another matter',
      'receipt.entry-unknown',
      (h, { subject }) => {
        const other = h.say('us', 'request.opened')
        h.look('cn')
        h.say('cn', 'entry.opened', { subject, data: { entry: other.digest } })
      },
    ],
    [
      'for an entry not seen',
      'receipt.entry-unknown',
      (h, { subject }) => {
        const later = h.say('us', 'request.supplemented', { subject })
        h.say('cn', 'entry.opened', { subject, data: { entry: later.digest } })
      },
    ],
    [
      'for one’s own entry',
      'receipt.own-entry',
      (h, { subject }) => {
        h.say('us', 'entry.opened', { subject, data: { entry: subject } })
      },
    ],
    [
      'for an entry without a body',
      'receipt.no-body',
      (h, { subject }) => {
        const chase = h.say('us', 'request.chased', { subject })
        h.look('cn')
        h.say('cn', 'entry.opened', { subject, data: { entry: chase.digest } })
      },
    ],
    [
      'twice',
      'receipt.opened-already',
      (h, { subject }) => {
        h.say('cn', 'entry.opened', { subject, data: { entry: subject } })
        h.say('cn', 'entry.opened', { subject, data: { entry: subject } })
      },
    ],
    [
      'after erasing it',
      'receipt.erased',
      (h, { subject, body }) => {
        h.say('cn', 'body.erased', { subject, data: { ciphertext: body!.ciphertext } })
        h.say('cn', 'entry.opened', { subject, data: { entry: subject } })
      },
    ],
    [
      'with a field too many',
      'data.malformed',
      (h, { subject }) => {
        h.say('cn', 'entry.opened', { subject, data: { entry: subject, by: 'x' } })
      },
    ],
    [
      'in an exercise for what is none',
      'exercise.differs',
      (h, { subject }) => {
        h.say('cn', 'entry.opened', { subject, data: { entry: subject }, exercise: true })
      },
    ],
  ]
  test.each(refusals)('[RC3] %s', (_, code, speak) => {
    const history = createAgreed()
    const opening = history.say('us', 'request.opened')
    history.look('cn')
    speak(history, opening)
    expect(lastVerdict(history)).toBe(code)
  })
})
