import fc from 'fast-check'
import { expect, test } from 'vitest'
import { markQuotes } from './quotes.ts'

function quote(commitment: string, exact: string, prefix?: string, suffix?: string) {
  return {
    commitment,
    anchor: {
      text: 't',
      exact,
      ...(prefix === undefined ? {} : { prefix }),
      ...(suffix === undefined ? {} : { suffix }),
    },
  }
}

function spell(body: string, quotes: ReturnType<typeof quote>[]) {
  return markQuotes(body, quotes).map((runs) =>
    runs
      .map((run) => (run.commitments.length === 0 ? run.text : `[${run.commitments.join('+')}:${run.text}]`))
      .join(''),
  )
}

test.each([
  ['We agree to talk. We agree to act.', [quote('c1', 'agree to talk')], ['We [c1:agree to talk]. We agree to act.']],
  ['yes. yes', [quote('c1', 'yes', '. ')], ['yes. [c1:yes]']],
  ['one\n\ntwo', [quote('c1', 'one', undefined, '\n\ntwo')], ['[c1:one]', 'two']],
  ['one\n\ntwo\n', [quote('c1', 'one\n\ntwo')], ['[c1:one]', '[c1:two]']],
  ['abcdef', [quote('x', 'abcd'), quote('y', 'cdef')], ['[x:ab][x+y:cd][y:ef]']],
  ['双方同意，就恶意网络活动提供信息。', [quote('c', '提供信息')], ['双方同意，就恶意网络活动[c:提供信息]。']],
  ['abc\n \t\n\ndef', [quote('c', 'xyz')], ['abc', 'def']],
  ['a\nb', [], ['a\nb']],
  ['', [quote('c', 'x')], []],
  [' \n\n ', [], []],
])('%j', (body, quotes, shown) => {
  expect(spell(body, quotes)).toEqual(shown)
})

test('marking never changes a word of the text', () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '中') })
  fc.assert(
    fc.property(words, fc.array(words.filter((word) => word !== '')), (body, exacts) => {
      const text = (quotes: ReturnType<typeof quote>[]) =>
        markQuotes(body, quotes).map((runs) => runs.map((run) => run.text).join(''))
      expect(text(exacts.map((exact, i) => quote(String(i), exact)))).toEqual(text([]))
      expect(text([]).join('').replaceAll(/\s/g, '')).toBe(body.replaceAll(/\s/g, ''))
    }),
  )
})
