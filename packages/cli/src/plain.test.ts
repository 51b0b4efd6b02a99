import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainJson, plainLine, plainText } from './plain.ts'

/* oxlint-disable no-control-regex -- the control characters are what this is about */
const dangerous = /[\0-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/
/* oxlint-enable no-control-regex */

test.each([
  ['\u001b[31mred\u001b[0m', 'red'],
  ['\u001b]0;title\u0007text', 'text'],
  ['\u001b]8;;https://x.example\u001b\\link', 'link'],
  ['\u001bPq\u001b\\text', 'text'],
  ['a\u202eb\u2066c', 'abc'],
  ['a\tb\r\nc', 'a b c'],
  ['\u009b31mred', '31mred'],
  ['请告知该服务器的运营者', '请告知该服务器的运营者'],
])('%j is shown as %j', (text, shown) => expect(plainLine(text)).toBe(shown))

test('no text keeps what a terminal obeys, and lines stay lines', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(plainLine(text)).not.toMatch(dangerous)
      for (const line of plainText(text).split('\n')) expect(line).not.toMatch(dangerous)
    }),
  )
})

test('JSON keeps its meaning and holds nothing that a terminal obeys', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const json = plainJson({ text })
      expect(json).not.toMatch(dangerous)
      expect(JSON.parse(json)).toEqual({ text })
    }),
  )
})
