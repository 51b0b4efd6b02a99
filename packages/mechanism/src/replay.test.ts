import * as fc from 'fast-check'
import { nodeCrypto } from '@parley/record/node'
import { describe, expect, test } from 'vitest'
import { cutDigest, digestStates, diverge, formatCut, parseCut, type Cut } from './cut.ts'
import { closeCut, replay, type Channel, type LogEntry } from './replay.ts'
import { historyOf, shuffle } from './testing/arbitraries.ts'
import { createAgreed, createHistory, originOf, type History } from './testing/histories.ts'
import { judgeAll } from './testing/judging.ts'
import { packAtHand } from './testing/samples.ts'

const root = Buffer.alloc(32, 7).toString('base64')

function cutOf(history: History, size: (party: string, whole: number) => number = (_, whole) => whole): Cut {
  const logs = history.parties.map((party) => {
    return {
      origin: originOf(party),
      size: size(party, history.acts.filter((act) => act.party === party).length),
      root,
    }
  })
  return { logs: logs.sort((a, b) => (a.origin < b.origin ? -1 : 1)) }
}

function channelOf(history: History): Channel {
  return { parties: history.parties.map((party) => ({ party, origin: originOf(party) })), pack: packAtHand }
}

describe('cuts', () => {
  const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
  const log = { origin: 'a.example/c/0', root, size: 0 }
  const refusals: readonly [string, Uint8Array][] = [
    ['no JSON', new Uint8Array([0x7b])],
    ['not canonical', bytes({ logs: [{ size: 0, origin: 'a', root }] })],
    ['no logs', bytes({ logs: [] })],
    ['a field too many', bytes({ logs: [log], v: 1 })],
    ['logs out of order', bytes({ logs: [{ ...log, origin: 'b' }, log] })],
    ['a log twice', bytes({ logs: [log, log] })],
    ['a negative size', bytes({ logs: [{ ...log, size: -1 }] })],
    ['a root of 31 bytes', bytes({ logs: [{ ...log, root: Buffer.alloc(31).toString('base64') }] })],
    ['a root that is no base64', bytes({ logs: [{ ...log, root: '!'.repeat(44) }] })],
    ['an origin that is no string', bytes({ logs: [{ ...log, origin: 1 }] })],
  ]
  test.each(refusals)('[CT1] %s', (_, refused) => {
    expect(() => parseCut(refused)).toThrowError(expect.objectContaining({ code: 'cut.malformed' }))
  })

  test('[CT1] a cut is read as it was written, and no flipped bit is another way to write it', () => {
    const cut = cutOf(createAgreed())
    const written = formatCut(cut)
    expect(parseCut(written)).toEqual(cut)
    for (let i = 0; i < written.length; i++) {
      const flipped = written.slice()
      flipped[i]! ^= 1
      try {
        expect(parseCut(flipped)).not.toEqual(cut)
      } catch (error) {
        expect(error).toMatchObject({ code: 'cut.malformed' })
      }
    }
  })

  test('[CT2] the digest of a cut is fixed', () => {
    expect(cutDigest({ logs: [log] }, nodeCrypto)).toBe(
      nodeHex(`parley/cut/v1\n{"logs":[{"origin":"a.example/c/0","root":"${root}","size":0}]}`),
    )
  })
})

function nodeHex(text: string): string {
  return Buffer.from(nodeCrypto.sha256(new TextEncoder().encode(text))).toString('hex')
}

test('[CT3] what is inside a cut has seen nothing outside it; the rest waits, with all that came after it', () => {
  fc.assert(
    fc.property(historyOf(), fc.array(fc.nat({ max: 20 }), { minLength: 3, maxLength: 3 }), (history, less) => {
      const cut = cutOf(history, (party, whole) => Math.max(0, whole - less[history.parties.indexOf(party)]!))
      const origins = history.parties.map(originOf)
      const { inside, waiting } = closeCut(cut, origins, history.entries())
      const sizes = new Map(origins.map((origin) => [origin, 0]))
      for (const { origin, index, seen } of inside) {
        expect(index).toBe(sizes.get(origin))
        for (const head of seen) expect(head.size).toBeLessThanOrEqual(sizes.get(head.origin)!)
        sizes.set(origin, index + 1)
      }
      const total = cut.logs.reduce((sum, { size }) => sum + size, 0)
      expect(inside.length + waiting.length).toBe(total)
    }),
  )
})

test('[CT3] a log that is not of the channel is inside whole, and what has seen beyond it waits', () => {
  const entry = (size: number): LogEntry => ({
    origin: 'a',
    index: 0,
    seen: [{ origin: 'g', size }],
    reading: { kind: 'unknown' },
  })
  const cut: Cut = {
    logs: [
      { origin: 'a', size: 1, root },
      { origin: 'g', size: 2, root },
    ],
  }
  expect(closeCut(cut, ['a'], [entry(2)]).inside).toHaveLength(1)
  expect(closeCut(cut, ['a'], [entry(3)]).waiting).toHaveLength(1)
  expect(closeCut({ logs: [cut.logs[0]!] }, ['a'], [entry(1)]).waiting).toHaveLength(1)
})

test('[CT4] everything at a cut is what was judged entry by entry, in whatever order the entries are handed over', () => {
  fc.assert(
    fc.property(historyOf(), fc.func(fc.nat()), (history, chance) => {
      const cut = cutOf(history)
      const whole = replay(cut, history.entries(), channelOf(history))
      const again = replay(cut, shuffle(history.entries(), chance), channelOf(history))
      const [one, two] = [whole, again].map(({ states }) => digestStates(states, nodeCrypto))
      expect(diverge(one!, two!)).toEqual({ kind: 'equal' })
      expect(one!.digest).toBe(two!.digest)
      const judged = judgeAll(history)
      for (const act of history.acts) {
        expect(whole.verdicts.get(originOf(act.party))![act.index]).toEqual(judged.verdicts.get(act.digest))
      }
    }),
    { numRuns: 100 },
  )
})

test('[CT4] a smaller cut is a prefix: no verdict inside it is another in a larger one', () => {
  fc.assert(
    fc.property(historyOf(), fc.array(fc.nat({ max: 20 }), { minLength: 3, maxLength: 3 }), (history, less) => {
      const small = cutOf(history, (party, whole) => Math.max(0, whole - less[history.parties.indexOf(party)]!))
      const [a, b] = [small, cutOf(history)].map((cut) => replay(cut, history.entries(), channelOf(history)))
      for (const [origin, verdicts] of a!.verdicts) {
        for (const [i, verdict] of verdicts.entries()) {
          if (verdict.kind !== 'waiting') expect(b!.verdicts.get(origin)![i]).toEqual(verdict)
        }
      }
    }),
    { numRuns: 100 },
  )
})

test('[CT5] what waits for a pack holds up what had seen it, and nothing gets a verdict that would change', () => {
  const history = createAgreed()
  const { digest: subject } = history.say('us', 'request.opened', { data: { cites: ['help'] } })
  history.look('cn')
  history.say('cn', 'request.accepted', { subject })
  const channel = channelOf(history)
  const without = replay(cutOf(history), history.entries(), { ...channel, pack: () => undefined })
  expect(without.verdicts.get(originOf('us'))![1]).toEqual({ kind: 'waiting', code: 'pack.missing' })
  expect(without.verdicts.get(originOf('cn'))![1]).toEqual({ kind: 'waiting', code: 'seen.missing' })
  const { verdicts } = replay(cutOf(history), history.entries(), channel)
  expect(verdicts.get(originOf('cn'))![1]).toEqual({ kind: 'valid' })
})

test('[CT5] logs that saw each other in a circle wait for ever, on both sides', () => {
  const history = createHistory()
  for (const party of history.parties) history.say(party, 'agreement.adopted')
  const entries = history.entries().map((entry) => {
    const other = history.parties.map(originOf).find((origin) => origin !== entry.origin)!
    return { ...entry, seen: [{ origin: other, size: 1 }] }
  })
  const { inside, waiting } = closeCut(cutOf(history), history.parties.map(originOf), entries)
  expect([inside.length, waiting.length]).toEqual([0, 2])
})

test('[CT6] entries that the record refused, or of unknown types, keep their verdict and have no effect', () => {
  const history = createAgreed()
  const entries = history.entries().map((entry, i): LogEntry => {
    return i === 0
      ? { ...entry, reading: { kind: 'invalid', code: 'approval.count' } }
      : { ...entry, reading: { kind: 'unknown' } }
  })
  const { verdicts, states } = replay(cutOf(history), entries, channelOf(history))
  expect(verdicts.get(originOf('cn'))).toEqual([{ kind: 'invalid', code: 'approval.count' }])
  expect(verdicts.get(originOf('us'))).toEqual([{ kind: 'unknown' }])
  expect(states.get('agreement')).toMatchObject({ state: { status: 'not-in-force' } })
})

test('[CT7] two sides that differ name the first subject they differ in', () => {
  const history = createAgreed()
  const { digest: subject } = history.say('us', 'request.opened')
  const ours = digestStates(replay(cutOf(history), history.entries(), channelOf(history)).states, nodeCrypto)
  const theirs = { ...ours, subjects: ours.subjects.filter(([id]) => id !== subject) }
  expect(diverge(ours, ours)).toEqual({ kind: 'equal' })
  expect(diverge(ours, theirs)).toEqual({ kind: 'differs', subject, ours: new Map(ours.subjects).get(subject) })
  const changed = { ...ours, subjects: ours.subjects.map(([id]) => [id, 'f'.repeat(64)] as const) }
  expect(diverge(ours, changed)).toMatchObject({ kind: 'differs', subject })
  expect(ours.subjects.map(([id]) => id)).toEqual([subject, 'agreement', 'directory'])
})
