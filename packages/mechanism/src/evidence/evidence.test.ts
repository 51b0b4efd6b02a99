import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Act } from '../act.ts'
import { viewSubject } from '../mechanism.ts'
import { listFields } from '../shape-description.ts'
import { shapeOf } from '../table.ts'
import { createAgreed, type History } from '../testing/histories.ts'
import { judgeAll, lastVerdict } from '../testing/judging.ts'
import { samples, someDigest } from '../testing/samples.ts'
import { refuseNamedRequest } from './rules.ts'
import { evidenceTypes } from './shapes.ts'
import { evidenceBytesMax, evidenceSizeClass } from './size-class.ts'
import type { EvidenceState } from './view.ts'

function stateOf(history: History, subject: string): EvidenceState {
  const viewed = viewSubject(subject, judgeAll(history).of(subject), history.parties)
  if (viewed.topic !== 'evidence') throw new Error('not an item of evidence')
  return viewed.state
}

/** An item that `us` has sealed to `cn` and itself, handed over and received. */
function createReceived(): { history: History; subject: string } {
  const history = createAgreed()
  const { digest: subject } = history.say('us', 'evidence.sealed')
  history.say('us', 'evidence.given', { subject })
  history.look('cn')
  history.say('cn', 'evidence.received', { subject })
  return { history, subject }
}

const custodyOf = (state: EvidenceState, party: string) => state.custody.find((one) => one.party === party)

test('[EV3] [EV4] [EV5] the custody of each party follows what it says of its own copy', () => {
  const history = createAgreed()
  const { digest: subject } = history.say('us', 'evidence.sealed')
  expect(stateOf(history, subject)).toMatchObject({
    status: 'sealed',
    custody: [
      { party: 'cn', status: 'none' },
      { party: 'us', status: 'sealed' },
    ],
  })
  history.say('us', 'evidence.given', { subject, data: { conditions: ['confidential'] } })
  expect(stateOf(history, subject)).toMatchObject({ status: 'given', custody: [{ status: 'given' }, {}] })
  history.look('cn')
  history.say('cn', 'evidence.received', { subject })
  expect(stateOf(history, subject)).toMatchObject({ status: 'received', custody: [{ status: 'received' }, {}] })
  history.say('cn', 'evidence.opened', { subject })
  const copies = ['analysis', 'proceedings'].map(
    (purpose) => history.say('cn', 'evidence.copied', { subject, data: { purpose } }).digest,
  )
  expect(custodyOf(stateOf(history, subject), 'cn')).toMatchObject({
    status: 'opened',
    opened: { purpose: 'examination' },
    copies: [
      { entry: copies[0], purpose: 'analysis' },
      { entry: copies[1], purpose: 'proceedings' },
    ],
  })
})

test('[EV2] no field of an item holds text, and its sealing has a body', () => {
  for (const { type, body } of evidenceTypes) {
    expect(listFields(shapeOf(type)).filter(({ what }) => what.includes('text'))).toEqual([])
    if (type === 'evidence.sealed') expect(body).toBe('required')
  }
  const history = createAgreed()
  history.say('us', 'evidence.sealed', { body: false })
  expect(lastVerdict(history)).toBe('body.missing')
})

test('[EV6] an erasure ends what its party does and leaves the other custody as it was', () => {
  const { history, subject } = createReceived()
  const before = custodyOf(stateOf(history, subject), 'us')
  history.say('cn', 'evidence.erased', { subject, data: { ground: 'court-order', rule: 'r-7' } })
  const after = stateOf(history, subject)
  expect(custodyOf(after, 'cn')).toMatchObject({ status: 'erased', erased: { ground: 'court-order', rule: 'r-7' } })
  expect(custodyOf(after, 'us')).toEqual(before)
  history.say('cn', 'evidence.opened', { subject })
  expect(lastVerdict(history)).toBe('evidence.erased-already')
  history.look('us')
  history.say('us', 'evidence.erased', { subject })
  expect(stateOf(history, subject).status).toBe('erased')
})

test('[EV7] who is asked to erase is awaited until it does, and opens nothing more', () => {
  const { history, subject } = createReceived()
  history.look('us')
  history.say('us', 'evidence.erased', { subject, data: { ground: 'sent-in-error', confirm: ['cn'] } })
  expect(stateOf(history, subject)).toMatchObject({ status: 'erasure-awaited', awaiting: ['cn'] })
  history.look('cn')
  history.say('cn', 'evidence.opened', { subject })
  expect(lastVerdict(history)).toBe('evidence.erasure-asked')
  history.say('cn', 'evidence.erased', { subject })
  expect(stateOf(history, subject)).toMatchObject({ status: 'erased', awaiting: [] })
})

test('[EV8] opening and asking back that crossed are a conflict until the copy is erased', () => {
  const { history, subject } = createReceived()
  history.say('us', 'evidence.erased', { subject, data: { ground: 'sent-in-error', confirm: ['cn'] } })
  const opened = history.say('cn', 'evidence.opened', { subject })
  expect(stateOf(history, subject)).toMatchObject({ status: 'conflict', crossed: [{ entry: opened.digest }] })
  history.look('cn')
  history.say('cn', 'evidence.erased', { subject })
  expect(stateOf(history, subject)).toMatchObject({ status: 'erased', crossed: [] })
})

describe('what may not be', () => {
  const recipients = (...parties: string[]) => ({ recipients: parties.map((party) => ({ party, key: someDigest })) })
  const foundings: readonly [string, string, Record<string, unknown>][] = [
    ['to a party of no channel', 'evidence.recipient-unknown', recipients('us', 'fr')],
    ['to one party twice', 'evidence.recipient-twice', recipients('us', 'cn', 'cn')],
    ['not to itself', 'evidence.not-sealed-to-self', recipients('cn')],
    ['with a length that is no class', 'evidence.size-class', { size: 65_537 }],
    ['with a name in it', 'data.malformed', { name: 'x' }],
  ]
  test.each(foundings)('[EV1] sealing %s', (_, code, data) => {
    const history = createAgreed()
    history.say('us', 'evidence.sealed', { data: data as never })
    expect(lastVerdict(history)).toBe(code)
  })

  const followings: readonly [string, string, (history: History, sealing: Act) => void][] = [
    [
      '[EV3] giving by who did not seal',
      'evidence.not-sealing-party',
      (h, { subject }) => h.say('cn', 'evidence.given', { subject, data: { to: 'us' } }),
    ],
    [
      '[EV3] giving to itself',
      'evidence.not-recipient',
      (h, { subject }) => h.say('us', 'evidence.given', { subject, data: { to: 'us' } }),
    ],
    [
      '[EV3] giving twice',
      'evidence.given-already',
      (h, { subject }) => {
        h.say('us', 'evidence.given', { subject })
        h.say('us', 'evidence.given', { subject })
      },
    ],
    [
      '[EV4] receiving what was not given',
      'evidence.not-given',
      (h, { subject }) => h.say('cn', 'evidence.received', { subject }),
    ],
    [
      '[EV4] receiving twice',
      'evidence.received-already',
      (h, { subject }) => {
        h.say('us', 'evidence.given', { subject })
        h.look('cn')
        h.say('cn', 'evidence.received', { subject })
        h.say('cn', 'evidence.received', { subject })
      },
    ],
    [
      '[EV5] opening what is not held',
      'evidence.not-held',
      (h, { subject }) => h.say('cn', 'evidence.opened', { subject }),
    ],
    [
      '[EV5] copying what was not opened',
      'evidence.not-opened',
      (h, { subject }) => h.say('us', 'evidence.copied', { subject }),
    ],
    [
      '[EV5] opening twice',
      'evidence.opened-already',
      (h, { subject }) => {
        h.say('us', 'evidence.opened', { subject })
        h.say('us', 'evidence.opened', { subject })
      },
    ],
    [
      '[EV6] erasing what is not held',
      'evidence.not-held',
      (h, { subject }) => h.say('cn', 'evidence.erased', { subject }),
    ],
    [
      '[EV7] asking back what was not given',
      'evidence.not-recipient',
      (h, { subject }) => h.say('us', 'evidence.erased', { subject, data: { confirm: ['cn'] } }),
    ],
    [
      '[EV7] asking back by who did not seal',
      'evidence.not-sealing-party',
      (h, { subject }) => {
        h.say('us', 'evidence.given', { subject })
        h.look('cn')
        h.say('cn', 'evidence.erased', { subject, data: { confirm: ['us'] } })
      },
    ],
  ]
  test.each(followings)('%s', (_, code, speak) => {
    const history = createAgreed()
    const sealing = history.say('us', 'evidence.sealed')
    history.look('cn')
    speak(history, sealing)
    expect(lastVerdict(history)).toBe(code)
  })

  test('[EV9] a party that the item is not sealed to does nothing with it', () => {
    const history = createAgreed(['cn', 'ru', 'us'])
    const { digest: subject } = history.say('us', 'evidence.sealed')
    history.look('ru')
    for (const type of ['evidence.received', 'evidence.opened', 'evidence.copied', 'evidence.erased'] as const) {
      history.say('ru', type, { subject })
      expect(lastVerdict(history)).toBe('evidence.not-recipient')
    }
    history.say('us', 'evidence.given', { subject, data: { to: 'ru' } })
    expect(lastVerdict(history)).toBe('evidence.not-recipient')
  })
})

test('[EV11] an item is sealed for a request of its channel, and a name of nothing has no effect', () => {
  const history = createAgreed()
  const unknown = 'c'.repeat(64)
  const before = history.say('us', 'evidence.sealed', { data: { request: unknown } })
  expect(lastVerdict(history)).toBe('valid')
  expect(stateOf(history, before.digest)).toMatchObject({ status: 'sealed', request: unknown })
  const request = history.say('us', 'request.opened')
  const after = history.say('us', 'evidence.sealed', { data: { request: request.digest } })
  expect({ ...stateOf(history, after.digest), request: unknown }).toEqual(stateOf(history, before.digest))

  const acts = judgeAll(history).of(request.digest)
  expect(acts.map(({ type }) => type)).toEqual(['request.opened'])
  expect(refuseNamedRequest(request.digest, acts, false)).toBeUndefined()
  expect(refuseNamedRequest(request.digest, acts, true)).toBe('exercise.differs')
  expect(refuseNamedRequest(unknown, [], false)).toBe('evidence.request-unknown')
  expect(refuseNamedRequest(before.digest, judgeAll(history).of(before.digest), false)).toBe('evidence.request-unknown')
})

test('[EV1] a class of Padmé holds its length, wastes at most an eighth and is its own class', () => {
  expect([0, 1, 2, 9, 100, 1000, 65_577].map(evidenceSizeClass)).toEqual([0, 1, 2, 10, 104, 1024, 67_584])
  fc.assert(
    fc.property(fc.integer({ min: 1, max: evidenceBytesMax }), (length) => {
      const size = evidenceSizeClass(length)
      expect(size).toBeGreaterThanOrEqual(length)
      expect(size * 8).toBeLessThanOrEqual(length * 9 + 8)
      expect(evidenceSizeClass(size)).toBe(size)
    }),
  )
  expect(samples['evidence.sealed']['size']).toBe(evidenceSizeClass(65_536))
})
