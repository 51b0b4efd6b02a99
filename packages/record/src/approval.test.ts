import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { approve, officialOf, passkeyOf, testTime } from '../test-support/parties.ts'
import { bytesOfVector, readRecordVectors } from '../test-support/record-vectors.ts'
import { refusalOf, refusalOfAsync } from '../test-support/refusal.ts'
import { officialId, verifyApprovals, type Demand, type Official } from './approval.ts'
import { parseBase64, parseHex } from './bytes.ts'
import type { Crypto } from './crypto.ts'
import { entryDigest, formatEntry, parseEntry, type Draft, type Entry } from './entry.ts'
import { nodeCrypto } from './node/crypto.ts'
import { webCrypto } from './web/crypto.ts'
import type { RelyingParty } from './webauthn.ts'

interface ApprovalVectors {
  digest: string
  officials: Official[]
  relyingParty: RelyingParty
  valid: { name: string; demand: Demand; text: string; approvedBy: string[] }[]
  invalid: { name: string; code: string; demand: Demand; text: string }[]
}

const vectors = readRecordVectors<ApprovalVectors>('approvals')
const officials = new Map(vectors.officials.map((official) => [official.official, official]))

function verify(entry: Entry, demand: Demand, crypto: Crypto = nodeCrypto) {
  return verifyApprovals(crypto, entry, demand, officials, vectors.relyingParty)
}

test.each(vectors.officials)('[AP1] the id $official follows from its $algorithm key', (official) => {
  expect(officialId(nodeCrypto, official.algorithm, parseBase64(official.key))).toBe(official.official)
  const other = official.algorithm === 'es256' ? 'ed25519' : 'es256'
  expect(officialId(nodeCrypto, other, parseBase64(official.key))).not.toBe(official.official)
})

describe('approvals', () => {
  test.each([...vectors.valid, ...vectors.invalid])('[AP2] a browser has the same verdict: $name', async (vector) => {
    const entry = parseEntry(bytesOfVector(vector))
    const expected = 'code' in vector ? vector.code : 'accepted'
    expect(await refusalOfAsync(() => verify(entry, vector.demand, webCrypto))).toBe(expected)
  })

  test.each(vectors.valid)('[AP2] accepted: $name', async ({ text, demand, approvedBy }) => {
    const entry = parseEntry(bytesOfVector({ text }))
    const approved = await verify(entry, demand)
    expect(approved.map((item) => item.official)).toEqual(approvedBy)
    expect(entryDigest(nodeCrypto, entry)).toBe(vectors.digest)
    for (const item of approved) expect(item.roles).toEqual(officials.get(item.official)!.roles)
  })

  test.each(vectors.invalid)('[AP3] $code: $name', async ({ text, demand, code }) => {
    expect(await refusalOfAsync(() => verify(parseEntry(bytesOfVector({ text })), demand))).toBe(code)
  })

  test('[AP3] one official counts once, also in an entry that was never parsed', async () => {
    const entry = parseEntry(bytesOfVector(vectors.valid[0]!))
    const twice: Entry = { ...entry, approvals: [entry.approvals[0]!, entry.approvals[0]!] }
    expect(await refusalOfAsync(() => verify(twice, { count: 2, roles: ['releasing'] }))).toBe('approval.malformed')
  })

  test('[AP4] approvals count only of those in force, whatever is written beside them', async () => {
    const entry = parseEntry(bytesOfVector(vectors.valid[0]!))
    const demand = { count: 0, roles: [] }
    expect(
      await refusalOfAsync(() => verifyApprovals(nodeCrypto, entry, demand, new Map(), vectors.relyingParty)),
    ).toBe('approval.official')
  })

  test('[AP6] an Ed25519 key may be a plain key or a passkey, a P-256 key only a passkey', async () => {
    const approved = await Promise.all(
      vectors.valid.map((vector) => verify(parseEntry(bytesOfVector(vector)), vector.demand)),
    )
    const ways = new Set(approved.flat().map((item) => `${officials.get(item.official)!.algorithm} by ${item.by}`))
    expect([...ways].toSorted()).toEqual(['ed25519 by key', 'ed25519 by passkey', 'es256 by passkey'])
  })

  test('[AP7] the code is of the first approval that fails, whichever answers first', async () => {
    const keyFails = vectors.invalid.find((vector) => vector.name === 'a signature with the first byte changed')!
    const passkeyFails = vectors.invalid.find((vector) => vector.name === 'the signature of an assertion changed')!
    const approvals = [keyFails, passkeyFails]
      .map((vector) => parseEntry(bytesOfVector(vector)).approvals[0]!)
      .sort((a, b) => (a.official < b.official ? -1 : 1))
    const entry: Entry = { ...parseEntry(bytesOfVector(keyFails)), approvals }
    const expected = 'assertion' in approvals[0]! ? 'assertion.signature' : 'approval.signature'
    for (const slow of ['verifyEd25519', 'verifyP256'] as const) {
      const crypto: Crypto = {
        ...nodeCrypto,
        [slow]: async (...parts: [Uint8Array, Uint8Array, Uint8Array]) => {
          await new Promise((resolve) => setImmediate(resolve))
          return nodeCrypto[slow](...parts)
        },
      }
      expect(await refusalOfAsync(() => verify(entry, { count: 0, roles: [] }, crypto))).toBe(expected)
    }
  })

  test('[AP9] a changed bit of any approval is refused', async () => {
    const entry = parseEntry(bytesOfVector(vectors.valid.find((vector) => vector.name === 'a key and a passkey')!))
    type Place = { index: number; part: 'plain' | 'authenticatorData' | 'clientData' | 'signature' }
    const places = entry.approvals.flatMap((approval, index): Place[] =>
      'assertion' in approval
        ? (['authenticatorData', 'clientData', 'signature'] as const).map((part) => ({ index, part }))
        : [{ index, part: 'plain' }],
    )
    const demand = { count: 1, roles: ['releasing'] }
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), fc.nat(), fc.nat(7), async ({ index, part }, at, bit) => {
        const changed: any = structuredClone(entry) // oxlint-disable-line typescript/no-explicit-any
        const holder = part === 'plain' ? changed.approvals[index] : changed.approvals[index].assertion
        const field = part === 'plain' ? 'signature' : part
        const bytes = parseBase64(holder[field])
        bytes[at % bytes.length]! ^= 1 << bit
        holder[field] = bytes.toBase64()
        expect(await refusalOfAsync(() => verify(changed, demand))).toMatch(/^(approval|assertion)\./)
      }),
    )
  })

  test('[AP2] an approval of one entry is none of another, whichever field differs', async () => {
    const releasing = officialOf('releasing', 'releasing')
    const duty = passkeyOf('duty', ['duty'])
    const draft: Draft = {
      v: 1,
      channel: '3f2a9c0d5e7b41868a90b1c2d3e4f506',
      from: 'us',
      type: 'request.opened',
      subject: '1'.repeat(64),
      at: testTime,
      seen: [{ origin: 'cn.parley.example/governance', size: 1, root: new Uint8Array(32).toBase64(), time: 5 }],
      data: { kind: 'subscriber' },
      body: { ciphertext: '2'.repeat(64), commitment: '3'.repeat(64), size: 1024 },
      exercise: true,
    }
    const entry = await approve(draft, releasing, duty)
    const demand = { count: 2, roles: ['releasing', 'duty'] }
    expect(await verify(entry, demand)).toHaveLength(2)
    const head = draft.seen[0]!
    const { exercise: _exercise, ...real } = entry
    const { subject: _subject, ...unbound } = entry
    const { body: _body, ...bare } = entry
    const bent: Entry[] = [
      { ...entry, channel: '0'.repeat(32) },
      { ...entry, from: 'cn' },
      { ...entry, type: 'request.closed' },
      { ...entry, subject: '0'.repeat(64) },
      unbound,
      { ...entry, at: testTime + 1 },
      { ...entry, seen: [] },
      { ...entry, seen: [{ ...head, origin: 'eu.parley.example/governance' }] },
      { ...entry, seen: [{ ...head, size: 2 }] },
      { ...entry, seen: [{ ...head, root: new Uint8Array(32).fill(1).toBase64() }] },
      { ...entry, seen: [{ ...head, time: 6 }] },
      { ...entry, data: { kind: 'traffic' } },
      { ...entry, data: {} },
      { ...entry, body: { ...draft.body!, ciphertext: '0'.repeat(64) } },
      { ...entry, body: { ...draft.body!, commitment: '0'.repeat(64) } },
      { ...entry, body: { ...draft.body!, size: 4096 } },
      bare,
      real,
    ]
    for (const changed of bent) {
      expect(refusalOf(() => formatEntry(changed))).toBe('accepted')
      expect(await refusalOfAsync(() => verify(changed, demand))).toMatch(
        /^(approval\.signature|assertion\.challenge)$/,
      )
    }
    expect(parseHex(entryDigest(nodeCrypto, entry))).toHaveLength(32)
  })
})
