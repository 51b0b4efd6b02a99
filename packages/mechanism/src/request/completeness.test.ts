import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { codeLists } from '../codes.ts'
import { type Guided, listGiven, listMissing, listParticulars } from './completeness.ts'

const ordinary = { urgency: 'ordinary' } as const

test('[RQ35] a request for preservation asks for the six items of article 29(2)', () => {
  expect(listParticulars({ kind: 'preservation', ...ordinary })).toEqual([
    'authority',
    'contact',
    'facts',
    'data-sought',
    'identifiers',
    'custodian',
    'relation-to-offence',
    'necessity',
    'formal-request-intended',
  ])
})

test('[RQ35] urgency asks for its reason, and a relation for the earlier request', () => {
  const asked = { kind: 'technical-advice', urgency: 'urgent', relation: 'extension' } as const
  expect(listMissing(asked, ['authority', 'contact', 'facts', 'result-sought'])).toEqual([
    'urgency-reason',
    'earlier-requests',
  ])
  expect(listMissing({ ...asked, urgency: 'ordinary', relation: 'new' }, [])).not.toContain('earlier-requests')
})

test('[RQ36] guidelines of the agreement take the place of the templates, kind by kind', () => {
  const origin = { source: 'field', own: true }
  const kind = { kind: 'information', required: ['purpose'], relations: ['new'], ...origin } as const
  const guided = { kinds: [kind] } as unknown as Guided
  expect(listParticulars({ kind: 'information', ...ordinary }, guided)).toEqual(['purpose'])
  expect(listParticulars({ kind: 'mitigation', ...ordinary }, guided)).toEqual(
    listParticulars({ kind: 'mitigation', ...ordinary }),
  )
})

test('[RQ35] what is given is never missing, and giving more never makes more missing', () => {
  const code = fc.constantFrom(...codeLists.particular)
  fc.assert(
    fc.property(
      fc.constantFrom(...codeLists.requestKind),
      fc.constantFrom(...codeLists.urgency),
      fc.constantFrom(undefined, ...codeLists.relation),
      fc.uniqueArray(code),
      code,
      (kind, urgency, relation, given, more) => {
        const asked = { kind, urgency, relation }
        const missing = listMissing(asked, given)
        expect(missing.some((item) => given.includes(item))).toBe(false)
        expect([...missing, ...given]).toEqual(expect.arrayContaining([...listParticulars(asked)]))
        expect(missing).toEqual(expect.arrayContaining([...listMissing(asked, [...given, more])]))
      },
    ),
  )
})

test('[RQ37] a particular is given by a field of the body that says something', () => {
  expect(listGiven({ identifiers: '198.51.100.7', facts: ' ', other: 'x', authority: 'Office' })).toEqual([
    'authority',
    'identifiers',
  ])
  expect(listGiven(undefined)).toEqual([])
})
