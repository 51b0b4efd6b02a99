import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { HttpError } from './error.ts'
import { parseJson } from './json.ts'

const parse = (text: string) => parseJson(new TextEncoder().encode(text))

test('[HT14] agrees with the platform on what both take', () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 5 },
      fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
      fc.maxSafeInteger().map((n) => n + 0),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('any'), { maxLength: 5 }),
      fc.dictionary(
        fc.string().filter((name) => name !== '__proto__'),
        tie('any'),
        { maxKeys: 5 },
      ),
    ),
  })).any
  fc.assert(
    fc.property(value, fc.constantFrom(0, 1, '\t'), (given, space) => {
      const text = JSON.stringify(given, null, space)
      expect(parse(text)).toEqual(JSON.parse(text))
    }),
  )
})

test('[HT14] never takes what the platform refuses', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'{}[]",:\\u0123dtrufalsn e-.\n\t\u0000'.split('')), maxLength: 24 }),
      (text) => {
        let read: unknown
        try {
          read = parse(text)
        } catch (error) {
          expect(error).toBeInstanceOf(HttpError)
          return
        }
        expect(read).toEqual(JSON.parse(text))
      },
    ),
    { numRuns: 2000 },
  )
})

test.each([
  ['', 'nothing'],
  [' ', 'space'],
  ['\ufeff{}', 'a byte order mark'],
  ['{"a":1,"a":1}', 'a name twice'],
  ['{"a":1,"\\u0061":2}', 'a name twice, once escaped'],
  ['{"x":{"a":1,"b":2,"a":3}}', 'a name twice, inside'],
  ['{"__proto__":{}}', 'a prototype'],
  ['{"\\u005f_proto__":{}}', 'a prototype, escaped'],
  ['1.0', 'a fraction'],
  ['1e3', 'an exponent'],
  ['1E3', 'an exponent'],
  ['-0', 'minus nought'],
  ['9007199254740992', 'more than a safe integer'],
  ['-9007199254740992', 'less than a safe integer'],
  ['99999999999999999999', 'far more'],
  ['01', 'a leading nought'],
  ['+1', 'a plus'],
  ['- 1', 'a lonely minus'],
  ['0x10', 'another base'],
  ['NaN', 'no number'],
  ['Infinity', 'no number'],
  ['"\\ud800"', 'half a pair'],
  ['"\\udc00\\ud800"', 'a pair the wrong way round'],
  ['{"\\ud800":1}', 'half a pair in a name'],
  ['"\u0000"', 'a control'],
  ['"\n"', 'a line feed'],
  ['"\\x41"', 'an unknown escape'],
  ['"\\u00zz"', 'a broken escape'],
  ['"a', 'an end too soon'],
  ['"a\\', 'an end too soon'],
  ['"a\\"', 'an end too soon'],
  ["'a'", 'the wrong quotes'],
  ['{a:1}', 'a bare name'],
  ['{"a"}', 'no value'],
  ['{"a":}', 'no value'],
  ['{"a":1,}', 'a comma too many'],
  ['{,}', 'a lonely comma'],
  ['[1,]', 'a comma too many'],
  ['[,1]', 'a comma too many'],
  ['[1 2]', 'no comma'],
  ['[1', 'no end'],
  ['{"a":1', 'no end'],
  ['[}', 'another end'],
  ['{]', 'another end'],
  ['{} {}', 'two values'],
  ['{}x', 'something after'],
  ['{}\u0000', 'something after'],
  ['// x\n{}', 'a comment'],
  ['/* x */{}', 'a comment'],
  ['TRUE', 'a word in capitals'],
  ['nul', 'half a word'],
  ['undefined', 'no value'],
  ['\u00a0{}', 'another space'],
  ['\u2028{}', 'another line'],
  ['[1]\v', 'another space'],
])('[HT14] refuses %j: %s', (text) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'http.json' }) as Error)
})

test.each([
  ['overlong', [0x22, 0xc0, 0x80, 0x22]],
  ['surrogate', [0x22, 0xed, 0xa0, 0x80, 0x22]],
  ['cut short', [0x22, 0xe2, 0x82, 0x22]],
  ['stray', [0x22, 0x80, 0x22]],
  ['beyond', [0x22, 0xf5, 0x80, 0x80, 0x80, 0x22]],
  ['UTF-16', [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]],
])('[HT14] refuses bytes that are not UTF-8: %s', (_, bytes) => {
  expect(() => parseJson(Uint8Array.from(bytes))).toThrow(expect.objectContaining({ code: 'http.json' }) as Error)
})

test('[HT14] one byte changed is another value or a refusal, never another error', () => {
  const bytes = new TextEncoder().encode(
    '{"type":"request.opened","data":{"days":[1,20,-3],"text":"h\\u00e9 \u{1f600}"},"yes":true,"no":null}',
  )
  expect(parseJson(bytes)).toMatchObject({ yes: true })
  for (let at = 0; at < bytes.length; at += 1) {
    for (let bit = 0; bit < 8; bit += 1) {
      const changed = Uint8Array.from(bytes)
      changed[at]! ^= 1 << bit
      try {
        parseJson(changed)
      } catch (error) {
        expect(error).toBeInstanceOf(HttpError)
      }
    }
  }
})

test.each([
  ['depth of arrays', '['.repeat(16) + ']'.repeat(16), '['.repeat(17) + ']'.repeat(17)],
  ['depth of objects', '{"a":'.repeat(16) + '1' + '}'.repeat(16), '{"a":'.repeat(17) + '1' + '}'.repeat(17)],
  ['members', membersOf(1000), membersOf(1001)],
  ['values', `[${Array(1999).fill(1).join(',')}]`, `[${Array(2000).fill(1).join(',')}]`],
])('[HT14] [T-47] %s have a bound', (_, within, over) => {
  expect(() => parse(within)).not.toThrow()
  expect(() => parse(over)).toThrow(expect.objectContaining({ code: 'http.json' }) as Error)
})

test('[HT14] [T-47] a mebibyte of brackets is refused at once, not when the stack ends', () => {
  expect(() => parse('['.repeat(1024 * 1024))).toThrow(HttpError)
  expect(() => parse('{"a":'.repeat(200_000))).toThrow(HttpError)
})

test('[HT14] names of the language are names like others', () => {
  const value = parse('{"constructor":1,"toString":2,"hasOwnProperty":3}') as Record<string, unknown>
  expect(Object.entries(value)).toEqual([
    ['constructor', 1],
    ['toString', 2],
    ['hasOwnProperty', 3],
  ])
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

function membersOf(count: number): string {
  return `{${Array.from({ length: count }, (_, n) => `"m${n}":0`).join(',')}}`
}
