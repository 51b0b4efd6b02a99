import { officialRoles } from '@parley/record'
import { describe, expect, test } from 'vitest'
import { codeLists } from './codes.ts'
import { readAct, subjectOf } from './mechanism.ts'
import { checkShape } from './shape.ts'
import { demandsOf, entryTypes, findType, shapeOf, topicOf, topics } from './table.ts'
import { samples, someDigest } from './testing/samples.ts'

const digest = 'e'.repeat(64)
const place = { index: 3, digest, seen: { cn: 2 } }

test('[MT1] every type has one topic, a shape that its sample fits, and a demand of officials', () => {
  expect(entryTypes.map(({ type }) => type).sort()).toEqual(Object.keys(samples).sort())
  expect(topics.map(({ name }) => name)).toEqual([
    'agreement',
    'directory',
    'ping',
    'request',
    'evidence',
    'hotline',
    'receipt',
    'erasure',
  ])
  for (const { type, demand } of entryTypes) {
    expect(type).toMatch(/^(?=.{1,64}$)[a-z]+(\.[a-z]+)+$/)
    expect(topicOf(type).types.map((other) => other.type)).toContain(type)
    const data =
      type === 'entry.opened' || type === 'body.erased' ? samples[type] : samples[type as keyof typeof samples]
    expect([type, checkShape(shapeOf(type), data).kind]).toEqual([type, 'value'])
    expect(demand.count).toBeGreaterThan(0)
    expect(demandsOf(type)).toBe(demand)
  }
})

test('[MT1] the roles are those that the record enrols', () => {
  expect([...codeLists.role].sort()).toEqual([...officialRoles].sort())
})

test('[MT2] a type that is not known is unknown, and asking about it by name is an error', () => {
  expect(findType('request.danced')).toBeUndefined()
  expect(findType('constructor')).toBeUndefined()
  expect(subjectOf({ type: 'request.danced', data: {} }, digest)).toEqual({ kind: 'unknown' })
  for (const ask of [demandsOf, shapeOf, topicOf]) {
    expect(() => ask('request.danced')).toThrowError(expect.objectContaining({ code: 'type.unknown' }))
  }
})

describe('[MT3] subjects', () => {
  const subjects: readonly [string, Parameters<typeof subjectOf>[0], object][] = [
    ['of an opening', { type: 'request.opened', data: {} }, { kind: 'subject', subject: digest }],
    [
      'of an opening that names one',
      { type: 'request.opened', subject: someDigest, data: {} },
      { code: 'subject.forbidden' },
    ],
    [
      'of what follows',
      { type: 'request.chased', subject: someDigest, data: {} },
      { kind: 'subject', subject: someDigest },
    ],
    ['of what follows nothing', { type: 'request.chased', data: {} }, { code: 'subject.missing' }],
    ['of the agreement', { type: 'agreement.withdrawn', data: {} }, { kind: 'subject', subject: 'agreement' }],
    ['of the directory', { type: 'directory.ended', data: {} }, { kind: 'subject', subject: 'directory' }],
    [
      'of an agreement that names one',
      { type: 'agreement.withdrawn', subject: someDigest, data: {} },
      { code: 'subject.forbidden' },
    ],
    ['of a receipt', { type: 'entry.opened', subject: someDigest, data: {} }, { kind: 'subject', subject: someDigest }],
    [
      'of a receipt in the directory',
      { type: 'entry.opened', data: { standing: 'directory' } },
      { kind: 'subject', subject: 'directory' },
    ],
    [
      'of a receipt in two',
      { type: 'entry.opened', subject: someDigest, data: { standing: 'directory' } },
      { code: 'subject.forbidden' },
    ],
    ['of a receipt in none', { type: 'entry.opened', data: {} }, { code: 'subject.missing' }],
    [
      'of a receipt in something else',
      { type: 'entry.opened', data: { standing: 'governance' } },
      { code: 'subject.missing' },
    ],
    [
      'of an erasure',
      { type: 'body.erased', data: { standing: 'agreement' } },
      { kind: 'subject', subject: 'agreement' },
    ],
  ]
  test.each(subjects)('[MT3] %s', (_, entry, found) => {
    expect(subjectOf(entry, digest)).toMatchObject(found)
  })
})

test('[MT4] an entry is read as an act', () => {
  const body = { ciphertext: digest, commitment: someDigest, size: 1024 as const }
  const entry = { from: 'us', type: 'request.opened', at: 5, data: samples['request.opened'], body }
  const act = {
    party: 'us',
    type: 'request.opened',
    subject: digest,
    at: 5,
    data: entry.data,
    body,
    exercise: false,
    ...place,
  }
  expect(readAct(entry, place)).toEqual({ kind: 'act', act })
  expect(readAct({ ...entry, exercise: true }, place)).toEqual({ kind: 'act', act: { ...act, exercise: true } })
  expect(readAct({ ...entry, subject: digest }, place)).toEqual({ kind: 'invalid', code: 'subject.forbidden' })
  expect(readAct({ ...entry, type: 'request.danced' }, place)).toEqual({ kind: 'unknown' })
})
