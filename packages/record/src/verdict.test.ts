import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { bytesOfVector, readRecordVectors } from '../test-support/record-vectors.ts'
import { signerOf } from '../test-support/parties.ts'
import { flippedByte } from '../test-support/refusal.ts'
import type { Demand } from './approval.ts'
import { formatBase64, parseBase64 } from './bytes.ts'
import type { CarriedReceipt } from './carried-receipt.ts'
import { openCard } from './card.ts'
import { formatCheckpointText } from './checkpoint.ts'
import { cosignatureMessage } from './cosignature-message.ts'
import type { RecordErrorCode } from './error.ts'
import type { GovernanceState } from './governance.ts'
import { judgeGovernance } from './governance-verdict.ts'
import { nodeCrypto } from './node/crypto.ts'
import type { Seen } from './seen.ts'
import { judgeRecord, type RecordQuestion, type RecordVerdict } from './verdict.ts'

interface VerdictVectors {
  channel: string
  party: string
  governance: string[]
  otherGovernance: Record<string, string[]>
  seenOrigins: string[]
  roots: { origin: string; size: number; root: string }[]
  demands: Record<string, Demand>
  log: {
    name: string
    text: string
    kind: RecordVerdict['kind']
    code?: RecordErrorCode
    digest?: string
    approvedBy?: string[]
    seen?: Seen[]
    for?: { origin: string; size: number }
  }[]
}

const vectors = readRecordVectors<VerdictVectors>('verdicts')
const roots = new Map(vectors.roots.map(({ origin, size, root }) => [`${origin} ${size}`, parseBase64(root)]))
const states: GovernanceState[] = []
let others: ReadonlyMap<string, GovernanceState>
let question: Omit<RecordQuestion, 'bytes' | 'index' | 'seenBefore' | 'replay'>

/** The state after each entry of a governance log. */
async function readGovernance(log: readonly string[]): Promise<GovernanceState[]> {
  const read = [(await openCard(nodeCrypto, bytesOfVector({ text: log[0]! }))).governance]
  for (const text of log.slice(1)) {
    const bytes = bytesOfVector({ text })
    const verdict = await judgeGovernance({ crypto: nodeCrypto, bytes, state: read.at(-1)!, replay: () => false })
    expect(verdict.kind).toBe('valid')
    read.push(verdict.state)
  }
  return read
}

beforeAll(async () => {
  states.push(...(await readGovernance(vectors.governance)))
  const read = Object.entries(vectors.otherGovernance).map(async ([party, log]) => {
    return [party, (await readGovernance(log)).at(-1)!] as const
  })
  others = new Map(await Promise.all(read))
  question = {
    crypto: nodeCrypto,
    log: { channel: vectors.channel, party: vectors.party },
    seenOrigins: new Set(vectors.seenOrigins),
    seenRoots: (origin, size) => roots.get(`${origin} ${size}`) ?? 'unknown',
    governance: states.at(-1)!,
    demands: (type) => (Object.hasOwn(vectors.demands, type) ? vectors.demands[type] : undefined),
    receiptOf: (_type, { receipt }) => receipt as CarriedReceipt | undefined,
    otherGovernance: (party) => others.get(party),
  }
})

/** The entry of the vectors at `index`, judged after those before it. */
function judge(index: number, change: Partial<RecordQuestion> = {}): Promise<RecordVerdict> {
  const before = vectors.log.slice(0, index)
  const digests = new Set(before.flatMap((vector) => vector.digest ?? []))
  return judgeRecord({
    ...question,
    bytes: bytesOfVector(vectors.log[index]!),
    index: before.filter(({ kind }) => kind !== 'waiting').length,
    seenBefore: before.findLast((vector) => vector.seen !== undefined)?.seen ?? [],
    replay: (digest) => digests.has(digest),
    ...change,
  })
}

/** A verdict as the vectors spell it. */
function summaryOf(verdict: RecordVerdict): object {
  switch (verdict.kind) {
    case 'valid':
      return {
        kind: verdict.kind,
        digest: verdict.digest,
        approvedBy: verdict.approvedBy.map((item) => item.official),
        seen: verdict.seen,
      }
    case 'invalid':
      return { kind: verdict.kind, code: verdict.code, seen: verdict.seen }
    case 'unknown':
      return { kind: verdict.kind, digest: verdict.digest, seen: verdict.seen }
    case 'waiting':
      return { kind: verdict.kind, for: verdict.for }
  }
}

function indexOf(name: string): number {
  return vectors.log.findIndex((vector) => vector.name === name)
}

function named(name: string, change: Partial<RecordQuestion> = {}): Promise<RecordVerdict> {
  return judge(indexOf(name), change)
}

describe('the vectors', () => {
  test.each(vectors.log.map((vector, index) => ({ ...vector, index })))(
    '[VD1] $kind $code: $name',
    async ({ index }) => {
      const { name: _name, text: _text, ...expected } = vectors.log[index]!
      expect(summaryOf(await judge(index))).toEqual(expected)
    },
  )
})

describe('the order of the checks', () => {
  const opened = 'two officials where two are demanded'
  const everything: Partial<RecordQuestion> = {
    log: { channel: '0'.repeat(32), party: 'eu' },
    replay: () => true,
    seenOrigins: new Set(),
    seenRoots: () => new Uint8Array(32),
    demands: () => undefined,
  }

  test('[VD1] each check hides those after it', async () => {
    const remaining: Partial<RecordQuestion> = { ...everything }
    const repair = (change: Partial<RecordQuestion>) => Object.assign(remaining, change)
    const outcome = async () => {
      const verdict = await named(opened, remaining)
      return verdict.kind === 'invalid' ? verdict.code : verdict.kind
    }
    expect(
      (await judgeRecord({ ...question, ...everything, bytes: new Uint8Array(), seenBefore: [] } as RecordQuestion))
        .kind,
    ).toBe('invalid')
    expect(await outcome()).toBe('entry.channel')
    repair({ log: { channel: vectors.channel, party: 'eu' } })
    expect(await outcome()).toBe('entry.from')
    repair({ log: question.log })
    expect(await outcome()).toBe('entry.replayed')
    repair({ replay: () => false })
    expect(await outcome()).toBe('seen.origin')
    repair({ seenOrigins: question.seenOrigins })
    expect(await outcome()).toBe('seen.root')
    repair({ seenRoots: () => 'unknown' })
    expect(await outcome()).toBe('waiting')
    repair({ seenRoots: question.seenRoots })
    expect(await outcome()).toBe('unknown')
    repair({ demands: () => ({ count: 3, roles: ['releasing'] }) })
    expect(await outcome()).toBe('approval.count')
    const receipt = { party: 'eu', size: 1, time: 1, signature: '' }
    repair({ demands: question.demands, receiptOf: () => receipt })
    expect(await outcome()).toBe('receipt.party')
    repair({ receiptOf: question.receiptOf })
    expect(await outcome()).toBe('valid')
  })

  test('[VD2] an entry stands in one log alone', async () => {
    expect(await named(opened, { log: { channel: '0'.repeat(32), party: 'us' } })).toMatchObject({
      code: 'entry.channel',
    })
    expect(await named(opened, { log: { channel: vectors.channel, party: 'cn' } })).toMatchObject({
      code: 'entry.from',
    })
  })

  test('[VD3] a replay is found by digest, whatever its approvals', async () => {
    expect(await named('the same entry again, with other approvals')).toMatchObject({ code: 'entry.replayed' })
  })
})

describe('receipts', () => {
  const first = 'a receipt over a head of the log'
  const carried = (JSON.parse(vectors.log[indexOf(first)]!.text) as { data: { receipt: CarriedReceipt } }).data.receipt

  test('[RP1] one that verifies changes nothing else in the verdict', async () => {
    const verdict = await named(first)
    expect(verdict).toMatchObject({ kind: 'valid' })
    expect(await named(first, { receiptOf: () => undefined })).toEqual(verdict)
  })

  test('[RP2] the key is that of the governance head which the author had seen', async () => {
    expect(await named('a receipt by a key that is rotated later')).toMatchObject({ kind: 'valid' })
    expect(await named('a receipt by a key that is rotated at the head that is seen')).toMatchObject({
      code: 'receipt.signature',
    })
    expect(await named('a receipt by the key of the head that is seen')).toMatchObject({ kind: 'valid' })
  })

  test('[RP3] no other head, time, key or party is taken', async () => {
    const codeWith = async (change: Partial<CarriedReceipt>) => {
      const verdict = await named(first, { receiptOf: () => ({ ...carried, ...change }) })
      return verdict.kind === 'invalid' ? verdict.code : verdict.kind
    }
    expect(await codeWith({})).toBe('valid')
    expect(await codeWith({ size: carried.size + 1 })).toBe('receipt.signature')
    expect(await codeWith({ time: carried.time - 1 })).toBe('receipt.signature')
    expect(await codeWith({ signature: `A${carried.signature.slice(1)}` })).toBe('receipt.signature')
    expect(await codeWith({ size: 0 })).toBe('receipt.size')
    expect(await codeWith({ size: 100 })).toBe('receipt.size')
    for (const party of ['us', 'eu']) expect(await codeWith({ party })).toBe('receipt.party')
  })

  test('[RP4] a time that nobody can have had verifies like any other', async () => {
    const cn = others.get('cn')!
    const mirror = signerOf('cn mirror')
    const root = roots.get(`us.parley.example/c/${vectors.channel} 5`)!
    for (const time of [1, 253_402_300_799]) {
      const text = formatCheckpointText({ origin: `us.parley.example/c/${vectors.channel}`, size: 5, root })
      const signature = formatBase64(await mirror.sign(cosignatureMessage(time, text)))
      const receipt = { party: cn.party, size: 5, time, signature }
      expect(await named(first, { receiptOf: () => receipt })).toMatchObject({ kind: 'valid' })
    }
  })

  test('[RP5] the entry waits while our copy cannot tell the root', async () => {
    const origin = `us.parley.example/c/${vectors.channel}`
    const seenRoots = (log: string, size: number) => (log === origin ? 'unknown' : question.seenRoots(log, size))
    expect(await named(first, { seenRoots })).toEqual({ kind: 'waiting', for: { origin, size: 5 } })
  })

  test('[RP6] an author who had seen nothing of the cosigner’s governance carries no receipt of it', async () => {
    const opened = 'two officials where two are demanded'
    const receipt = { ...carried, size: 1 }
    expect(await named(opened, { receiptOf: () => receipt, index: 7 })).toMatchObject({ code: 'seen.missing' })
  })
})

describe('what was seen', () => {
  test('[VD4] a wrong root is final, also after a head that is not replicated', async () => {
    const name = 'a root that the log does not have, after a head that is not replicated'
    expect(await named(name)).toMatchObject({ kind: 'invalid', code: 'seen.root' })
    expect(
      await named(name, {
        seenRoots: (origin, size) => (size === 21 ? new Uint8Array(32) : question.seenRoots(origin, size)),
      }),
    ).toMatchObject({ code: 'seen.root' })
  })

  test('[VD5] an entry waits for the first head that is not replicated, and is judged when it is', async () => {
    const name = 'a head that is not replicated'
    const verdict = await named(name)
    const awaited = verdict.kind === 'waiting' ? verdict.for : undefined
    expect(awaited).toEqual(vectors.log[indexOf(name)]!.for)
    const entry = JSON.parse(vectors.log[indexOf(name)]!.text) as { seen: Seen[] }
    const root = parseBase64(entry.seen.find((item) => item.origin === awaited?.origin)!.root)
    expect((await named(name, { seenRoots: () => root })).kind).toBe('valid')
  })

  test('[VD5] an entry waits for governance entries that are not judged here yet', async () => {
    const name = 'the governance head at which that official is enrolled'
    expect(await named(name, { governance: states[0]! })).toEqual({
      kind: 'waiting',
      for: { origin: 'us.parley.example/governance', size: 2 },
    })
  })

  test('[VD6] the officials are those of the governance head that had been seen by then', async () => {
    expect(await named('an official who is not enrolled yet at the governance head that is seen')).toMatchObject({
      code: 'approval.official',
    })
    expect(await named('the governance head at which that official is enrolled')).toMatchObject({ kind: 'valid' })
    expect(await named('an older governance head, to bring the official back')).toMatchObject({
      code: 'approval.official',
    })
  })

  test('[VD7] governance entries that came later change no verdict', async () => {
    for (const [index, vector] of vectors.log.entries()) {
      if (vector.kind === 'waiting') continue
      for (const governance of states) {
        const verdict = await judge(index, { governance })
        if (verdict.kind !== 'waiting') expect(summaryOf(verdict)).toEqual(summaryOf(await judge(index)))
      }
    }
  })

  test('[VD9] an entry of another type or without approvals adds what it saw, and one that fails before adds nothing', () => {
    for (const [index, vector] of vectors.log.entries()) {
      const before = vectors.log.slice(0, index).findLast((item) => item.seen !== undefined)?.seen ?? []
      const early = /^(json|bytes|entry|seen|assertion\.malformed|approval\.malformed)/.test(vector.code ?? '')
      if (early) expect(vector.seen).toEqual(before)
    }
    const revoked = vectors.log[indexOf('the governance head at which that official is revoked')]!
    expect(revoked.kind).toBe('invalid')
    expect(revoked.seen!.find((item) => item.origin === 'us.parley.example/governance')!.size).toBe(3)
    const unknown = vectors.log[indexOf('a type that is not known')]!
    expect(unknown.seen!.find((item) => item.origin.startsWith('cn') && item.origin.includes('/c/'))!.size).toBe(5)
  })
})

describe('hostile entries', () => {
  const opened = indexOf('two officials where two are demanded')

  test('[VD8] a type that is not known is carried and not judged further', async () => {
    const verdict = await judge(opened, {
      demands: () => undefined,
      crypto: { ...nodeCrypto, verifyEd25519: () => Promise.reject(new Error('nobody asked')) },
    })
    expect(verdict).toMatchObject({ kind: 'unknown', entry: { type: 'request.opened' } })
  })

  test('[VD10] a changed byte of a valid entry is never valid', async () => {
    await fc.assert(
      fc.asyncProperty(flippedByte(bytesOfVector(vectors.log[opened]!)), async (bytes) => {
        expect((await judge(opened, { bytes })).kind).not.toBe('valid')
      }),
      { numRuns: 400 },
    )
  })

  test('[VD10] any bytes have a verdict', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (bytes) => {
        expect(await judge(opened, { bytes })).toMatchObject({ kind: 'invalid' })
      }),
    )
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test('[VD10] what is wrong with us is not blamed on the entry', async () => {
    const broken = { ...nodeCrypto, verifyEd25519: () => Promise.reject(new Error('no thread is left')) }
    await expect(judge(opened, { crypto: broken })).rejects.toThrow('no thread is left')
  })
})
