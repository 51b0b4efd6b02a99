import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOfVector, readRecordVectors } from '../test-support/record-vectors.ts'
import { flippedByte } from '../test-support/refusal.ts'
import { openCard } from './card.ts'
import type { GovernanceState } from './governance.ts'
import { judgeGovernance, type GovernanceVerdict } from './governance-verdict.ts'
import { nodeCrypto } from './node/crypto.ts'

interface GovernanceVectors {
  log: { text: string; kind: string; code?: string }[]
  invalid: { name: string; code: string; after: number; text: string }[]
}

const vectors = readRecordVectors<GovernanceVectors>('governance')

function judge(
  state: GovernanceState,
  bytes: Uint8Array,
  digests: ReadonlySet<string> = new Set(),
): Promise<GovernanceVerdict> {
  return judgeGovernance({ crypto: nodeCrypto, bytes, state, replay: (digest) => digests.has(digest) })
}

/** The verdicts of the vectors' log and the states after each entry, with the digests so far. */
async function replay(): Promise<{ states: GovernanceState[]; verdicts: GovernanceVerdict[]; digests: Set<string>[] }> {
  const card = await openCard(nodeCrypto, bytesOfVector(vectors.log[0]!))
  const states = [card.governance]
  const digests = [new Set([card.founded])]
  const verdicts: GovernanceVerdict[] = []
  for (const { text } of vectors.log.slice(1)) {
    const verdict = await judge(states.at(-1)!, bytesOfVector({ text }), digests.at(-1))
    verdicts.push(verdict)
    states.push(verdict.state)
    digests.push(new Set([...digests.at(-1)!, ...('digest' in verdict ? [verdict.digest] : [])]))
  }
  return { states, verdicts, digests }
}

const replayed = await replay()

describe('a governance log', () => {
  test('[GV2] each entry has the verdict of the vectors', () => {
    const expected = vectors.log.slice(1).map(({ kind, code }) => (code === undefined ? { kind } : { kind, code }))
    const judged = replayed.verdicts.map((verdict) =>
      verdict.kind === 'invalid' ? { kind: verdict.kind, code: verdict.code } : { kind: verdict.kind },
    )
    expect(judged).toEqual(expected)
  })

  test('[GV10] an entry without effect counts and changes nothing else', () => {
    for (const [index, verdict] of replayed.verdicts.entries()) {
      expect(verdict.state.size).toBe(index + 2)
      if (verdict.kind !== 'valid') expect(verdict.state).toEqual({ ...replayed.states[index], size: index + 2 })
    }
  })

  test.each(vectors.invalid)('[GV2] $code: $name', async ({ text, after, code }) => {
    const state = replayed.states[after - 1]!
    const verdict = await judge(state, bytesOfVector({ text }), replayed.digests[after - 1])
    expect(verdict).toMatchObject({ kind: 'invalid', code })
    expect(verdict.state).toEqual({ ...state, size: after + 1 })
  })

  test('[GV10] bytes that are no entry are judged and counted like any other', async () => {
    for (const bytes of [new Uint8Array(), Uint8Array.of(0xff), new Uint8Array(20_000)]) {
      const verdict = await judge(replayed.states[0]!, bytes)
      expect(verdict).toMatchObject({ kind: 'invalid', state: { size: 2 } })
    }
  })

  test('[GV2] a changed byte of a valid entry is never valid', async () => {
    const bytes = bytesOfVector(vectors.log[4]!)
    await fc.assert(
      fc.asyncProperty(flippedByte(bytes), async (flipped) => {
        expect((await judge(replayed.states[3]!, flipped)).kind).not.toBe('valid')
      }),
    )
  })
})
