import { expect, test } from 'vitest'
import { emptyDraft, otherLanguage, prepareAct } from './act-draft.ts'
import type { ActDraft } from './act-draft.ts'

const place = { exercise: false }
const opening: ActDraft = {
  ...emptyDraft('en'),
  values: {
    to: 'cn',
    kind: 'information',
    urgency: 'ordinary',
    offences: ['phishing'],
    languages: ['en'],
    handling: 'amber',
    office: undefined,
  },
  original: { language: 'en', text: 'Title\n\nText' },
}

function faultsOf(type: string, draft: ActDraft, where: Parameters<typeof prepareAct>[2] = place): string[] {
  const prepared = prepareAct(type, draft, where)
  return prepared.kind === 'ready' ? [] : prepared.faults.map(({ code, pointer }) => `${pointer} ${code}`)
}

test('a whole draft becomes exactly what is recorded, without what was not filled in', () => {
  const prepared = prepareAct(
    'request.opened',
    { ...opening, particulars: { facts: 'It happened', purpose: ' ' } },
    place,
  )
  expect(prepared).toEqual({
    kind: 'ready',
    act: {
      type: 'request.opened',
      data: {
        to: 'cn',
        kind: 'information',
        urgency: 'ordinary',
        offences: ['phishing'],
        languages: ['en'],
        handling: 'amber',
        particulars: ['facts'],
      },
      body: {
        v: 1,
        texts: [{ language: 'en', text: 'Title\n\nText', role: 'original' }],
        fields: { facts: 'It happened' },
      },
    },
  })
})

test('an act without a text has no body', () => {
  const subject = 'a'.repeat(64)
  expect(prepareAct('request.acknowledged', emptyDraft('zh-Hans'), { subject, exercise: true })).toEqual({
    kind: 'ready',
    act: { type: 'request.acknowledged', subject, data: {}, exercise: true },
  })
})

test('a translation stands beside the original', () => {
  const prepared = prepareAct(
    'request.opened',
    { ...opening, translation: { language: 'zh-Hans', text: '标题' } },
    place,
  )
  expect(
    prepared.kind === 'ready' && prepared.act.body?.texts.map(({ language, role }) => `${language} ${role}`),
  ).toEqual(['en original', 'zh-Hans translation'])
})

test('fixed fields are not the person’s to choose', () => {
  const { to: _, ...values } = opening.values
  const prepared = prepareAct('request.opened', { ...opening, values }, { ...place, fixed: { to: 'cn' } })
  expect(prepared.kind === 'ready' && prepared.act.data['to']).toBe('cn')
})

test.each([
  ['nothing filled in', 'request.opened', emptyDraft('en'), '/kind shape.missing-field'],
  ['no text', 'request.opened', { ...opening, original: { language: 'en', text: ' \n' } }, 'original text.blank'],
  [
    'a control character',
    'request.opened',
    { ...opening, original: { language: 'en', text: 'a\u0007' } },
    'original text.control',
  ],
  [
    'an empty translation',
    'request.opened',
    { ...opening, translation: { language: 'zh-Hans', text: '' } },
    'translation text.blank',
  ],
  [
    'particulars without a text',
    'request.acknowledged',
    { ...emptyDraft('en'), particulars: { facts: 'x' } },
    'original text.blank',
  ],
  [
    'haste without a ground',
    'request.opened',
    { ...opening, values: { ...opening.values, urgency: 'urgent' } },
    '/urgencyGrounds request.urgency-ground-missing',
  ],
  [
    'an answer that says nothing',
    'request.answered',
    { ...emptyDraft('en'), values: { outcome: 'full', handling: 'amber' } },
    'original request.answer-without-body',
  ],
  [
    'an office that is a name',
    'request.acknowledged',
    { ...emptyDraft('en'), values: { office: 'Some One' } },
    '/office shape.token',
  ],
  [
    'half of an assessment',
    'request.assessed',
    { ...emptyDraft('en'), values: { marks: { timeliness: 3 } } },
    '/marks/completeness shape.missing-field',
  ],
] as const)('%s is said before anything is sent', (_, type, draft, fault) => {
  expect(faultsOf(type, draft)).toContain(fault)
})

test('that nothing was found needs no text', () => {
  expect(
    faultsOf('request.answered', { ...emptyDraft('en'), values: { outcome: 'nothing-found', handling: 'green' } }),
  ).toEqual([])
})

test('a type that is not known is never prepared', () => {
  expect(faultsOf('request.invented', opening)).toEqual([' shape.type'])
})

test('there are two languages to write in', () => {
  expect([otherLanguage('en'), otherLanguage('zh-Hans')]).toEqual(['zh-Hans', 'en'])
})
