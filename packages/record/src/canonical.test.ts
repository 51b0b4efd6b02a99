import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describePublished } from '../test-support/shared-vectors.ts'
import { flippedByte, refusalOf } from '../test-support/refusal.ts'
import { bytesOfVector, readRecordVectors, type VectorBytes } from '../test-support/record-vectors.ts'
import { formatHex } from './bytes.ts'
import {
  canonicalText,
  formatCanonical,
  parseCanonical,
  type CanonicalLimits,
  type CanonicalProfile,
} from './canonical.ts'
import { RecordError } from './error.ts'

interface CanonicalVectors {
  limits: CanonicalLimits
  parse: (VectorBytes & { name: string; profile: CanonicalProfile; expect: string })[]
  format: { name: string; json: string; canonical: string }[]
}

const vectors = readRecordVectors<CanonicalVectors>('canonical')
const limits = { bytesMax: 16_384, depthMax: 8 }

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string()).filter((text) => text !== '__proto__')
const parleyValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 6 },
    fc.maxSafeInteger(),
    fc.boolean(),
    anyText,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(anyText, tie('value'), { maxKeys: 4 }),
  ),
})).value

describe('parsing', () => {
  test.each(vectors.parse)('[CJ1] $profile: $name is $expect', (vector) => {
    const bytes = bytesOfVector(vector)
    expect(refusalOf(() => parseCanonical(bytes, { ...vectors.limits, profile: vector.profile }))).toBe(vector.expect)
  })

  test('[CJ4] no hostile key has polluted a prototype', () => {
    for (const vector of vectors.parse) refusalOf(() => parseCanonical(bytesOfVector(vector), vectors.limits))
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test('[CJ5] a long or deep input is refused before it is parsed', () => {
    const deep = new TextEncoder().encode('['.repeat(10_000_000))
    expect(refusalOf(() => parseCanonical(deep, limits))).toBe('json.limit')
    expect(refusalOf(() => parseCanonical(deep, { bytesMax: 20_000_000, depthMax: 1_000_000 }))).toBe('json.limit')
  })

  test('[CJ7] what is written is accepted, and is written again as the same bytes', () => {
    fc.assert(
      fc.property(parleyValue, (value) => {
        const bytes = formatCanonical(value)
        const parsed = parseCanonical(bytes, { bytesMax: 1e9, depthMax: 64 })
        expect(parsed).toEqual(value)
        expect(formatCanonical(parsed)).toEqual(bytes)
      }),
    )
  })

  test('[CJ7] a changed byte is refused or gives another value', () => {
    const value = { a: [1, 'é', true], b: { c: 'text \\ "quoted"', d: -5 } }
    const bytes = formatCanonical(value)
    fc.assert(
      fc.property(flippedByte(bytes), (flipped) => {
        if (refusalOf(() => parseCanonical(flipped, limits)) !== 'accepted') return
        expect(parseCanonical(flipped, limits)).not.toEqual(value)
      }),
    )
  })

  test('[CJ7] any JSON is accepted exactly if it is written again as the same text', () => {
    const key = fc.oneof(anyText, fc.constantFrom('9', '10', 'a', 'b', '__proto__'))
    const entries = (value: fc.Arbitrary<string>) => fc.array(fc.tuple(key, value), { maxLength: 3 })
    const json = fc.letrec<{ text: string }>((tie) => ({
      text: fc.oneof(
        { depthSize: 'small', maxDepth: 3 },
        fc.constantFrom(
          'null',
          'true',
          '0',
          '-0',
          '1.0',
          '1e3',
          '0.5',
          '9007199254740993',
          '"\\u0061"',
          '"\\ud800"',
          ' 1',
        ),
        fc.maxSafeInteger().map(String),
        anyText.map((text) => JSON.stringify(text)),
        fc.array(tie('text'), { maxLength: 3 }).map((items) => `[${items.join()}]`),
        entries(tie('text')).map((of) => `{${of.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join()}}`),
      ),
    })).text
    fc.assert(
      fc.property(json, (text) => {
        const same = refusalOf(() => {
          if (canonicalText(JSON.parse(text)) !== text) throw new RecordError('json.not-canonical', text)
        })
        expect(refusalOf(() => parseCanonical(new TextEncoder().encode(text), limits))).toBe(same)
      }),
      { numRuns: 2000 },
    )
  })

  test('[CJ9] any bytes give a value or a refusal', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        refusalOf(() => parseCanonical(bytes, limits))
      }),
    )
  })
})

describe('writing', () => {
  test.each(vectors.format)('[CJ2] $name', ({ json, canonical }) => {
    expect(canonicalText(JSON.parse(json))).toBe(canonical)
  })

  test('[CJ2] the order in which keys were put in does not matter', () => {
    fc.assert(
      fc.property(fc.dictionary(anyText, fc.maxSafeInteger()), (value) => {
        expect(canonicalText(Object.fromEntries(Object.entries(value).reverse()))).toBe(canonicalText(value))
      }),
    )
  })

  const cycle: unknown[] = []
  cycle.push(cycle)
  test.each([
    ['undefined', undefined, 'json.malformed'],
    ['a field that is undefined', { a: undefined }, 'json.malformed'],
    ['a hole in an array', Array.from({ length: 2 }).fill(1, 1), 'json.malformed'],
    ['a function', () => 1, 'json.malformed'],
    ['a symbol', Symbol('x'), 'json.malformed'],
    ['a bigint', 1n, 'json.malformed'],
    ['a date', new Date(0), 'json.malformed'],
    ['a map', new Map(), 'json.malformed'],
    ['bytes', new Uint8Array(2), 'json.malformed'],
    ['NaN', Number.NaN, 'json.malformed'],
    ['infinity', Number.POSITIVE_INFINITY, 'json.malformed'],
    ['a cycle', cycle, 'json.limit'],
  ])('[CJ8] %s is refused', (_name, value, code) => {
    expect(refusalOf(() => canonicalText(value))).toBe(code)
    expect(refusalOf(() => canonicalText(value, 'rfc8785'))).toBe(code)
  })

  test('[CJ3] null and fractions are written in the rfc8785 profile alone', () => {
    for (const value of [null, 1.5, 2 ** 53]) {
      expect(refusalOf(() => canonicalText(value))).toBe('json.malformed')
      expect(canonicalText(value, 'rfc8785')).toBe(String(value))
    }
  })

  test('[CJ4] __proto__ is refused as an own key and never read from a prototype', () => {
    expect(refusalOf(() => canonicalText(JSON.parse('{"__proto__":1}')))).toBe('json.malformed')
    expect(canonicalText(Object.assign(Object.create(null), { a: 1 }))).toBe('{"a":1}')
  })
})

describePublished('jcs-rfc8785/testdata', (published) => {
  test.each(published.listFiles('input'))('[CJ6] %s', (file) => {
    const name = file.replace('input/', '')
    const output = published.readBytes(`output/${name}`)
    expect(formatCanonical(published.readJson(file), 'rfc8785')).toEqual(output)
    const hex = published.readText(`outhex/${name.replace('.json', '.txt')}`).replaceAll(/\s/g, '')
    expect(formatHex(output)).toBe(hex)
    expect(formatCanonical(parseCanonical(output, { ...limits, profile: 'rfc8785' }), 'rfc8785')).toEqual(output)
  })
})
