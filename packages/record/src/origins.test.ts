import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readRecordVectors } from '../test-support/record-vectors.ts'
import { refusalOf } from '../test-support/refusal.ts'
import { nodeCrypto } from './node/crypto.ts'
import {
  channelOrigin,
  governanceOrigin,
  isOrigin,
  isPrefix,
  logId,
  originLengthMax,
  parseOrigin,
  prefixLengthMax,
} from './origins.ts'

interface OriginVectors {
  origins: { valid: { origin: string; id: string }[]; invalid: string[] }
}

const { origins } = readRecordVectors<OriginVectors>('genesis')
const channel = '0123456789abcdef0123456789abcdef'

test.each(origins.valid)('[GN5] $origin is an origin', ({ origin, id }) => {
  const parsed = parseOrigin(origin)
  const again =
    parsed.kind === 'governance' ? governanceOrigin(parsed.prefix) : channelOrigin(parsed.prefix, parsed.channel)
  expect(again).toBe(origin)
  expect(logId(nodeCrypto, origin)).toBe(id)
})

test.each(origins.invalid)('[GN5] %j is no origin', (origin) => {
  expect(refusalOf(() => parseOrigin(origin))).toBe('checkpoint.origin')
})

test('[GN5] an origin is what a URL parser leaves as it is', () => {
  const part = fc.string({ unit: fc.constantFrom(...'a0x.-:/~_1'.split('')), maxLength: 12 })
  fc.assert(
    fc.property(part, (text) => {
      const url = `https://${text}/governance`
      // A label that starts with xn-- is for whoever resolves the name to judge.
      if (!isPrefix(text) || text.includes('xn--')) return
      expect(new URL(url).href).toBe(url)
    }),
    { numRuns: 2000 },
  )
})

test('[GN5] the longest prefix has an origin and a longer one has none', () => {
  const prefix = `a.example/${'p'.repeat(prefixLengthMax - 10)}`
  expect(prefix.length).toBe(prefixLengthMax)
  expect(channelOrigin(prefix, channel).length).toBe(originLengthMax)
  expect(isOrigin(channelOrigin(prefix, channel))).toBe(true)
  expect(isOrigin(channelOrigin(`${prefix}p`, channel))).toBe(false)
})

test('[GN5] two parties have no origin in common', () => {
  const prefix = fc
    .array(fc.constantFrom('a', 'c', 'governance', channel), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join('/'))
  fc.assert(
    fc.property(prefix, prefix, (a, b) => {
      fc.pre(a !== b)
      const of = (p: string) => [governanceOrigin(p), channelOrigin(p, channel)]
      expect(of(a).filter((origin) => of(b).includes(origin))).toEqual([])
    }),
  )
})
