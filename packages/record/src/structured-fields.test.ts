import fc from 'fast-check'
import { expect, test } from 'vitest'
import { refusalOf } from '../test-support/refusal.ts'
import { formatByteSequences, formatInnerLists, parseByteSequences, parseInnerLists } from './structured-fields.ts'
import { innerListItemsMax, structuredFieldLengthMax } from './structured-fields.ts'

const key = fc.stringMatching(/^[a-z*][a-z0-9_.*-]{0,6}$/)
const printable = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
  maxLength: 12,
})
const bareItem = fc.oneof(printable, fc.nat(), fc.constant(999_999_999_999_999), fc.constant(true as const))
const parameters = fc.array(fc.tuple(key, bareItem), { maxLength: 4 }).map((pairs) => new Map(pairs))
const innerList = fc.record({
  items: fc.array(fc.record({ value: printable, parameters }), { maxLength: 4 }),
  parameters,
})

function dictionary<Member>(member: fc.Arbitrary<Member>): fc.Arbitrary<Map<string, Member>> {
  return fc.array(fc.tuple(key, member), { minLength: 1, maxLength: 4 }).map((pairs) => new Map(pairs))
}

test('[HS1] a field survives the round trip, order included', () => {
  fc.assert(
    fc.property(dictionary(innerList), (lists) => {
      const parsed = parseInnerLists(formatInnerLists(lists))
      expect(parsed).toEqual(lists)
      expect([...parsed.keys()]).toEqual([...lists.keys()])
    }),
  )
  fc.assert(
    fc.property(dictionary(fc.uint8Array({ maxLength: 70 })), (members) => {
      expect(parseByteSequences(formatByteSequences(members))).toEqual(members)
    }),
  )
})

test('[HS1] whatever is accepted is spelled as it would be written', () => {
  const characters = fc.constantFrom(...Array.from('abz09_-.*=;,: ()"\\\t?@#A'))
  fc.assert(
    fc.property(fc.string({ unit: characters, maxLength: 24 }), (text) => {
      if (refusalOf(() => parseInnerLists(text)) === 'accepted')
        expect(formatInnerLists(parseInnerLists(text))).toBe(text)
      if (refusalOf(() => parseByteSequences(text)) === 'accepted')
        expect(formatByteSequences(parseByteSequences(text))).toBe(text)
    }),
    { numRuns: 2000 },
  )
})

test.each([
  ['nothing', ''],
  ['no member', ', a=()'],
  ['a key in upper case', 'Sig=()'],
  ['no value', 'sig'],
  ['a space about the equals sign', 'sig= ()'],
  ['no space after the comma', 'a=(),b=()'],
  ['two spaces after the comma', 'a=(),  b=()'],
  ['a comma at the end', 'a=(), '],
  ['a member twice', 'a=(), a=()'],
  ['a space after the field', 'a=() '],
  ['a list that does not end', 'a=("x"'],
  ['a space within an empty list', 'a=( )'],
  ['two spaces between items', 'a=("x"  "y")'],
  ['no space between items', 'a=("x""y")'],
  ['a token for an item', 'a=(x)'],
  ['an integer for an item', 'a=(1)'],
  ['a string that does not end', 'a=("x)'],
  ['an escape of nothing special', 'a=("\\x")'],
  ['a control character', 'a=("\u0000")'],
  ['a character above ASCII', 'a=("\u00e9")'],
  ['a leading zero', 'a=();created=01'],
  ['a sign', 'a=();created=-1'],
  ['sixteen digits', 'a=();created=1234567890123456'],
  ['a decimal', 'a=();created=1.0'],
  ['a token for a parameter', 'a=();alg=ed25519'],
  ['true written out', 'a=();sf=?1'],
  ['a byte sequence for a parameter', 'a=();nonce=:AA==:'],
  ['a parameter twice', 'a=();tag="x";tag="x"'],
  ['a space before a parameter', 'a=(); tag="x"'],
  ['too many items', `a=(${Array.from({ length: innerListItemsMax + 1 }, () => '"x"').join(' ')})`],
  ['too many parameters', `a=()${Array.from({ length: 17 }, (_, at) => `;p${at}`).join('')}`],
  ['too many members', Array.from({ length: 17 }, (_, at) => `m${at}=()`).join(', ')],
  ['a field beyond its limit', `a=("${'x'.repeat(structuredFieldLengthMax)}")`],
])('[HS1] refused as a list: %s', (_case, text) => {
  expect(refusalOf(() => parseInnerLists(text))).toBe('http-signature.malformed')
})

test.each([
  ['a list', 'a=()'],
  ['no colons', 'a=AA=='],
  ['no colon at the end', 'a=:AA=='],
  ['no padding', 'a=:AA:'],
  ['base64 that is not canonical', 'a=:AB==:'],
  ['the alphabet for URLs', 'a=:__8=:'],
  ['a space within', 'a=:AA ==:'],
  ['a parameter', 'a=:AA==:;x'],
])('[HS1] refused as bytes: %s', (_case, text) => {
  expect(refusalOf(() => parseByteSequences(text))).toBe('http-signature.malformed')
})

test('[HS1] what has no spelling is not written', () => {
  const none = new Map<string, string | number | true>()
  const written: [string, () => unknown][] = [
    ['a key', () => formatByteSequences(new Map([['A', new Uint8Array()]]))],
    [
      'a string',
      () => formatInnerLists(new Map([['a', { items: [{ value: '\n', parameters: none }], parameters: none }]])),
    ],
    ['an integer', () => formatInnerLists(new Map([['a', { items: [], parameters: new Map([['x', 1e15]]) }]]))],
    ['a fraction', () => formatInnerLists(new Map([['a', { items: [], parameters: new Map([['x', 0.5]]) }]]))],
  ]
  for (const [what, attempt] of written) expect(refusalOf(attempt), what).toBe('http-signature.malformed')
})
