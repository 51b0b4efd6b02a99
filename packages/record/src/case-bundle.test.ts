import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { createCase, caseDemands } from '../test-support/case.ts'
import type { TestCase } from '../test-support/case.ts'
import { applyEdit } from '../test-support/edits.ts'
import type { Edit } from '../test-support/edits.ts'
import { readRecordVectors } from '../test-support/record-vectors.ts'
import { flippedByte, refusalOf, refusalOfAsync } from '../test-support/refusal.ts'
import { concatBytes, formatUtf8, parseHex, parseUtf8 } from './bytes.ts'
import { formatCaseBundle, parseCaseBundle } from './case-bundle.ts'
import type { CaseParts } from './case-bundle.ts'
import { RecordError } from './error.ts'
import type { CaseManifest } from './case-manifest.ts'
import { formatGenesis, parseGenesis } from './genesis.ts'
import { signCheckpoint } from './checkpoint.ts'
import { nodeCrypto } from './node/index.ts'
import { openCase } from './open-case.ts'
import type { CaseQuestion, OpenedCase } from './open-case.ts'
import { formatTlogProof, parseTlogProof } from './tlog-proof.ts'
import { signerOf } from '../test-support/parties.ts'

interface CaseVectors {
  bundle: string
  label: string
  manifest: CaseManifest
  entries: { digest: string; index: number; approvedBy: object[]; cosigned: object[]; opened: string | null }[]
  refused: { name: string; edit: Edit; code: string }[]
  forgeries: { name: string; code: string; forgery: string }[]
}

const vectors = readRecordVectors<CaseVectors>('case')
const question: CaseQuestion = { demands: (type) => caseDemands[type] }
const open = (bytes: Uint8Array) => openCase(nodeCrypto, bytes, question)

let given: TestCase
let whole: Uint8Array

beforeAll(async () => {
  given = await createCase()
  whole = formatCaseBundle(nodeCrypto, given.parts)
})

describe('the form of a case bundle', () => {
  test('[CB1] parts come out as they went in, and their order does not matter', () => {
    const { parts } = given
    const bundle = parseCaseBundle(nodeCrypto, whole)
    expect(bundle.manifest.subject).toBe(parts.subject)
    expect(bundle.governance.map(({ frame }) => frame)).toEqual(parts.governance)
    expect(new Set(bundle.entries.map(({ entry }) => parseUtf8(entry)))).toEqual(
      new Set(parts.entries.map(({ entry }) => parseUtf8(entry))),
    )
    const turned = { ...parts, governance: parts.governance.toReversed(), entries: parts.entries.toReversed() }
    expect(formatCaseBundle(nodeCrypto, turned)).toEqual(whole)
  })

  test('[CB2] one changed byte anywhere is refused', () => {
    fc.assert(
      fc.property(flippedByte(whole), (changed) => {
        expect(refusalOf(() => parseCaseBundle(nodeCrypto, changed))).toMatch(/^case\./)
      }),
      { numRuns: 300 },
    )
  })

  test('[CB2] each single byte of the manifest and of a blob’s head is looked at', () => {
    const end = whole.length - given.parts.openings[0]!.length
    for (let at = 0; at < end; at += 7) {
      expect(refusalOf(() => parseCaseBundle(nodeCrypto, whole.with(at, whole[at]! ^ 0x01)))).toMatch(/^case\./)
    }
  })

  test('[CB2] cut off anywhere, or going on', () => {
    fc.assert(
      fc.property(fc.nat({ max: whole.length - 1 }), (end) => {
        expect(refusalOf(() => parseCaseBundle(nodeCrypto, whole.subarray(0, end)))).toBe('case.malformed')
      }),
    )
    expect(refusalOf(() => parseCaseBundle(nodeCrypto, concatBytes(whole, whole)))).toBe('case.malformed')
  })

  test('[CB4] an opening of another text, with another salt, or of no entry', () => {
    const [opening] = given.parts.openings as [Uint8Array]
    const others = [
      opening.with(0, opening[0]! ^ 1),
      opening.with(40, opening[40]! ^ 1),
      concatBytes(opening, formatUtf8(' ')),
      opening.subarray(0, 20),
    ]
    for (const other of others) {
      const parts = { ...given.parts, openings: [other] }
      expect(refusalOf(() => formatCaseBundle(nodeCrypto, parts))).toBe('case.malformed')
    }
  })

  test('[CB3] without the entry that founded the case there is no case', () => {
    const parts = { ...given.parts, entries: given.parts.entries.slice(1), openings: [] }
    expect(refusalOf(() => formatCaseBundle(nodeCrypto, parts))).toBe('case.malformed')
  })
})

describe('what a case bundle proves', () => {
  test('[CB5] each entry with its approvals and receipts', async () => {
    const { entries } = await open(whole)
    expect(
      entries.map(({ approvedBy, cosignatures, entry, index }) => ({
        type: entry.type,
        index,
        roles: approvedBy.flatMap(({ roles }) => roles),
        cosigners: cosignatures.map(({ cosigner, time }) => [cosigner.name, time]),
      })),
    ).toEqual([
      {
        type: 'request.acknowledged',
        index: 0,
        roles: ['liaison'],
        cosigners: [['us.parley.example/mirror', 1443225609]],
      },
      {
        type: 'request.answered',
        index: 2,
        roles: ['releasing'],
        cosigners: [['us.parley.example/mirror', 1443225609]],
      },
      { type: 'request.opened', index: 0, roles: ['releasing'], cosigners: [['cn.parley.example/mirror', 1443225605]] },
    ])
  })

  test('[CB4] the disclosed text is open, and the other one stays a digest', async () => {
    const { bundle, entries } = await open(whole)
    const textOf = (type: string) => {
      const { body } = entries.find(({ entry }) => entry.type === type)!.entry
      return bundle.openings.get(body!.commitment)?.plaintext
    }
    expect(textOf('request.opened')).toEqual(given.plaintext)
    expect(textOf('request.answered')).toBeUndefined()
  })

  test('[CB6] with one byte of a part changed and every digest made to fit, it is refused or tells the same', async () => {
    const told = ({ bundle, entries }: OpenedCase) => ({
      openings: [...bundle.openings.values()].map(({ plaintext }) => parseUtf8(plaintext)),
      entries: entries.map(({ approvedBy, cosignatures, digest, index, origin }) => ({
        digest,
        index,
        origin,
        approvedBy,
        cosigned: cosignatures.map(({ cosigner, time }) => [cosigner.name, time]),
      })),
    })
    const before = told(await open(whole))
    const { entries, governance, openings } = given.parts
    const parts = [
      ...entries.map(({ entry }, i) => ['entry', i, entry] as const),
      ...entries.map(({ proof }, i) => ['proof', i, proof] as const),
      ...governance.map((frame, i) => ['governance', i, frame] as const),
      ...openings.map((opening, i) => ['opening', i, opening] as const),
    ]
    const forged = fc
      .constantFrom(...parts)
      .chain(([kind, i, bytes]) => fc.tuple(fc.constant([kind, i] as const), flippedByte(bytes)))
    let accepted = 0
    await fc.assert(
      fc.asyncProperty(forged, async ([[kind, i], bytes]) => {
        const changed: CaseParts = {
          ...given.parts,
          entries: entries.map((one, at) =>
            at === i && (kind === 'entry' || kind === 'proof') ? { ...one, [kind]: bytes } : one,
          ),
          governance: governance.map((one, at) => (at === i && kind === 'governance' ? bytes : one)),
          openings: openings.map((one, at) => (at === i && kind === 'opening' ? bytes : one)),
        }
        let opened: OpenedCase
        try {
          opened = await open(formatCaseBundle(nodeCrypto, changed))
        } catch (error) {
          expect(error).toBeInstanceOf(RecordError)
          return
        }
        accepted += 1
        // Only a line by a key that nobody knows may change: here the receipt, when its number is another one.
        expect(told(opened).entries.map(({ digest }) => digest)).toEqual(before.entries.map(({ digest }) => digest))
        expect(told(opened).openings).toEqual(before.openings)
        const times = told(opened).entries.flatMap(({ cosigned }) => cosigned.map(String))
        expect(before.entries.flatMap(({ cosigned }) => cosigned.map(String))).toEqual(expect.arrayContaining(times))
      }),
      { numRuns: 150 },
    )
    expect(accepted).toBeLessThan(75)
  })

  test('[CB9] another genesis at hand', async () => {
    const genesis = parseGenesis(given.parts.genesis)
    const other = formatGenesis({ ...genesis, agreement: 'another' })
    expect(await refusalOfAsync(() => openCase(nodeCrypto, whole, { ...question, genesis: other }))).toBe(
      'genesis.party',
    )
    expect(await refusalOfAsync(() => openCase(nodeCrypto, whole, { ...question, genesis: given.parts.genesis }))).toBe(
      'accepted',
    )
  })

  test('[CB10] two roots at one size', async () => {
    const [opened, acknowledged, answered] = given.parts.entries as [
      never,
      { entry: Uint8Array; proof: Uint8Array },
      never,
    ]
    const proof = parseTlogProof(acknowledged.proof)
    const { MemoryTree } = await import('./memory-tree.ts')
    const { leafHash } = await import('./merkle.ts')
    const tree = new MemoryTree(nodeCrypto)
    for (const leaf of [acknowledged.entry, formatUtf8('another history'), formatUtf8('of the same size')]) {
      tree.append(leafHash(nodeCrypto, leaf))
    }
    const { proveInclusion } = await import('./prove.ts')
    const [origin] = parseUtf8(proof.note).split('\n') as [string]
    const note = await signCheckpoint(nodeCrypto, signerOf('cn log'), { origin, size: 3, root: tree.root() })
    const forked = {
      entry: acknowledged.entry,
      proof: formatTlogProof({ index: 0, hashes: await proveInclusion(nodeCrypto, tree, 0, 3), note }),
    }
    const bytes = formatCaseBundle(nodeCrypto, { ...given.parts, entries: [opened, forked, answered] })
    expect(await refusalOfAsync(() => open(bytes))).toBe('delivery.root')
  })
})

describe('vectors/record/case.json', () => {
  test('[CB1] is read, and written again byte for byte', async () => {
    const bytes = parseHex(vectors.bundle)
    const { bundle, entries } = await open(bytes)
    expect(bundle.label).toBe(vectors.label)
    expect(bundle.manifest).toEqual(vectors.manifest)
    expect(entries.map(({ digest, index }) => ({ digest, index }))).toEqual(
      vectors.entries.map(({ digest, index }) => ({ digest, index })),
    )
  })

  test.each(vectors.refused)('[CB3] $code: $name', ({ code, edit }) => {
    expect(refusalOf(() => parseCaseBundle(nodeCrypto, applyEdit(parseHex(vectors.bundle), edit)))).toBe(code)
  })

  test.each(vectors.forgeries.filter(({ code }) => code.startsWith('proof') || code.startsWith('note')))(
    '[CB6] $code: $name',
    async ({ code, forgery }) => {
      expect(await refusalOfAsync(() => open(parseHex(forgery)))).toBe(code)
    },
  )

  test.each(vectors.forgeries.filter(({ code }) => code.startsWith('approval')))(
    '[CB7] $code: $name',
    async ({ code, forgery }) => {
      expect(await refusalOfAsync(() => open(parseHex(forgery)))).toBe(code)
    },
  )

  test.each(vectors.forgeries.filter(({ code }) => code.startsWith('seen') || code.startsWith('entry')))(
    '[CB8] $code: $name',
    async ({ code, forgery }) => {
      expect(await refusalOfAsync(() => open(parseHex(forgery)))).toBe(code)
    },
  )
})
