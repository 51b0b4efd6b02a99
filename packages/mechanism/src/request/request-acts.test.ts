import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CanonicalObject } from '@parley/record'
import { historyOf } from '../testing/arbitraries.ts'
import { createAgreed, type History } from '../testing/histories.ts'
import { judgeAll, lastVerdict } from '../testing/judging.ts'
import { isRequesting, isRequestAct, type RequestType } from './shapes.ts'
import { viewRequest, type RequestState } from './view.ts'

const one = '1'.repeat(64)
const two = '2'.repeat(64)

/** A request of `us` to `cn`, with the data given, that both have seen. */
function open(data: CanonicalObject = {}): { history: History; subject: string } {
  const history = createAgreed()
  const { digest: subject } = history.say('us', 'request.opened', { data })
  history.look('cn')
  return { history, subject }
}

/** Says something of the request, both sides having seen everything, and gives the verdict. */
function say(
  { history, subject }: { history: History; subject: string },
  type: RequestType,
  data: CanonicalObject = {},
): string {
  const party = isRequesting(type) ? 'us' : 'cn'
  history.look(party)
  history.say(party, type, { subject, data })
  return lastVerdict(history)
}

function stateOf({ history, subject }: { history: History; subject: string }): RequestState {
  return viewRequest(judgeAll(history).of(subject))
}

test('[RQ18] a request says what it is to an earlier one, and is new otherwise', () => {
  expect(stateOf(open())).toMatchObject({ relation: 'new' })
  expect(stateOf(open({ relation: 'extension', earlier: one }))).toMatchObject({ relation: 'extension', earlier: one })
  for (const relation of [{}, { relation: 'new' }]) {
    expect(lastVerdict(open({ ...relation, earlier: one }).history)).toBe('request.relation-missing')
  }
})

describe('[RQ19] triage', () => {
  const expected = 1_000
  const answers: readonly [string, CanonicalObject, string][] = [
    ['yes, as what and when', { will: 'yes', form: 'evidence', expected }, 'valid'],
    ['yes without a form', { will: 'yes', expected }, 'request.triage-incomplete'],
    ['in part without a date', { will: 'in-part', form: 'information' }, 'request.triage-incomplete'],
    ['no', { will: 'no' }, 'valid'],
    ['undecided, until when', { will: 'undecided', expected }, 'valid'],
    ['undecided', { will: 'undecided' }, 'request.triage-incomplete'],
  ]
  test.each(answers)('[RQ19] %s', (_, data, verdict) => {
    expect(say(open(), 'request.triaged', data)).toBe(verdict)
  })

  test('[RQ19] every triage answer is kept, in order', () => {
    const request = open()
    say(request, 'request.triaged', { will: 'undecided', expected: 1 })
    say(request, 'request.triaged', { will: 'yes', form: 'information', expected: 2 })
    expect(stateOf(request).triages).toMatchObject([{ will: 'undecided' }, { will: 'yes', form: 'information' }])
  })
})

test('[RQ20] a query names particulars and asks in a body', () => {
  const request = open()
  request.history.say('cn', 'request.queried', { subject: request.subject, body: false })
  expect(lastVerdict(request.history)).toBe('body.missing')
  expect(say(request, 'request.queried', { particulars: ['identifiers', 'time-range'] })).toBe('valid')
  expect(stateOf(request).queries).toMatchObject([{ particulars: ['identifiers', 'time-range'], settled: false }])
})

test('[RQ21] the rest of an acceptance in part has a ground', () => {
  expect(say(open(), 'request.accepted', { extent: 'part' })).toBe('request.part-without-ground')
  expect(say(open(), 'request.accepted', { ground: 'security' })).toBe('request.ground-without-part')
  expect(say(open(), 'request.accepted', { extent: 'whole', ground: 'security' })).toBe('request.ground-without-part')
  expect(say(open(), 'request.accepted', { extent: 'part', ground: 'security' })).toBe('valid')
})

test('[RQ24] each extension is agreed to once, by name', () => {
  const request = open()
  say(request, 'request.extended')
  say(request, 'request.extended', { until: 1_900_000_000_000 })
  const extension = request.history.acts.at(-1)!.digest
  expect(say(request, 'request.agreed', { extension })).toBe('valid')
  expect(stateOf(request).extensions.map(({ agreed }) => agreed)).toEqual([
    undefined,
    request.history.acts.at(-1)!.digest,
  ])
  expect(say(request, 'request.agreed', { extension })).toBe('request.agreed-already')
})

test('[RQ25] what was named is moved to a later moment with a reason only', () => {
  const request = open()
  expect(stateOf(request).undertaking).toBeUndefined()
  say(request, 'request.triaged', { will: 'undecided', expected: 1_000 })
  say(request, 'request.accepted', { expected: 2_000 })
  expect(stateOf(request).undertaking).toEqual({ entry: request.history.acts.at(-1)!.digest, by: 2_000 })
  expect(say(request, 'request.updated', { expected: 3_000 })).toBe('request.reason-missing')
  expect(say(request, 'request.updated', { expected: 2_000 })).toBe('valid')
  expect(say(request, 'request.updated', { expected: 1_500 })).toBe('valid')
  expect(say(request, 'request.updated', { expected: 3_000, reason: 'provider' })).toBe('valid')
  expect(stateOf(request).undertaking).toMatchObject({ by: 3_000 })
  say(request, 'request.extended', { until: 9_000 })
  expect(stateOf(request).undertaking).toMatchObject({ by: 9_000 })
})

test('[RQ26] only a request for preservation is preserved', () => {
  expect(say(open({ kind: 'traffic-data' }), 'request.preserved')).toBe('request.not-preservation')
  const request = open()
  expect(say(request, 'request.preserved', { until: 5_000 })).toBe('valid')
  expect(say(request, 'request.updated', { stage: 'being-executed' })).toBe('valid')
  expect(stateOf(request).preservation).toMatchObject({ until: 5_000, periods: 1 })
})

test('[RQ27] a renewal waits until it is granted, period by period', () => {
  const request = open()
  say(request, 'request.preserved', { until: 5_000 })
  say(request, 'request.renewed', { until: 8_000 })
  expect(stateOf(request).preservation).toMatchObject({ until: 5_000, renewal: { until: 8_000 } })
  say(request, 'request.preserved', { until: 7_000 })
  const { preservation } = stateOf(request)
  expect(preservation).toMatchObject({ until: 7_000, periods: 2 })
  expect(preservation).not.toHaveProperty('renewal')
  expect(say(request, 'request.renewed', { until: 9_000 })).toBe('valid')
})

test('[RQ28] the release is in the state with its ground', () => {
  const request = open()
  say(request, 'request.preserved')
  say(request, 'request.released', { ground: 'provider-lost-it' })
  expect(stateOf(request)).toMatchObject({ preservation: { released: { ground: 'provider-lost-it' } } })
})

test('[RQ30] a conversion names a request of this mechanism, and no other', () => {
  const request = open()
  expect(say(request, 'request.converted', { by: 'this-mechanism' })).toBe('request.conversion-unnamed')
  expect(say(request, 'request.converted', { by: 'diplomatic', request: one })).toBe('request.conversion-unnamed')
  expect(say(request, 'request.converted', { by: 'this-mechanism', request: one })).toBe('valid')
  expect(stateOf(request).conversions).toMatchObject([{ by: 'this-mechanism', request: one }])
})

test('[RQ31] nobody may take for evidence what was not given as such', () => {
  const request = open()
  say(request, 'request.answered', { outcome: 'part' })
  say(request, 'request.answered', { outcome: 'full', use: 'evidential' })
  expect(stateOf(request).answers.map(({ use }) => use)).toEqual(['intelligence-only', 'evidential'])
})

test('[RQ32] particulars, norms and matter grow with each supplement', () => {
  const request = open({ particulars: ['facts'], norms: ['h'], matter: [one] })
  say(request, 'request.supplemented', { particulars: ['identifiers', 'facts'], norms: ['c'], matter: [two] })
  expect(stateOf(request)).toMatchObject({
    particulars: ['facts', 'identifiers'],
    norms: ['h', 'c'],
    matter: [one, two],
  })
})

test('[RQ34] no act of one half changes what the other said, and the order of arrival changes nothing', () => {
  fc.assert(
    fc.property(historyOf(), fc.nat(), (history, salt) => {
      const judged = judgeAll(history)
      for (const { digest: subject } of judged.valid.filter(({ type }) => type === 'request.opened')) {
        const acts = judged.of(subject).filter(isRequestAct)
        const arrival = acts
          .map((act, place) => ({ act, key: ((place + 1) * (salt + 1) * 2_654_435_761) % 4_294_967_291 }))
          .sort((a, b) => a.key - b.key)
          .map(({ act }) => act)
        const state = viewRequest(acts)
        expect(JSON.stringify(viewRequest(arrival))).toBe(JSON.stringify(state))
        const asking = viewRequest(acts.filter(({ type }) => isRequesting(type)))
        const opening = acts.filter(({ type }) => type === 'request.opened')
        const answering = viewRequest([...opening, ...acts.filter(({ type }) => !isRequesting(type))])
        for (const part of ['chases', 'supplements', 'conversions', 'ended', 'urgency', 'cites', 'matter'] as const) {
          expect(asking[part]).toEqual(state[part])
        }
        for (const part of ['triages', 'answers', 'updates', 'postponements', 'forwards', 'undertaking'] as const) {
          expect(answering[part]).toEqual(state[part])
        }
      }
    }),
    { numRuns: 100 },
  )
})
