import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CanonicalObject } from '@parley/record'
import { codeLists } from '../codes.ts'
import { historyOf, shuffle } from '../testing/arbitraries.ts'
import { createHistory, type History } from '../testing/histories.ts'
import { judgeAll, lastVerdict } from '../testing/judging.ts'
import { packAtHand } from '../testing/samples.ts'
import { listCrossings } from './crossing.ts'
import { countCalls } from './figures.ts'
import { defaultLadder, firstRungs, ladderOf, nextRung } from './ladder.ts'
import { mayRaiseAnother, openCallsMax, openCallStatuses } from './open-calls.ts'
import { messagesPerSideMax, ringsPerSideMax } from './rules.ts'
import { isCalled, isRaising, hotlineTypes, type HotlineType } from './shapes.ts'
import { viewHotline, type HotlineState } from './view.ts'

const speeches: Readonly<Record<string, readonly [string, HotlineType, CanonicalObject?]>> = {
  ring: ['us', 'hotline.rung'],
  silence: ['us', 'hotline.unanswered'],
  up: ['us', 'hotline.escalated'],
  top: ['us', 'hotline.escalated', { rung: 'minister' }],
  end: ['us', 'hotline.closed'],
  say: ['us', 'hotline.said'],
  hand: ['us', 'hotline.handed'],
  take: ['cn', 'hotline.taken'],
  decline: ['cn', 'hotline.declined'],
  'their-up': ['cn', 'hotline.escalated'],
  'their-end': ['cn', 'hotline.closed'],
  'their-say': ['cn', 'hotline.said'],
  'their-hand': ['cn', 'hotline.handed'],
}

/** `us` calls `cn`. Each word is a speech; `/` lets both sides see everything, `/us` one. */
function play(script: string, history = createHistory()): { history: History; subject: string } {
  const { digest: subject } = history.say('us', 'hotline.raised')
  history.look('cn')
  for (const word of script.split(' ').filter((part) => part !== '')) {
    if (word.startsWith('/')) {
      for (const party of word === '/' ? history.parties : [word.slice(1)]) history.look(party)
      continue
    }
    const [party, type, data] = speeches[word]!
    history.say(party, type, { subject, ...(data === undefined ? {} : { data }) })
  }
  return { history, subject }
}

function stateOf({ history, subject }: { history: History; subject: string }): HotlineState {
  return viewHotline(judgeAll(history).of(subject))
}

describe('states', () => {
  const states: readonly [string, string, HotlineState['status'], HotlineState['rung']][] = [
    ['[HL1] raised, with no agreement in force', '', 'ringing', 'duty-officer'],
    ['[HL2] nobody answers', 'silence', 'unanswered', 'duty-officer'],
    ['[HL2] rung again after nobody answered', 'silence ring', 'ringing', 'duty-officer'],
    ['[HL2] declined', 'decline', 'declined', 'duty-officer'],
    ['[HL2] declined, and rung again by who had not seen it', 'decline ring', 'declined', 'duty-officer'],
    ['[HL2] declined, and rung again', 'decline / ring', 'ringing', 'duty-officer'],
    ['[HL2] declined beside recording that nobody answered', 'decline silence', 'declined', 'duty-officer'],
    ['[HL3] taken', 'take', 'taken', 'duty-officer'],
    ['[HL3] taken after it was declined', 'decline take', 'taken', 'duty-officer'],
    ['[HL3] taken beside recording that nobody answered', 'silence take', 'taken', 'duty-officer'],
    ['[HL3] taken, and going up by who had not seen it', 'take up', 'taken', 'head-of-unit'],
    ['[HL3] taken, and going up then', 'take / up', 'ringing', 'head-of-unit'],
    ['[HL3] taken, going up, and taken there', 'take / up / take', 'taken', 'head-of-unit'],
    ['[HL4] going up after silence', 'silence up', 'ringing', 'head-of-unit'],
    ['[HL4] both go up at once', 'up their-up', 'ringing', 'head-of-unit'],
    ['[HL4] to the top at once', 'top', 'ringing', 'minister'],
    ['[HL7] stood down by who raised it', 'end', 'stood-down', 'duty-officer'],
    ['[HL7] stood down by who took it', 'take their-end', 'stood-down', 'duty-officer'],
    ['[HL7] stood down by both at once', 'take / end their-end', 'stood-down', 'duty-officer'],
    ['[HL8] taken beside standing down', 'take end', 'conflict', 'duty-officer'],
    ['[HL8] stood down once more', 'take end / end', 'stood-down', 'duty-officer'],
    ['[HL8] stood down by the other side', 'take end / their-end', 'stood-down', 'duty-officer'],
    ['[HL8] gone on with', 'take end / say', 'taken', 'duty-officer'],
    ['[HL8] gone on with by the other side', 'take end / their-say', 'taken', 'duty-officer'],
    ['[HL8] gone on with, and stood down after all', 'take end / say / end', 'stood-down', 'duty-officer'],
    ['[HL8] speaking beside the end resolves nothing', 'take end their-say', 'conflict', 'duty-officer'],
  ]
  test.each(states)('%s', (_, script, status, rung) => {
    expect(stateOf(play(script))).toMatchObject({ status, rung })
  })
})

describe('refusals', () => {
  const refusals: readonly [string, string, string][] = [
    ['[HL2] declined twice', 'decline decline', 'hotline.not-ringing'],
    ['[HL2] silence twice', 'silence silence', 'hotline.not-ringing'],
    ['[HL3] taken twice', 'take take', 'hotline.taken-already'],
    ['[HL3] declined after it was taken', 'take decline', 'hotline.taken-already'],
    ['[HL3] rung again after it was taken', 'take / ring', 'hotline.taken-already'],
    ['[HL4] up to where it is', 'up up', 'hotline.rung-not-higher'],
    ['[HL4] silence on a rung below', 'up silence', 'hotline.rung-not-reached'],
    ['[HL5] handed over before it was taken', 'their-hand', 'hotline.not-taken'],
    ['[HL7] stood down by who has not taken it', 'their-end', 'hotline.not-taken'],
    ['[HL7] taken after the end was seen', 'end / take', 'hotline.ended'],
    ['[HL7] said after the end', 'end say', 'hotline.ended'],
    ['[HL8] going up in a conflict', 'take end / up', 'hotline.conflict'],
    ['[HL8] handed over in a conflict', 'take end / their-hand', 'hotline.conflict'],
  ]
  test.each(refusals)('%s', (_, script, code) => {
    expect(lastVerdict(play(script).history)).toBe(code)
  })
})

test('[HL1] a call goes to another party of the channel and begins at the lowest rung of its level', () => {
  const history = createHistory()
  history.say('us', 'hotline.raised', { data: { to: 'us' } })
  expect(lastVerdict(history)).toBe('hotline.addressee-self')
  history.say('us', 'hotline.raised', { data: { to: 'fr' } })
  expect(lastVerdict(history)).toBe('hotline.addressee-unknown')
  const subject = history.say('us', 'hotline.raised', { data: { level: 'leadership' } }).digest
  expect(stateOf({ history, subject }).rung).toBe('ministers-office')
})

test('[HL5] each side says who has the call in hand', () => {
  const played = play('hand take their-hand')
  expect(stateOf(played)).toMatchObject({ called: { position: 'expert' }, raising: { position: 'expert' } })
  expect(stateOf(play('take'))).toMatchObject({ called: { position: 'duty-officer' } })
})

test('[HL6] messages are of the call, with a body, and bounded like the rings', () => {
  const { history, subject } = play('take')
  const message = history.say('cn', 'hotline.said', { subject }).digest
  expect(stateOf({ history, subject }).messages).toEqual([{ entry: message, by: 'cn' }])
  history.say('cn', 'hotline.said', { subject, body: false })
  expect(lastVerdict(history)).toBe('body.missing')
  for (let i = 1; i < messagesPerSideMax; i++) history.say('cn', 'hotline.said', { subject })
  history.say('cn', 'hotline.said', { subject })
  expect(lastVerdict(history)).toBe('hotline.messages-max')
  history.say('us', 'hotline.said', { subject })
  expect(lastVerdict(history)).toBe('valid')
  const loud = play('')
  for (let i = 0; i < ringsPerSideMax; i++) loud.history.say('us', 'hotline.rung', { subject: loud.subject })
  expect(lastVerdict(loud.history)).toBe('hotline.rings-max')
})

describe('[HL9] two calls at once', () => {
  const back: CanonicalObject = { to: 'us' }
  test('[HL9] raised unseen, both sides keep the same one', () => {
    const history = createHistory()
    const ours = history.say('us', 'hotline.raised')
    const theirs = history.say('cn', 'hotline.raised', { data: back })
    const crossing = { keep: ours.digest, standDown: theirs.digest }
    expect(listCrossings([ours, theirs])).toEqual([crossing])
    expect(listCrossings([theirs, ours])).toEqual([crossing])
  })
  test('[HL9] raised by who had seen the other, it is another call', () => {
    const history = createHistory()
    const ours = history.say('us', 'hotline.raised')
    history.look('cn')
    expect(listCrossings([ours, history.say('cn', 'hotline.raised', { data: back })])).toEqual([])
  })
})

describe('[HL10] each half is one party’s', () => {
  const types = hotlineTypes.flatMap(({ type }) => (type === 'hotline.raised' ? [] : [type as HotlineType]))
  test.each(types)('[HL10] %s', (type) => {
    for (const party of ['cn', 'ru', 'us']) {
      const { history, subject } = play('', createHistory(['cn', 'ru', 'us']))
      history.look('ru')
      history.say(party, type, { subject })
      const verdict = lastVerdict(history)
      if (isRaising(type) && party !== 'us') expect(verdict).toBe('hotline.not-raising-party')
      else if (isCalled(type) && party !== 'cn') expect(verdict).toBe('hotline.not-called-party')
      else if (party === 'ru') expect(verdict).toBe('hotline.not-of-the-call')
      else expect(verdict).not.toMatch(/party$|of-the-call$/)
    }
  })
})

test('[HL11] the ladder is that of the pack, or the mechanism’s own', () => {
  expect(ladderOf(undefined)).toBe(defaultLadder)
  const pack = packAtHand()
  const working = [{ rung: 'duty-officer', minutes: 5 }] as const
  const own = {
    ...pack,
    mechanism: { ...pack.mechanism, hotline: { ...pack.mechanism.hotline!, ladder: { working } } },
  }
  expect(ladderOf(own)).toEqual({ ...defaultLadder, working })
  expect(nextRung(defaultLadder, 'working', { rung: 'duty-officer' })).toEqual({ rung: 'head-of-unit', minutes: 45 })
  expect(nextRung(defaultLadder, 'leadership', { rung: 'minister' })).toBeUndefined()
  for (const level of ['working', 'leadership'] as const) expect(defaultLadder[level][0]!.rung).toBe(firstRungs[level])
})

test('[T-22] [HL11] clocks that are years off, jump or stand still change no verdict and no state', () => {
  const decade = 10 * 365 * 86_400_000
  fc.assert(
    fc.property(
      historyOf(),
      fc.array(fc.integer({ min: -decade, max: decade }), { minLength: 40 }),
      (history, clocks) => {
        const skewed = history.acts.map((act, i) => ({ ...act, at: Math.max(0, act.at + clocks[i % clocks.length]!) }))
        const one = judgeAll(history)
        const other = judgeAll({ acts: skewed, parties: history.parties })
        expect(other.verdicts).toEqual(one.verdicts)
        for (const { digest, type } of history.acts) {
          if (type !== 'hotline.raised' || one.verdicts.get(digest)!.kind !== 'valid') continue
          expect(viewHotline(other.of(digest))).toEqual(viewHotline(one.of(digest)))
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('[HL8] whatever the history, who has seen everything can end a call', () => {
  fc.assert(
    fc.property(historyOf(), (history) => {
      const { of, valid } = judgeAll(history)
      for (const { digest: subject } of valid.filter(({ type }) => type === 'hotline.raised')) {
        const before = viewHotline(of(subject))
        if (before.status === 'stood-down') continue
        history.look(before.from)
        history.say(before.from, 'hotline.closed', { subject, exercise: before.exercise })
        expect(viewHotline(judgeAll(history).of(subject)).status).toBe('stood-down')
      }
    }),
    { numRuns: 100 },
  )
})

test('[HL3] the state is the same in whatever order the acts come', () => {
  fc.assert(
    fc.property(historyOf(), fc.infiniteStream(fc.nat()), (history, chances) => {
      const { of, valid } = judgeAll(history)
      for (const { digest } of valid.filter(({ type }) => type === 'hotline.raised')) {
        const shuffled = shuffle(of(digest), () => chances.next().value as number)
        expect(viewHotline(shuffled)).toEqual(viewHotline(of(digest)))
      }
    }),
    { numRuns: 60 },
  )
})

test('[HL12] calls are counted by party and purpose, with the rung on which they were taken', () => {
  const taken = stateOf(play('silence up / take'))
  const declined = stateOf(play('decline'))
  expect(taken.taken?.rung).toBe('head-of-unit')
  const of = (state: HotlineState) => ({ state, acts: [] })
  const figures = countCalls([
    of(taken),
    of(declined),
    of({ ...taken, purpose: 'test' }),
    of({ ...taken, exercise: true }),
  ])
  expect(figures).toEqual([
    {
      to: 'cn',
      purpose: 'use',
      raised: 2,
      taken: 1,
      takenOn: { 'duty-officer': 0, 'head-of-unit': 1, 'ministers-office': 0, minister: 0 },
      declined: 1,
      unanswered: 1,
      toHuman: { atLeast: 0, atMost: null },
    },
    expect.objectContaining({ to: 'cn', purpose: 'test', raised: 1, taken: 1, declined: 0 }),
  ])
})

test('[HL12] the middle time to a person is as wide as the evidence leaves it', () => {
  const call = (raisedAt: number, takenAt: number) => {
    const history = createHistory()
    history.look('us', 'cn', raisedAt)
    const raised = history.say('us', 'hotline.raised')
    history.look('cn', 'us', takenAt)
    history.say('cn', 'hotline.taken', { subject: raised.digest })
    history.look('us', 'cn', takenAt + 5)
    history.say('us', 'hotline.closed', { subject: raised.digest })
    return { state: viewHotline(history.acts), acts: history.acts }
  }
  const [figures] = countCalls([call(100, 130), call(100, 110), call(100, 190)])
  // Raised at 100 s at the earliest, taken by 136 s at the latest: the other side's cosignature is of the 135th second.
  expect(figures?.toHuman).toEqual({ atLeast: 0, atMost: 35_999 })
})

test('[HL13] a side with eight open calls raises no other one', () => {
  expect(mayRaiseAnother(openCallsMax - 1)).toBeUndefined()
  expect(mayRaiseAnother(openCallsMax)).toBe('hotline.open-max')
  expect([...openCallStatuses, 'stood-down'].sort()).toEqual([...codeLists.hotlineStatus].sort())
})
