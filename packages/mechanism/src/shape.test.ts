import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatJsonSchema, listFields } from './shape-description.ts'
import {
  boolean,
  checkShape,
  codes,
  constant,
  date,
  digest,
  integer,
  language,
  list,
  object,
  party,
  reasonsMax,
  record,
  set,
  text,
  token,
  zone,
  type Shape,
} from './shape.ts'
import { entryTypes } from './table.ts'

const nested = object({ a: object({ 'b/c~d': digest() }) }, { e: list(integer(1, 5), { max: 2 }) })

describe('refusals', () => {
  const refusals: readonly [string, Shape<unknown>, unknown, string, string][] = [
    ['a string for a truth value', boolean(), 'true', 'shape.type', ''],
    ['a number for a code', codes('urgency'), 1, 'shape.type', ''],
    ['a code of another list', codes('urgency'), 'full', 'shape.code', ''],
    ['a property of arrays as a code', codes('urgency'), 'length', 'shape.code', ''],
    ['another constant', constant(1), 2, 'shape.constant', ''],
    ['another kind of constant', constant(1), '1', 'shape.type', ''],
    ['a digest in capitals', digest(), 'A'.repeat(64), 'shape.digest', ''],
    ['a short digest', digest(), 'a'.repeat(63), 'shape.digest', ''],
    ['a digest and a line end', digest(), `${'a'.repeat(64)}\n`, 'shape.digest', ''],
    ['an integer below', integer(1, 5), 0, 'shape.range', ''],
    ['an integer above', integer(1, 5), 6, 'shape.range', ''],
    ['a fraction', integer(1, 5), 1.5, 'shape.range', ''],
    ['negative zero', integer(0, 5), -0, 'shape.range', ''],
    ['not a number', integer(0, 5), Number.NaN, 'shape.range', ''],
    ['beyond 2^53', integer(0, 2 ** 60), 2 ** 53, 'shape.range', ''],
    ['a string for an integer', integer(0, 5), '1', 'shape.type', ''],
    ['an empty token', token(), '', 'shape.token', ''],
    ['a token with a space', token(), 'a b', 'shape.token', ''],
    ['a token that begins with a dot', token(), '.a', 'shape.token', ''],
    ['a token in capitals', token(), 'Desk', 'shape.token', ''],
    ['a token too long', token(3), 'abcd', 'shape.token', ''],
    ['a token with a letter that folds to ASCII', token(), 'ſ', 'shape.token', ''],
    ['a party that begins with a digit', party(), '1a', 'shape.party', ''],
    ['a party too long', party(), 'a'.repeat(17), 'shape.party', ''],
    ['a language with an underscore', language(), 'zh_Hans', 'shape.language', ''],
    ['a language in capitals', language(), 'EN', 'shape.language', ''],
    ['a zone with a path', zone(), '../etc/passwd', 'shape.zone', ''],
    ['a zone in small letters', zone(), 'utc', 'shape.zone', ''],
    ['a day that is not', date(), '2015-02-29', 'shape.date', ''],
    ['a month that is not', date(), '2015-13-01', 'shape.date', ''],
    ['a century that is no leap year', date(), '1900-02-29', 'shape.date', ''],
    ['another spelling of a date', date(), '2015-9-5', 'shape.date', ''],
    ['an empty text', text(3), '', 'shape.length', ''],
    ['a long text', text(3), 'abcd', 'shape.length', ''],
    ['half a character', text(3), '\ud800', 'shape.text', ''],
    ['an object for a list', list(token(), { max: 2 }), {}, 'shape.type', ''],
    ['a long list', list(token(), { max: 1 }), ['a', 'b'], 'shape.length', ''],
    ['an empty set', set(token(), 2), [], 'shape.length', ''],
    ['a set with equals', set(token(), 3), ['a', 'b', 'a'], 'shape.duplicate', '/2'],
    ['a bad item', list(token(), { max: 2 }), ['a', 1], 'shape.type', '/1'],
    ['a hole in a list', list(token(), { max: 2 }), Array.from({ length: 1 }), 'shape.type', '/0'],
    ['null for an object', object({}), null, 'shape.type', ''],
    ['a list for an object', object({}), [], 'shape.type', ''],
    ['a missing field', nested, {}, 'shape.missing-field', '/a'],
    ['an unknown field', nested, { a: { 'b/c~d': 'a'.repeat(64) }, x: 1 }, 'shape.unknown-field', '/x'],
    ['an inherited field', object({ toString: token() }), {}, 'shape.missing-field', '/toString'],
    ['the prototype as a field', object({}), JSON.parse('{"__proto__":1}'), 'shape.unknown-field', '/__proto__'],
    ['a field to be escaped', nested, { a: { 'b/c~d': 1 } }, 'shape.type', '/a/b~1c~0d'],
    ['a field that is there and undefined', object({}, { a: token() }), { a: undefined }, 'shape.type', '/a'],
    ['a name that is no token', record(token(), text(9), { max: 2 }), { A: 'x' }, 'shape.token', '/A'],
    ['too many names', record(token(), text(9), { max: 1 }), { a: 'x', b: 'y' }, 'shape.length', ''],
    ['a bad value in a record', record(token(), text(9), { max: 1 }), { a: 1 }, 'shape.type', '/a'],
    [
      'the prototype in a record',
      record(token(), text(9), { max: 1 }),
      JSON.parse('{"__proto__":"x"}'),
      'shape.token',
      '/__proto__',
    ],
  ]
  test.each(refusals)('[SH1] %s', (_, shape, value, code, pointer) => {
    const checked = checkShape(shape, value)
    expect(checked).toMatchObject({ kind: 'refused', reasons: [{ code, pointer }] })
  })
})

test('[SH2] what is let through is a copy with the fields of the shape', () => {
  const value = { e: [1, 5], a: { 'b/c~d': 'a'.repeat(64) } }
  const checked = checkShape(nested, value)
  expect(checked).toEqual({ kind: 'value', value })
  expect(checked.kind === 'value' && checked.value).not.toBe(value)
  expect(checked.kind === 'value' && checked.value.a).not.toBe(value.a)
})

test('[SH1] reasons end at a limit', () => {
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`x${i}`, 1]))
  const checked = checkShape(object({}), many)
  expect(checked.kind === 'refused' && checked.reasons.length).toBe(reasonsMax)
})

test('[SH1] whatever JSON comes, every shape of every type lets it through or refuses it with reasons', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(...entryTypes), (value, { shape }) => {
      const checked = checkShape(shape, value)
      if (checked.kind === 'value') expect(checkShape(shape, checked.value)).toEqual(checked)
      else
        for (const { code, pointer } of checked.reasons) expect(`${code} ${pointer}`).toMatch(/^shape\.[a-z-]+ (\/|$)/)
    }),
    { numRuns: 500 },
  )
})

test('[SH3] no entry carries free text', () => {
  const holdsText = (shape: Shape<unknown>): boolean => JSON.stringify(shape).includes('"kind":"text"')
  expect(holdsText(object({ a: text(1) }))).toBe(true)
  expect(entryTypes.length).toBeGreaterThan(20)
  for (const { type, shape } of entryTypes) expect([type, holdsText(shape)]).toEqual([type, false])
})

test('[SH4] a shape lists its fields', () => {
  expect(listFields(nested)).toEqual([
    { pointer: '/a', required: true, what: 'object' },
    { pointer: '/a/b/c~d', required: true, what: 'SHA-256 digest, hexadecimal' },
    { pointer: '/e', required: false, what: '0 to 2 of: integer from 1 to 5' },
  ])
})

test('[SH4] a shape is a JSON Schema', () => {
  expect(formatJsonSchema(nested)).toEqual({
    type: 'object',
    properties: {
      a: {
        type: 'object',
        properties: { 'b/c~d': { type: 'string', pattern: '^[0-9a-f]{64}$' } },
        required: ['b/c~d'],
        additionalProperties: false,
      },
      e: { type: 'array', items: { type: 'integer', minimum: 1, maximum: 5 }, minItems: 0, maxItems: 2 },
    },
    required: ['a'],
    additionalProperties: false,
  })
})
