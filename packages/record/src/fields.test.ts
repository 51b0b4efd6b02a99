import fc from 'fast-check'
import { expect, test } from 'vitest'
import { refusalOf } from '../test-support/refusal.ts'
import { formatBase64, parseBase64 } from './bytes.ts'
import { createFieldReader } from './fields.ts'

const read = createFieldReader('entry.malformed')

test('[EN1] base64 is read as it is decoded: one spelling of some bytes', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'ABQgw048+/=_-\n é'.split('')), maxLength: 12 })
  const spelled = fc.uint8Array({ maxLength: 9 }).map(formatBase64)
  fc.assert(
    fc.property(fc.oneof(letters, spelled), (text) => {
      const decoded = refusalOf(() => parseBase64(text)) === 'accepted'
      expect(refusalOf(() => read.base64(text, 'x', 0, 1000))).toBe(decoded ? 'accepted' : 'entry.malformed')
      if (!decoded) return
      const { length } = parseBase64(text)
      expect(read.base64(text, 'x', length)).toBe(text)
      expect(refusalOf(() => read.base64(text, 'x', length + 1))).toBe('entry.malformed')
      expect(refusalOf(() => read.base64(text, 'x', 0, length - 1))).toBe('entry.malformed')
    }),
    { numRuns: 2000 },
  )
})

test.each([
  ['an array for an object', () => read.object([], 'x', [])],
  ['null for an object', () => read.object(null, 'x', [])],
  ['a missing field', () => read.object({}, 'x', ['a'])],
  ['a field of the prototype for one of its own', () => read.object({}, 'x', ['toString'])],
  ['a stranger', () => read.object({ a: 1, b: 2 }, 'x', ['a'])],
  ['a number for text', () => read.text(1, 'x', /./)],
  ['text of another form', () => read.text('b', 'x', /^a$/)],
  ['a number for base64', () => read.base64(1, 'x', 0, 9)],
  ['a fraction', () => read.integer(0.5, 'x', 0, 1)],
  ['an integer out of bounds', () => read.integer(2, 'x', 0, 1)],
  ['an object for an array', () => read.array({}, 'x', 0, 1)],
  ['too few items', () => read.array([], 'x', 1, 1)],
  ['too many items', () => read.array([1, 2], 'x', 1, 1)],
  ['a word that is not of the list', () => read.word('c', 'x', ['a', 'b'])],
  ['a word of the prototype', () => read.word('length', 'x', ['a', 'b'])],
  ['items that fall', () => read.rising(['b', 'a'], 'x', (item) => item)],
  ['items that are equal', () => read.rising(['a', 'a'], 'x', (item) => item)],
])('[EN1] refused: %s', (_name, attempt) => {
  expect(refusalOf(attempt)).toBe('entry.malformed')
})
