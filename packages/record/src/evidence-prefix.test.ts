import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { refusalOf } from '../test-support/refusal.ts'
import { saltBytes } from './body.ts'
import {
  evidenceCommitmentStart,
  evidencePrefixBytes,
  formatEvidencePrefix,
  parseEvidencePrefix,
} from './evidence-prefix.ts'

const salt = Uint8Array.from({ length: saltBytes }, (_, at) => at)

test('[EP1] a prefix says salt and length, and nothing that would end outside', () => {
  expect(formatEvidencePrefix(salt, 0x0102030405).toHex()).toBe(`${salt.toHex()}0000000102030405`)
  fc.assert(
    fc.property(fc.nat(), fc.nat({ max: 1000 }), (length, padding) => {
      const prefix = formatEvidencePrefix(salt, length)
      const size = evidencePrefixBytes + length
      expect(parseEvidencePrefix(prefix, size + padding)).toEqual({ salt, length })
      expect(refusalOf(() => parseEvidencePrefix(prefix, size - 1))).toBe('body.malformed')
    }),
  )
  const prefix = formatEvidencePrefix(salt, 5)
  expect(refusalOf(() => parseEvidencePrefix(prefix.subarray(1), 100))).toBe('body.malformed')
  expect(refusalOf(() => parseEvidencePrefix(new Uint8Array(41), 100))).toBe('body.malformed')
  // The greatest length that eight bytes can say is not rounded into one that fits.
  const greatest = Uint8Array.from([...salt, ...new Uint8Array(8).fill(255)])
  expect(refusalOf(() => parseEvidencePrefix(greatest, Number.MAX_SAFE_INTEGER))).toBe('body.malformed')
  expect(refusalOf(() => formatEvidencePrefix(salt.subarray(1), 5))).toBe('body.malformed')
  for (const length of [-1, 0.5, 2 ** 53, Number.NaN]) {
    expect(refusalOf(() => formatEvidencePrefix(salt, length))).toBe('body.limit')
  }
})

test('[EP2] the commitment is over the label, the salt and the file', () => {
  expect(Buffer.from(evidenceCommitmentStart(salt)).toString('latin1')).toBe(
    `parley/evidence/v1\n${Buffer.from(salt).toString('latin1')}`,
  )
  const file = Buffer.from('a file')
  const whole = createHash('sha256').update(Buffer.concat([Buffer.from('parley/evidence/v1\n'), salt, file]))
  const streamed = createHash('sha256').update(evidenceCommitmentStart(salt))
  for (const byte of file) streamed.update(Uint8Array.of(byte))
  expect(streamed.digest('hex')).toBe(whole.digest('hex'))
})
