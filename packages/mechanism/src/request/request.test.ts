import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CanonicalObject } from '@parley/record'
import { historyOf } from '../testing/arbitraries.ts'
import { createAgreed, createHistory, type History } from '../testing/histories.ts'
import { judgeAll, lastVerdict } from '../testing/judging.ts'
import { packTwo, someSignature } from '../testing/samples.ts'
import { requestTypes, type RequestType } from './shapes.ts'
import { viewRequest, type RequestState } from './view.ts'

/** `us` asks `cn`. Each speech is a short name of the type; `/` lets both sides see everything, `/us` one. */
function play(script: string, history = createAgreed()): { history: History; subject: string } {
  const { digest: subject } = history.say('us', 'request.opened')
  history.look('cn')
  continuePlay(history, subject, script)
  return { history, subject }
}

const speeches: Readonly<Record<string, readonly [string, RequestType, CanonicalObject?]>> = {
  supplement: ['us', 'request.supplemented'],
  chase: ['us', 'request.chased'],
  withdraw: ['us', 'request.withdrawn'],
  assess: ['us', 'request.assessed'],
  close: ['us', 'request.closed'],
  acknowledge: ['cn', 'request.acknowledged'],
  return: ['cn', 'request.returned'],
  accept: ['cn', 'request.accepted'],
  refuse: ['cn', 'request.refused'],
  extend: ['cn', 'request.extended'],
  update: ['cn', 'request.updated'],
  answer: ['cn', 'request.answered'],
  part: ['cn', 'request.answered', { outcome: 'part' }],
  agree: ['us', 'request.agreed'],
  renew: ['us', 'request.renewed'],
  convert: ['us', 'request.converted'],
  abandon: ['us', 'request.closed', { outcome: 'abandoned' }],
  lapse: ['us', 'request.closed', { outcome: 'lapsed' }],
  triage: ['cn', 'request.triaged'],
  query: ['cn', 'request.queried'],
  postpone: ['cn', 'request.postponed'],
  forward: ['cn', 'request.forwarded'],
  preserve: ['cn', 'request.preserved'],
  prolong: ['cn', 'request.preserved', { until: 1_800_000_000_000 }],
  release: ['cn', 'request.released'],
  unheld: ['cn', 'request.answered', { outcome: 'not-held' }],
  nothing: ['cn', 'request.answered', { outcome: 'nothing-found' }],
}

function continuePlay(history: History, subject: string, script: string): void {
  for (const word of script.split(' ').filter((part) => part !== '')) {
    if (word.startsWith('/')) {
      for (const party of word === '/' ? history.parties : [word.slice(1)]) history.look(party)
    } else {
      const [party, type, data] = speeches[word]!
      history.say(party, type, { subject, ...(data === undefined ? {} : { data }) })
    }
  }
}

function stateOf({ history, subject }: { history: History; subject: string }): RequestState {
  return viewRequest(judgeAll(history).of(subject))
}

describe('states', () => {
  const states: readonly [string, string, RequestState['status'], RequestState['turn']][] = [
    ['[RQ1] opened', '', 'open', 'requested'],
    ['[RQ1] chased', 'chase chase', 'open', 'requested'],
    ['[RQ2] acknowledged', 'acknowledge', 'acknowledged', 'requested'],
    ['[RQ2] an update acknowledges', 'update', 'acknowledged', 'requested'],
    ['[RQ3] returned', 'return', 'returned', 'requesting'],
    ['[RQ3] returned and completed', 'return / supplement', 'acknowledged', 'requested'],
    ['[RQ3] completed without having seen the return', 'return supplement', 'returned', 'requesting'],
    ['[RQ3] returned, and accepted all the same', 'return accept', 'accepted', 'requested'],
    ['[RQ3] returned again', 'return / supplement / return', 'returned', 'requesting'],
    ['[RQ3] returned after it was accepted', 'accept return', 'returned', 'requesting'],
    ['[RQ3] returned after an answer in part', 'part return', 'returned', 'requesting'],
    ['[RQ4] accepted, extended and updated', 'accept extend update', 'accepted', 'requested'],
    ['[RQ5] refused', 'refuse', 'refused', 'requesting'],
    ['[RQ6] answered', 'answer', 'answered', 'requesting'],
    ['[RQ6] nothing found', 'nothing', 'answered', 'requesting'],
    ['[RQ6] answered in part', 'part part', 'answered-in-part', 'requested'],
    ['[RQ6] answered in part and then in full', 'part answer', 'answered', 'requesting'],
    ['[RQ6] answered in part and then nothing more found', 'part nothing', 'answered', 'requesting'],
    ['[RQ6] an answer settles a return', 'return part', 'answered-in-part', 'requested'],
    ['[RQ7] closed after an answer', 'answer / close', 'closed', 'nobody'],
    ['[RQ7] closed after a refusal', 'refuse / close', 'closed', 'nobody'],
    ['[RQ7] closed after an answer in part', 'part / close', 'closed', 'nobody'],
    ['[RQ8] withdrawn', 'withdraw', 'withdrawn', 'nobody'],
    ['[RQ8] withdrawn while it was accepted', 'accept withdraw', 'withdrawn', 'nobody'],
    ['[RQ8] withdrawn while it was returned', 'return withdraw', 'withdrawn', 'nobody'],
    ['[RQ9] withdrawn beside an answer', 'answer withdraw', 'conflict', 'requesting'],
    ['[RQ9] an answer beside a withdrawal', 'withdraw answer', 'conflict', 'requesting'],
    ['[RQ9] withdrawn beside a refusal', 'withdraw refuse', 'conflict', 'requesting'],
    ['[RQ9] closed beside another answer', 'part / close answer', 'conflict', 'requesting'],
    ['[RQ10] the withdrawal is confirmed', 'answer withdraw / withdraw', 'withdrawn', 'nobody'],
    ['[RQ10] the answer is taken', 'answer withdraw / close', 'closed', 'nobody'],
    ['[RQ10] the refusal is taken', 'refuse withdraw / close', 'closed', 'nobody'],
    ['[RQ10] the closing is confirmed', 'part / close answer / close', 'closed', 'nobody'],
    [
      '[RQ10] a resolution resolves what it had seen only',
      'part withdraw /us withdraw answer',
      'conflict',
      'requesting',
    ],
    ['[RQ10] and then another one', 'part withdraw /us withdraw answer / close', 'closed', 'nobody'],
    ['[RQ11] assessed after closing', 'answer / close assess', 'closed', 'nobody'],
    ['[RQ2] a triage answer acknowledges', 'triage', 'acknowledged', 'requested'],
    ['[RQ6] not held', 'unheld', 'answered', 'requesting'],
    ['[RQ19] triaged again after it was accepted', 'triage accept triage', 'accepted', 'requested'],
    ['[RQ20] queried', 'accept query', 'queried', 'requesting'],
    ['[RQ20] queried and clarified', 'query / supplement', 'acknowledged', 'requested'],
    ['[RQ20] clarified without having seen the query', 'query supplement', 'queried', 'requesting'],
    ['[RQ20] queried and then returned', 'query return', 'returned', 'requesting'],
    ['[RQ20] one supplement settles a query and a return', 'query return / supplement', 'acknowledged', 'requested'],
    ['[RQ22] postponed', 'accept postpone', 'postponed', 'requested'],
    ['[RQ22] postponed and taken up again', 'postpone update', 'acknowledged', 'requested'],
    ['[RQ22] postponed anew', 'postpone update postpone', 'postponed', 'requested'],
    ['[RQ22] postponed and refused', 'postpone refuse', 'refused', 'requesting'],
    ['[RQ22] a chaser ends no postponement', 'postpone / chase', 'postponed', 'requested'],
    ['[RQ23] forwarded', 'acknowledge forward update', 'forwarded', 'requested'],
    ['[RQ23] forwarded and accepted there', 'forward accept', 'accepted', 'requested'],
    ['[RQ26] preserved', 'accept preserve', 'preserved', 'requesting'],
    ['[RQ26] a preservation settles a return', 'return preserve', 'preserved', 'requesting'],
    ['[RQ26] closed after it was preserved', 'preserve / close', 'closed', 'nobody'],
    ['[RQ9] withdrawn beside a preservation', 'preserve withdraw', 'conflict', 'requesting'],
    ['[RQ9] a renewal that crosses the closing is no response', 'preserve / renew / prolong close', 'closed', 'nobody'],
    ['[RQ27] a renewal is asked for', 'preserve / renew', 'preserved', 'requested'],
    ['[RQ27] a renewal is granted', 'preserve / renew / prolong', 'preserved', 'requesting'],
    ['[RQ28] released', 'preserve release', 'released', 'requesting'],
    ['[RQ28] released beside a renewal', 'preserve / release renew', 'released', 'requesting'],
    ['[RQ28] released after closing', 'preserve / close / release', 'closed', 'nobody'],
    ['[RQ29] abandoned', 'acknowledge / abandon', 'abandoned', 'nobody'],
    ['[RQ29] abandoned after an answer in part', 'part / abandon', 'abandoned', 'nobody'],
    ['[RQ29] lapsed', 'preserve / lapse', 'lapsed', 'nobody'],
    ['[RQ9] abandoned beside an answer', 'answer abandon', 'conflict', 'requesting'],
    ['[RQ10] and the answer is taken', 'answer abandon / close', 'closed', 'nobody'],
    ['[RQ30] converted after closing', 'refuse / close convert', 'closed', 'nobody'],
  ]
  test.each(states)('%s', (_, script, status, turn) => {
    const played = play(script)
    expect(stateOf(played)).toMatchObject({ status, turn })
  })
})

describe('refusals', () => {
  const refusals: readonly [string, string, string][] = [
    ['[RQ2] acknowledged twice', 'acknowledge acknowledge', 'request.acknowledged-already'],
    ['[RQ2] acknowledged after it was accepted', 'accept acknowledge', 'request.acknowledged-already'],
    ['[RQ3] returned twice', 'return return', 'request.returned-already'],
    ['[RQ3] chased while it is returned', 'return / chase', 'request.returned'],
    ['[RQ3] queried while it is returned', 'return query', 'request.returned-already'],
    ['[RQ20] queried twice', 'query query', 'request.queried-already'],
    ['[RQ20] chased while it is queried', 'query / chase', 'request.queried'],
    ['[RQ19] triaged after the answer', 'answer triage', 'request.answered-already'],
    ['[RQ22] postponed after a refusal', 'refuse postpone', 'request.refused-already'],
    ['[RQ24] agreed to an extension that there is not', 'extend / agree', 'request.extension-unknown'],
    ['[RQ26] answered after it was preserved', 'preserve answer', 'request.preserved-already'],
    ['[RQ26] preserved twice', 'preserve preserve', 'request.preserved-already'],
    ['[RQ26] chased after it was preserved', 'preserve / chase', 'request.preserved-already'],
    ['[RQ26] withdrawn after it was preserved', 'preserve / withdraw', 'request.preserved-already'],
    ['[RQ26] preserved after the answer', 'answer preserve', 'request.answered-already'],
    ['[RQ27] renewed before it was preserved', 'accept / renew', 'request.not-preserved'],
    ['[RQ27] renewed twice', 'preserve / renew renew', 'request.renewed-already'],
    ['[RQ27] renewed to no later moment', 'preserve / renew / prolong / renew', 'request.not-later'],
    ['[RQ27] granted to no later moment', 'preserve / renew / preserve', 'request.not-later'],
    ['[RQ27] renewed after closing', 'preserve / close renew', 'request.ended'],
    ['[RQ28] released before it was preserved', 'accept release', 'request.not-preserved'],
    ['[RQ28] released twice', 'preserve release release', 'request.released-already'],
    ['[RQ28] renewed after the release', 'preserve release / renew', 'request.released-already'],
    ['[RQ28] preserved after the release', 'preserve release prolong', 'request.released-already'],
    ['[RQ29] abandoned after the answer', 'answer / abandon', 'request.answered-already'],
    ['[RQ29] abandoned after a refusal', 'refuse / abandon', 'request.refused-already'],
    ['[RQ29] abandoned after it was preserved', 'preserve / abandon', 'request.preserved-already'],
    ['[RQ29] lapsed without a preservation', 'answer / lapse', 'request.not-preserved'],
    ['[RQ30] converted after the withdrawal', 'withdraw convert', 'request.ended'],
    ['[RQ30] converted in a conflict', 'answer withdraw / convert', 'request.conflict'],
    ['[RQ4] accepted twice', 'accept return accept accept', 'request.accepted-already'],
    ['[RQ5] refused twice', 'refuse refuse', 'request.refused-already'],
    ['[RQ5] answered after a refusal', 'refuse answer', 'request.refused-already'],
    ['[RQ5] refused after an answer in part', 'part refuse', 'request.answered-already'],
    ['[RQ5] supplemented after a refusal', 'refuse / supplement', 'request.refused-already'],
    ['[RQ6] answered after the answer', 'answer part', 'request.answered-already'],
    ['[RQ6] extended after the answer', 'nothing extend', 'request.answered-already'],
    ['[RQ6] chased after the answer', 'answer / chase', 'request.answered-already'],
    ['[RQ6] supplemented after the answer', 'answer / supplement', 'request.answered-already'],
    ['[RQ7] closed before any answer', 'accept / close', 'request.not-answered'],
    ['[RQ7] closed twice', 'answer / close close', 'request.ended'],
    ['[RQ7] answered after closing', 'part / close / answer', 'request.ended'],
    ['[RQ7] updated after closing', 'part / close / update', 'request.ended'],
    ['[RQ8] withdrawn twice', 'withdraw withdraw', 'request.ended'],
    ['[RQ8] withdrawn after the answer', 'answer / withdraw', 'request.answered-already'],
    ['[RQ8] withdrawn after an answer in part', 'part / withdraw', 'request.answered-already'],
    ['[RQ8] withdrawn after a refusal', 'refuse / withdraw', 'request.refused-already'],
    ['[RQ8] withdrawn after closing', 'answer / close withdraw', 'request.ended'],
    ['[RQ8] answered after the withdrawal', 'withdraw / answer', 'request.ended'],
    ['[RQ8] supplemented after the withdrawal', 'withdraw supplement', 'request.ended'],
    ['[RQ10] the requested party resolves a conflict', 'part withdraw / answer', 'request.conflict'],
    ['[RQ10] withdrawn in a conflict of closing', 'part / close answer / withdraw', 'request.answered-already'],
    ['[RQ10] supplemented in a conflict', 'part withdraw / supplement', 'request.conflict'],
    ['[RQ11] assessed before any answer', 'accept / assess', 'request.not-answered'],
    ['[RQ11] assessed in a conflict', 'answer withdraw / assess', 'request.conflict'],
    ['[RQ11] assessed after the withdrawal stood', 'answer withdraw / withdraw assess', 'request.ended'],
  ]
  test.each(refusals)('%s', (_, script, code) => {
    expect(lastVerdict(play(script).history)).toBe(code)
  })
})

describe('[RQ38] a chaser carries a receipt', () => {
  const receipt = { party: 'cn', size: 2, time: 1, signature: someSignature }
  test.each([
    ['of the requested party over the opening', receipt, 'valid'],
    ['of somebody else', { ...receipt, party: 'ru' }, 'request.receipt-other'],
    ['of its own', { ...receipt, party: 'us' }, 'request.receipt-other'],
    ['over a head without the opening', { ...receipt, size: 1 }, 'request.receipt-other'],
    ['over nothing', { ...receipt, size: 0 }, 'data.malformed'],
    ['with something that is no signature', { ...receipt, signature: `${'A'.repeat(85)}B==` }, 'data.malformed'],
    ['from before all time', { ...receipt, time: 0 }, 'data.malformed'],
  ])('[RQ38] %s: %s', (_, carried, verdict) => {
    const history = createAgreed(['cn', 'ru', 'us'])
    const opened = history.say('us', 'request.opened', { data: { to: 'cn' } })
    expect(opened.index).toBe(1)
    history.say('us', 'request.chased', { subject: opened.digest, data: { receipt: carried } })
    expect(lastVerdict(history)).toBe(verdict)
  })
})

describe('[RQ12] each half is one party’s', () => {
  const rows = requestTypes.flatMap(({ type }) => (type === 'request.opened' ? [] : [type as RequestType]))
  test.each(rows)('[RQ12] %s', (type) => {
    const [author] = Object.values(speeches).find(([, name]) => name === type)!
    for (const party of ['cn', 'ru', 'us']) {
      const { history, subject } = play('', createAgreed(['cn', 'ru', 'us']))
      history.look('ru')
      history.say(party, type, { subject })
      const verdict = lastVerdict(history)
      if (party === author) expect(verdict).not.toMatch(/party$/)
      else expect(verdict).toBe(author === 'us' ? 'request.not-requesting-party' : 'request.not-requested-party')
    }
  })
})

describe('[RQ13] opening', () => {
  const openings: readonly [string, string, CanonicalObject, ((history: History) => void)?][] = [
    ['to oneself', 'request.addressee-self', { to: 'us' }],
    ['to nobody of the channel', 'request.addressee-unknown', { to: 'fr' }],
    ['under no agreement', 'request.agreement-not-in-force', {}, (h) => h.say('us', 'agreement.withdrawn')],
    [
      'while the packs differ',
      'request.agreement-not-in-force',
      {},
      (h) => {
        h.say('us', 'agreement.adopted', { data: { pack: packTwo } })
      },
    ],
    ['citing what the pack does not have', 'request.commitment-unknown', { cites: ['help', 'peace'] }],
    ['citing what it has', 'valid', { cites: ['help', 'meet'] }],
    ['urgent without a ground', 'request.urgency-ground-missing', { urgency: 'urgent' }],
    ['urgent with a ground', 'valid', { urgency: 'emergency', urgencyGrounds: ['threat-to-life'] }],
    ['an extension of nothing', 'request.earlier-missing', { relation: 'extension' }],
    ['a follow-up of something', 'valid', { relation: 'follow-up', earlier: packTwo }],
    ['without an offence', 'data.malformed', { offences: [] }],
    ['with an offence twice', 'data.malformed', { offences: ['phishing', 'phishing'] }],
    ['with a field too many', 'data.malformed', { name: 'x' }],
    ['of a kind there is not', 'data.malformed', { kind: 'favour' }],
  ]
  test.each(openings)('[RQ13] %s', (_, code, data, before) => {
    const history = createAgreed()
    before?.(history)
    history.say('us', 'request.opened', { data })
    expect(lastVerdict(history)).toBe(code)
  })

  test('[RQ13] what counts is what the author had seen of the agreement', () => {
    const history = createHistory()
    history.say('cn', 'agreement.adopted')
    history.say('us', 'agreement.adopted')
    history.say('us', 'request.opened')
    expect(lastVerdict(history)).toBe('request.agreement-not-in-force')
    history.look('us')
    history.say('us', 'request.opened')
    expect(lastVerdict(history)).toBe('valid')
    history.say('cn', 'agreement.withdrawn')
    history.say('us', 'request.opened')
    expect(lastVerdict(history)).toBe('valid')
  })

  test('[RQ13] a request has a body', () => {
    const history = createAgreed()
    history.say('us', 'request.opened', { body: false })
    expect(lastVerdict(history)).toBe('body.missing')
  })
})

test('[RQ14] open requests go on when the agreement has ended, but cite it no more', () => {
  const { history, subject } = play('')
  history.say('cn', 'agreement.withdrawn')
  continuePlay(history, subject, '/ accept / supplement / answer')
  expect(lastVerdict(history)).toBe('valid')
  const { history: other, subject: request } = play('')
  other.say('cn', 'agreement.withdrawn')
  other.look('us')
  other.say('us', 'request.supplemented', { subject: request, data: { cites: ['help'] } })
  expect(lastVerdict(other)).toBe('request.agreement-not-in-force')
})

test('[RQ15] a supplement replaces the urgency and adds citations and relations', () => {
  const { history, subject } = play('')
  const add = (data: CanonicalObject) => history.say('us', 'request.supplemented', { subject, data })
  const one = '1'.repeat(64)
  const two = '2'.repeat(64)
  add({ cites: ['help'], related: [one], particulars: ['facts'] })
  add({ urgency: 'urgent', urgencyGrounds: ['evidence-at-risk'], cites: ['meet', 'help'], related: [two] })
  expect(stateOf({ history, subject })).toMatchObject({
    urgency: 'urgent',
    urgencyGrounds: ['evidence-at-risk'],
    cites: ['help', 'meet'],
    related: [one, two],
    supplements: [{ particulars: ['facts'] }, { particulars: [] }],
  })
  add({ urgency: 'emergency' })
  expect(lastVerdict(history)).toBe('request.urgency-ground-missing')
  add({ urgency: 'ordinary' })
  expect(stateOf({ history, subject })).toMatchObject({ urgency: 'ordinary', urgencyGrounds: [] })
})

describe('[RQ16] answers', () => {
  const answers: readonly [string, string, CanonicalObject, boolean][] = [
    ['in full without a body', 'request.answer-without-body', { outcome: 'full' }, false],
    ['in part without a body', 'request.answer-without-body', { outcome: 'part' }, false],
    ['not held, without a body', 'valid', { outcome: 'not-held' }, false],
    ['nothing found, without a body', 'valid', { outcome: 'nothing-found' }, false],
    ['in part with a ground', 'valid', { outcome: 'part', ground: 'security' }, true],
    ['in full with a ground', 'request.ground-without-part', { outcome: 'full', ground: 'security' }, true],
    ['with conditions', 'valid', { use: 'intelligence-only', conditions: ['confidential'] }, true],
  ]
  test.each(answers)('[RQ16] %s', (_, code, data, body) => {
    const { history, subject } = play('')
    history.say('cn', 'request.answered', { subject, data, body })
    expect(lastVerdict(history)).toBe(code)
  })
})

test('[RQ9] the state names what crossed the end, and who has answered is kept', () => {
  const { history, subject } = play('part withdraw answer')
  const [part, answer] = history.acts.filter(({ type }) => type === 'request.answered')
  expect(stateOf({ history, subject })).toMatchObject({
    ended: { by: 'withdrawn', ground: 'no-longer-needed' },
    crossed: [{ entry: part!.digest }, { entry: answer!.digest }],
    answers: [{ outcome: 'part' }, { outcome: 'full' }],
  })
})

test('[RQ17] what is done in an exercise stays in it', () => {
  const history = createAgreed()
  const drill = history.say('us', 'request.opened', { exercise: true }).digest
  const real = history.say('us', 'request.opened').digest
  history.look('cn')
  history.say('cn', 'request.accepted', { subject: drill })
  expect(lastVerdict(history)).toBe('exercise.differs')
  history.say('cn', 'request.accepted', { subject: real, exercise: true })
  expect(lastVerdict(history)).toBe('exercise.differs')
  history.say('cn', 'request.accepted', { subject: drill, exercise: true })
  expect(lastVerdict(history)).toBe('valid')
  expect(stateOf({ history, subject: drill })).toMatchObject({ exercise: true, status: 'accepted' })
})

test('[RQ10] whatever the history, the requesting party can resolve a conflict once it has seen all', () => {
  let conflicts = 0
  fc.assert(
    fc.property(historyOf(), fc.boolean(), (history, take) => {
      const judged = judgeAll(history)
      for (const { digest: subject, party, exercise } of judged.valid.filter(({ type }) => type === 'request.opened')) {
        const state = viewRequest(judged.of(subject))
        if (state.status !== 'conflict') continue
        conflicts++
        history.look(party)
        const again = !take && state.ended!.by === 'withdrawn' ? 'request.withdrawn' : 'request.closed'
        history.say(party, again, { subject, exercise })
        expect(lastVerdict(history)).toBe('valid')
        const after = stateOf({ history, subject })
        expect([after.status, after.crossed]).toEqual([again.slice('request.'.length), []])
      }
    }),
    { numRuns: 100 },
  )
  expect(conflicts).toBeGreaterThan(5)
})
