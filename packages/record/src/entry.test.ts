import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOf, officialOf, testTime } from '../test-support/parties.ts'
import { bytesOfVector, readRecordVectors, type VectorBytes } from '../test-support/record-vectors.ts'
import { flippedByte, refusalOf } from '../test-support/refusal.ts'
import { formatHex } from './bytes.ts'
import { formatCanonical } from './canonical.ts'
import {
  approvalMessage,
  entryBytesMax,
  entryDigest,
  formatEntry,
  leafEntryDigest,
  parseEntry,
  withApprovals,
  type Approval,
  type Draft,
  type Entry,
} from './entry.ts'
import { nodeCrypto } from './node/crypto.ts'

interface EntryVectors {
  valid: { name: string; text: string; digest: string; message: string }[]
  invalid: (VectorBytes & { name: string; code: string })[]
}

const vectors = readRecordVectors<EntryVectors>('entries')
const full = parseEntry(bytesOfVector(vectors.valid.find((vector) => vector.name === 'every field')!))

describe('form', () => {
  test.each(vectors.valid)('[EN1] accepted: $name', ({ text, digest, message }) => {
    const bytes = bytesOfVector({ text })
    const entry = parseEntry(bytes)
    expect(formatEntry(entry)).toEqual(bytes)
    expect(entryDigest(nodeCrypto, entry)).toBe(digest)
    expect(leafEntryDigest(nodeCrypto, bytes, entry)).toBe(digest)
    expect(formatHex(approvalMessage(digest))).toBe(message)
  })

  test.each(vectors.invalid)('[EN1] $code: $name', (vector) => {
    expect(refusalOf(() => parseEntry(bytesOfVector(vector)))).toBe(vector.code)
  })

  test('[EN1] every field but the three optional ones is demanded, and each may be left out alone', () => {
    for (const name of Object.keys(full)) {
      const rest = Object.fromEntries(Object.entries(full).filter(([key]) => key !== name))
      const optional = ['subject', 'body', 'exercise'].includes(name)
      expect([name, refusalOf(() => parseEntry(formatCanonical(rest)))]).toEqual([
        name,
        optional ? 'accepted' : 'entry.malformed',
      ])
    }
  })

  test('[EN2] longer bytes are refused whatever they are', () => {
    expect(refusalOf(() => parseEntry(new Uint8Array(entryBytesMax + 1)))).toBe('entry.limit')
  })

  test('[EN7] a governance entry is about no subject, after nothing seen, without a body and never an exercise', () => {
    const { subject, body, exercise, seen, ...rest } = full
    const governance: Entry = { ...rest, channel: 'governance', seen: [] }
    expect(refusalOf(() => formatEntry(governance))).toBe('accepted')
    for (const more of [{ subject: subject! }, { body: body! }, { exercise: exercise! }, { seen }]) {
      expect(refusalOf(() => formatEntry({ ...governance, ...more }))).toBe('entry.malformed')
    }
  })

  test('[EN1] no hostile entry has polluted a prototype', () => {
    for (const vector of vectors.invalid) refusalOf(() => parseEntry(bytesOfVector(vector)))
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

describe('digest', () => {
  const changes: [string, (entry: Draft) => object][] = [
    ['channel', () => ({ channel: '0'.repeat(32) })],
    ['from', () => ({ from: 'cn' })],
    ['type', () => ({ type: 'request.opened' })],
    ['subject', () => ({ subject: '0'.repeat(64) })],
    ['at', (entry) => ({ at: entry.at + 1 })],
    ['a head less', (entry) => ({ seen: entry.seen.slice(1) })],
    ['the origin of a head', (entry) => ({ seen: [{ ...entry.seen[0]!, origin: 'ca.parley.example/governance' }] })],
    ['the size of a head', (entry) => ({ seen: entry.seen.map((item) => ({ ...item, size: item.size + 1 })) })],
    ['the root of a head', (entry) => ({ seen: entry.seen.map((item) => ({ ...item, root: entry.seen[1]!.root })) })],
    ['the time of a head', (entry) => ({ seen: entry.seen.map((item) => ({ ...item, time: item.time + 1 })) })],
    ['data', (entry) => ({ data: { ...entry.data, days: 21 } })],
    ['the ciphertext of the body', (entry) => ({ body: { ...entry.body!, ciphertext: '0'.repeat(64) } })],
    ['the commitment of the body', (entry) => ({ body: { ...entry.body!, commitment: '0'.repeat(64) } })],
    ['the size of the body', (entry) => ({ body: { ...entry.body!, size: 1024 } })],
  ]
  test.each(changes)('[EN3] another value of %s is another digest', (_name, change) => {
    const changed: Entry = { ...full, ...change(full) }
    expect(entryDigest(nodeCrypto, parseEntry(formatEntry(changed)))).not.toBe(entryDigest(nodeCrypto, full))
  })

  test('[EN3] an exercise is another digest than the real thing', () => {
    const { exercise: _exercise, ...real } = full
    expect(entryDigest(nodeCrypto, real)).not.toBe(entryDigest(nodeCrypto, full))
  })

  test('[EN3] the approvals are not in the digest', () => {
    expect(entryDigest(nodeCrypto, { ...full, approvals: [] })).toBe(entryDigest(nodeCrypto, full))
  })

  test('[EN4] digest and approval have contexts of their own', () => {
    const { approvals: _approvals, ...draft } = full
    const bytes = new Uint8Array([...new TextEncoder().encode('parley/leaf/v1\n'), ...formatCanonical(draft)])
    expect(entryDigest(nodeCrypto, full)).toBe(formatHex(nodeCrypto.sha256(bytes)))
    expect(refusalOf(() => approvalMessage('x'))).toBe('bytes.hex')
  })
})

describe('writing', () => {
  const draft: Draft = {
    v: 1,
    channel: formatHex(bytesOf('channel').subarray(16)),
    from: 'us',
    type: 'request.opened',
    at: testTime,
    seen: [],
    data: {},
  }

  test('[EN6] approvals are put in order, and one official does not approve twice', async () => {
    const officials = ['a', 'b', 'c'].map((label) => officialOf(label, 'policy'))
    const approvals: Approval[] = await Promise.all(officials.map((official) => official.approve('00'.repeat(32))))
    const ids = withApprovals(draft, approvals).approvals.map((approval) => approval.official)
    expect(ids).toEqual(ids.toSorted())
    expect(refusalOf(() => withApprovals(draft, [...approvals, approvals[0]!]))).toBe('approval.malformed')
  })

  test('[EN8] an entry that would be refused is not written', () => {
    expect(refusalOf(() => formatEntry({ ...draft, from: 'US', approvals: [] }))).toBe('entry.malformed')
    expect(refusalOf(() => formatEntry({ ...draft, data: { a: 'x'.repeat(entryBytesMax) }, approvals: [] }))).toBe(
      'entry.limit',
    )
  })

  test('[EN8] what is written is read again as it was', () => {
    const data = fc.dictionary(
      fc.string({ unit: 'grapheme' }).filter((key) => key !== '__proto__'),
      fc.oneof(fc.maxSafeInteger(), fc.boolean(), fc.string({ unit: 'grapheme' })),
      { maxKeys: 8 },
    )
    fc.assert(
      fc.property(data, fc.nat(), (value, at) => {
        const entry: Entry = { ...full, data: value, at }
        expect(parseEntry(formatEntry(entry))).toEqual(entry)
      }),
    )
  })

  test('[EN9] a changed byte is refused or is another entry', () => {
    const bytes = formatEntry(full)
    fc.assert(
      fc.property(flippedByte(bytes), (flipped) => {
        if (refusalOf(() => parseEntry(flipped)) !== 'accepted') return
        expect(parseEntry(flipped)).not.toEqual(full)
      }),
      { numRuns: 500 },
    )
  })

  test('[EN9] any bytes are an entry or a refusal', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        refusalOf(() => parseEntry(bytes))
      }),
    )
  })
})
