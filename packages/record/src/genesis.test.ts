import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOfVector, readRecordVectors } from '../test-support/record-vectors.ts'
import { flippedByte, refusalOf } from '../test-support/refusal.ts'
import { formatGenesis, genesisDigest, listSeenOrigins, parseGenesis } from './genesis.ts'
import { nodeCrypto } from './node/crypto.ts'

interface GenesisVectors {
  valid: { name: string; text: string; digest: string; seenOrigins: Record<string, string[]> }[]
  invalid: { name: string; code: string; text: string }[]
}

const vectors = readRecordVectors<GenesisVectors>('genesis')

describe('genesis', () => {
  test.each(vectors.valid)('[GN1] accepted: $name', ({ text }) => {
    expect(formatGenesis(parseGenesis(bytesOfVector({ text })))).toEqual(bytesOfVector({ text }))
  })

  test.each(vectors.invalid)('[GN1] $code: $name', ({ text, code }) => {
    expect(refusalOf(() => parseGenesis(bytesOfVector({ text })))).toBe(code)
  })

  test.each(vectors.valid)('[GN2] the digest of $name', ({ text, digest }) => {
    expect(genesisDigest(nodeCrypto, bytesOfVector({ text }))).toBe(digest)
  })

  test.each(vectors.valid)(
    '[GN6] an entry may have seen the other channel logs and every governance log: $name',
    (vector) => {
      const genesis = parseGenesis(bytesOfVector(vector))
      for (const [party, origins] of Object.entries(vector.seenOrigins)) {
        expect([...listSeenOrigins(genesis, party)].toSorted()).toEqual(origins)
      }
    },
  )

  test('[GN1] what would be refused is not written', () => {
    const genesis = parseGenesis(bytesOfVector(vectors.valid[0]!))
    expect(refusalOf(() => formatGenesis({ ...genesis, parties: genesis.parties.toReversed() }))).toBe(
      'genesis.malformed',
    )
  })

  test('[GN2] a changed byte is refused or has another digest', () => {
    const bytes = bytesOfVector(vectors.valid[0]!)
    fc.assert(
      fc.property(flippedByte(bytes), (flipped) => {
        refusalOf(() => parseGenesis(flipped))
        expect(genesisDigest(nodeCrypto, flipped)).not.toBe(vectors.valid[0]!.digest)
      }),
    )
  })
})
