import { describe, expect, test } from 'vitest'
import { agreementTopic, type AgreementState } from './agreement.ts'
import { createAgreed, createHistory, type History } from './testing/histories.ts'
import { judgeAll, lastVerdict } from './testing/judging.ts'
import { packOne, packTwo } from './testing/samples.ts'

function viewOf(history: History): AgreementState {
  return agreementTopic.view(judgeAll(history).of('agreement'), history.parties)
}

const packThree = '3'.repeat(64)

test('[AG1] nothing is in force before anybody has adopted', () => {
  expect(viewOf(createHistory())).toEqual({
    status: 'not-in-force',
    proposed: [],
    positions: [
      { party: 'cn', kind: 'none' },
      { party: 'us', kind: 'none' },
    ],
  })
})

test('[AG1] a pack is in force when the latest adoption of every party carries its digest', () => {
  const history = createHistory(['cn', 'ru', 'us'])
  history.say('us', 'agreement.adopted')
  history.say('ru', 'agreement.adopted')
  expect(viewOf(history)).toMatchObject({ status: 'not-in-force', proposed: [packOne] })
  history.say('cn', 'agreement.adopted')
  expect(viewOf(history)).toMatchObject({ status: 'in-force', inForce: packOne, proposed: [] })
})

test('[AG2] a party that withdraws, or adopts another pack, ends what was in force', () => {
  const withdrawn = createAgreed()
  withdrawn.say('us', 'agreement.withdrawn')
  expect(viewOf(withdrawn)).toMatchObject({ status: 'not-in-force', proposed: [packOne] })
  const moved = createAgreed()
  moved.say('us', 'agreement.adopted', { data: { pack: packTwo } })
  expect(viewOf(moved)).toMatchObject({ status: 'not-in-force', proposed: [packOne, packTwo] })
})

test('[AG3] a pack that is being replaced stays in force until everybody has adopted the new one', () => {
  const history = createAgreed(['cn', 'ru', 'us'])
  const replacing = { data: { pack: packTwo, replaces: packOne } }
  history.say('us', 'agreement.adopted', replacing)
  expect(viewOf(history)).toMatchObject({ inForce: packOne, proposed: [packTwo] })
  history.look('cn')
  history.say('cn', 'agreement.adopted', replacing)
  expect(viewOf(history)).toMatchObject({ inForce: packOne, proposed: [packTwo] })
  history.say('ru', 'agreement.adopted', replacing)
  expect(viewOf(history)).toMatchObject({ inForce: packTwo, proposed: [] })
})

test('[AG3] two different replacements at once leave the old pack in force', () => {
  const history = createAgreed()
  history.say('us', 'agreement.adopted', { data: { pack: packTwo, replaces: packOne } })
  history.say('cn', 'agreement.adopted', { data: { pack: packThree, replaces: packOne } })
  expect(viewOf(history)).toMatchObject({ inForce: packOne, proposed: [packTwo, packThree] })
})

test('[AG4] nobody brings a replaced pack back by adopting it anew', () => {
  const history = createAgreed()
  for (const party of ['us', 'cn'])
    history.say(party, 'agreement.adopted', { data: { pack: packTwo, replaces: packOne } })
  expect(viewOf(history)).toMatchObject({ inForce: packTwo })
  history.look('cn')
  history.say('cn', 'agreement.adopted', { data: { pack: packOne } })
  expect(lastVerdict(history)).toBe('valid')
  expect(viewOf(history)).toMatchObject({ status: 'not-in-force' })
})

describe('[AG5] what may not be', () => {
  const refusals: readonly [string, string, (history: History) => void][] = [
    ['adopting the same pack again', 'agreement.adopted-already', (h) => h.say('us', 'agreement.adopted')],
    [
      'withdrawing before adopting',
      'agreement.not-adopted',
      (h) => {
        h.say('us', 'agreement.withdrawn')
        h.say('us', 'agreement.withdrawn')
      },
    ],
    [
      'replacing what is not in force',
      'agreement.replaces-not-in-force',
      (h) => {
        h.say('us', 'agreement.adopted', { data: { pack: packThree, replaces: packTwo } })
      },
    ],
    [
      'replacing a pack by itself',
      'agreement.replaces-not-in-force',
      (h) => {
        h.say('us', 'agreement.adopted', { data: { pack: packOne, replaces: packOne } })
      },
    ],
    ['an agreement in an exercise', 'exercise.standing', (h) => h.say('us', 'agreement.withdrawn', { exercise: true })],
    [
      'a digest in capitals',
      'data.malformed',
      (h) => {
        h.say('us', 'agreement.adopted', { data: { pack: 'A'.repeat(64) } })
      },
    ],
  ]
  test.each(refusals)('[AG5] %s', (_, code, speak) => {
    const history = createAgreed()
    speak(history)
    expect(lastVerdict(history)).toBe(code)
  })
})
