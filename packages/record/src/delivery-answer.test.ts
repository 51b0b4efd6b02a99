import fc from 'fast-check'
import { expect, test } from 'vitest'
import { flippedByte, refusalOf } from '../test-support/refusal.ts'
import { formatUtf8, parseUtf8 } from './bytes.ts'
import {
  answerLinesMax,
  deliveryAnswerBytesMax,
  formatDeliveryAnswer,
  missingBodiesMax,
  parseDeliveryAnswer,
} from './delivery-answer.ts'
import type { DeliveryAnswer } from './delivery-answer.ts'

const origin = 'us.parley.example/governance'
const line = { name: 'cn.parley.example/mirror', id: '0011aabb', signature: new Uint8Array(72).fill(7) }
const small: DeliveryAnswer = { origin, have: 12, missing: ['11'.repeat(32), '22'.repeat(32)], lines: [line] }
const manyDigests = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => at.toString(16).padStart(64, '0'))
const manyLines = (count: number): DeliveryAnswer['lines'] =>
  Array.from({ length: count }, (_, at) => ({ ...line, name: `w${at}.example` }))

test('[DL5] the answer is laid out as the specification says', () => {
  expect(parseUtf8(formatDeliveryAnswer(small))).toBe(
    [
      'parley/delivery-answer/v1',
      origin,
      'have 12',
      `missing ${'11'.repeat(32)}`,
      `missing ${'22'.repeat(32)}`,
      '',
      `\u2014 cn.parley.example/mirror ABGquwcH${'BwcH'.repeat(23)}Bw==`,
      '',
    ].join('\n'),
  )
})

test('[DL5] an answer survives the round trip', () => {
  const answers: fc.Arbitrary<DeliveryAnswer> = fc.record({
    origin: fc.constantFrom(origin, 'cn.parley.example/c/00112233445566778899aabbccddeeff'),
    have: fc.maxSafeNat(),
    missing: fc.subarray(manyDigests(8)),
    lines: fc.subarray([...manyLines(4)]),
  })
  fc.assert(
    fc.property(answers, (answer) => {
      expect(parseDeliveryAnswer(formatDeliveryAnswer(answer))).toEqual(answer)
      expect(formatDeliveryAnswer({ ...answer, missing: answer.missing.toReversed() })).toEqual(
        formatDeliveryAnswer(answer),
      )
    }),
  )
})

test('[DL5] a changed byte gives another answer or a refusal with a code of this part', () => {
  fc.assert(
    fc.property(flippedByte(formatDeliveryAnswer(small)), (flipped) => {
      const code = refusalOf(() => parseDeliveryAnswer(flipped))
      expect(code).toMatch(/^(?:accepted|delivery\.malformed)$/)
      if (code === 'accepted') expect(formatDeliveryAnswer(parseDeliveryAnswer(flipped))).toEqual(flipped)
    }),
    { numRuns: 1000 },
  )
})

test('[DL5] an answer at its limits fits, and beyond them is neither written nor read', () => {
  const full = formatDeliveryAnswer({
    ...small,
    missing: manyDigests(missingBodiesMax),
    lines: manyLines(answerLinesMax),
  })
  expect(full.length).toBeLessThan(deliveryAnswerBytesMax)
  expect(refusalOf(() => formatDeliveryAnswer({ ...small, missing: manyDigests(missingBodiesMax + 1) }))).toBe(
    'delivery.limit',
  )
  expect(refusalOf(() => formatDeliveryAnswer({ ...small, lines: manyLines(answerLinesMax + 1) }))).toBe(
    'delivery.limit',
  )
  expect(refusalOf(() => parseDeliveryAnswer(new Uint8Array(deliveryAnswerBytesMax + 1)))).toBe('delivery.limit')
})

const text = parseUtf8(formatDeliveryAnswer(small))
test.each([
  ['nothing', ''],
  ['another version', text.replace('/v1', '/v2')],
  ['no origin', text.replace(origin, 'x')],
  ['a leading zero', text.replace('have 12', 'have 012')],
  ['a negative size', text.replace('have 12', 'have -1')],
  ['a size above 2^53', text.replace('have 12', 'have 9007199254740992')],
  ['a digest in upper case', text.replace('11'.repeat(32), 'AA'.repeat(32))],
  ['a digest cut short', text.replace('11'.repeat(32), '11'.repeat(31))],
  ['digests out of order', text.replace('11'.repeat(32), '33'.repeat(32))],
  ['a digest twice', text.replace('11'.repeat(32), '22'.repeat(32))],
  ['no empty line', text.replace('\n\n', '\n')],
  ['two empty lines', text.replace('\n\n', '\n\n\n')],
  ['a carriage return', text.replaceAll('\n', '\r\n')],
  ['a line that is none', `${text}x\n`],
  ['a line twice', `${text}${text.slice(text.indexOf('\u2014'))}`],
  ['no line feed at the end', text.slice(0, -1)],
])('[DL5] refused: %s', (_case, changed) => {
  expect(refusalOf(() => parseDeliveryAnswer(formatUtf8(changed)))).toBe('delivery.malformed')
})

test('[DL5] what has no form is not written', () => {
  expect(refusalOf(() => formatDeliveryAnswer({ ...small, have: -1 }))).toBe('delivery.malformed')
  expect(refusalOf(() => formatDeliveryAnswer({ ...small, missing: ['../x'] }))).toBe('delivery.malformed')
  expect(refusalOf(() => formatDeliveryAnswer({ ...small, lines: [{ ...line, name: 'two words' }] }))).toBe(
    'delivery.malformed',
  )
  expect(refusalOf(() => parseDeliveryAnswer(Uint8Array.of(0xff)))).toBe('delivery.malformed')
})
