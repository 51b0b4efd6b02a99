import fc from 'fast-check'
import { expect, test } from 'vitest'
import { refusalOf } from '../../../test-support/refusal.ts'
import { formatStanza, parseStanza } from './stanza.ts'

const visible = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 1,
})

test('[AG4] a stanza survives the round trip, whatever the length of its body', () => {
  fc.assert(
    fc.property(fc.array(visible, { minLength: 1 }), fc.uint8Array({ maxLength: 200 }), (words, body) => {
      const lines = formatStanza({ arguments: words, body }).split('\n')
      expect(lines.pop()).toBe('')
      expect(parseStanza(lines, 0)).toEqual({ stanza: { arguments: words, body }, next: lines.length })
    }),
  )
})

test('[AG4] a body that fills its lines is followed by an empty one', () => {
  expect(formatStanza({ arguments: ['x'], body: new Uint8Array(48) })).toBe(`-> x\n${'A'.repeat(64)}\n\n`)
  expect(formatStanza({ arguments: ['x'], body: new Uint8Array() })).toBe('-> x\n\n')
})

test.each([
  ['no mark', ['x a', '']],
  ['no argument', ['->', '']],
  ['an empty argument', ['-> x  y', '']],
  ['a space at the end', ['-> x ', '']],
  ['a control character', ['-> x\u0007', '']],
  ['a carriage return', ['-> x\r', '']],
  ['a character above ASCII', ['-> \u00e9', '']],
  ['no body', ['-> x']],
  ['no short last line', ['-> x', 'A'.repeat(64)]],
  ['a long line', ['-> x', 'A'.repeat(68), '']],
  ['padding', ['-> x', 'AA==']],
  ['base64 that is not canonical', ['-> x', 'AB']],
  ['a character outside base64', ['-> x', 'A_AA']],
  ['a lone last character', ['-> x', 'A']],
])('[AG4] refused: %s', (_case, lines) => {
  expect(refusalOf(() => parseStanza(lines, 0))).toBe('age.malformed')
})
