import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { approve, governanceDraft, partyOf, passkeyOf } from '../test-support/parties.ts'
import { bytesOfVector, readRecordVectors } from '../test-support/record-vectors.ts'
import { flippedByte, refusalOf, refusalOfAsync } from '../test-support/refusal.ts'
import { openCard } from './card.ts'
import { formatEntry } from './entry.ts'
import { checkCard, parseGenesis } from './genesis.ts'
import { nodeCrypto } from './node/crypto.ts'

interface CardVectors {
  cards: {
    valid: { name: string; text: string; party: string; founded?: string }[]
    invalid: { name: string; code: string; text: string }[]
  }
  checks: { name: string; genesis: string; card: string; code: string | null }[]
}

const vectors = readRecordVectors<CardVectors>('genesis')

describe('card', () => {
  test.each(vectors.cards.valid)('[GN3] opened: $name', async ({ text, party, founded }) => {
    const card = await openCard(nodeCrypto, bytesOfVector({ text }))
    expect(card.party).toBe(party)
    expect(card.founded).toBe(founded ?? card.founded)
    expect(card.governance.size).toBe(1)
    expect(card.prefix).toBe(`${party}.parley.example`)
  })

  test.each(vectors.cards.invalid)('[GN3] $code: $name', async ({ text, code }) => {
    expect(await refusalOfAsync(() => openCard(nodeCrypto, bytesOfVector({ text })))).toBe(code)
  })

  test('[GN3] a changed byte opens nothing', async () => {
    const bytes = bytesOfVector(vectors.cards.valid[0]!)
    await fc.assert(
      fc.asyncProperty(flippedByte(bytes), async (flipped) => {
        expect(await refusalOfAsync(() => openCard(nodeCrypto, flipped))).not.toBe('accepted')
      }),
      { numRuns: 50 },
    )
  })

  test('[GV12] a party that names no relying party has no passkeys', async () => {
    const administrator = passkeyOf('us passkey administrator', ['administrator'])
    const { relyingParty: _relyingParty, ...data } = partyOf('us').founded
    const draft = governanceDraft('us', 'party.founded', { ...data, officials: [administrator.enrolment] })
    const bytes = formatEntry(await approve(draft, administrator))
    expect(await refusalOfAsync(() => openCard(nodeCrypto, bytes))).toBe('assertion.origin')
  })

  test.each(vectors.checks)('[GN4] $name', async ({ genesis, card, code }) => {
    const opened = await openCard(nodeCrypto, bytesOfVector({ text: card }))
    const parsed = parseGenesis(bytesOfVector({ text: genesis }))
    expect(refusalOf(() => checkCard(parsed, opened))).toBe(code ?? 'accepted')
  })
})
