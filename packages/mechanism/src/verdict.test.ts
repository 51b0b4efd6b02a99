import * as fc from 'fast-check'
import { formatCanonical } from '@parley/record'
import { expect, test } from 'vitest'
import type { Act } from './act.ts'
import { view, viewSubject } from './mechanism.ts'
import { entryTypes, topicOf, topics } from './table.ts'
import { historyOf, shuffle } from './testing/arbitraries.ts'
import { createAgreed } from './testing/histories.ts'
import { judgeAll, lastVerdict } from './testing/judging.ts'
import { packAtHand, samples } from './testing/samples.ts'
import { judge, may, type Verdict } from './verdict.ts'

const text = (value: unknown) => new TextDecoder().decode(formatCanonical(value))

test('[VD3] a verdict is final: whatever comes later, and whatever else is handed over, it stays the same', () => {
  fc.assert(
    fc.property(historyOf(), (history) => {
      const { verdicts, valid, of } = judgeAll(history)
      for (const act of history.acts) {
        const everything = {
          parties: history.parties,
          subject: of(act.subject),
          agreement: of('agreement'),
          pack: packAtHand,
        }
        expect(judge(act, everything)).toEqual(verdicts.get(act.digest))
        // Acts of other subjects do no harm either, as they are none of this subject's.
        const own = { ...everything, subject: valid.filter((other) => other.subject === act.subject).reverse() }
        expect(judge(act, own)).toEqual(verdicts.get(act.digest))
      }
    }),
    { numRuns: 150 },
  )
})

test('[VD3] entries arrive in any order that has what is seen before who sees, and get the same verdicts', () => {
  fc.assert(
    fc.property(historyOf(), fc.func(fc.nat()), ({ acts, parties }, chance) => {
      expect(judgeAll({ acts: arrive(acts, chance), parties }).verdicts).toEqual(judgeAll({ acts, parties }).verdicts)
    }),
    { numRuns: 150 },
  )
})

test('[VD4] states are the same bytes in whatever order the acts are handed over', () => {
  fc.assert(
    fc.property(historyOf(), fc.func(fc.nat()), (history, chance) => {
      const { valid, of } = judgeAll(history)
      for (const subject of new Set(['agreement', 'directory', ...valid.map((act) => act.subject)])) {
        const acts = of(subject)
        const shuffled = shuffle(acts, chance)
        expect(text(viewSubject(subject, shuffled, history.parties))).toBe(
          text(viewSubject(subject, acts, history.parties)),
        )
        for (const { name } of topics) {
          const founding = entryTypes.find(({ place, type }) => place === 'founding' && topicOf(type).name === name)
          if (founding !== undefined && !acts.some(({ type }) => type === founding.type)) continue
          expect(text(view(name, shuffled, history.parties))).toBe(text(view(name, acts, history.parties)))
        }
      }
    }),
    { numRuns: 150 },
  )
})

test('[VD5] an intent is refused exactly as the act would be that comes of it', () => {
  fc.assert(
    fc.property(historyOf(), (history) => {
      const { verdicts, of } = judgeAll(history)
      for (const act of history.acts) {
        const verdict = verdicts.get(act.digest)!
        if (verdict.kind === 'invalid' && verdict.code === 'data.malformed') continue
        const seen = (acts: readonly Act[]) => acts.filter((other) => isBefore(other, act))
        const intent = { ...act, body: act.body !== undefined }
        const known = {
          parties: history.parties,
          subject: seen(of(act.subject)),
          agreement: seen(of('agreement')),
          pack: packAtHand,
        }
        expect(may(intent, known)).toBe(codeOf(verdict))
      }
    }),
    { numRuns: 150 },
  )
})

test('[VD6] forms: a body that is missing or too many, an author outside, a matter of another kind', () => {
  const history = createAgreed()
  const { digest: subject } = history.say('us', 'request.opened')
  history.say('us', 'request.supplemented', { subject, body: false })
  expect(lastVerdict(history)).toBe('body.missing')
  const chase = history.say('us', 'request.chased', { subject })
  const context = { parties: history.parties, subject: history.acts, agreement: history.acts, pack: packAtHand }
  const body = { ciphertext: subject, commitment: subject, size: 1024 }
  expect(judge({ ...chase, body }, context)).toEqual({ kind: 'invalid', code: 'body.forbidden' })
  expect(judge({ ...chase, party: 'fr' }, context)).toEqual({ kind: 'invalid', code: 'party.unknown' })
  expect(judge({ ...chase, subject: 'directory' }, context)).toEqual({ kind: 'invalid', code: 'subject.topic' })
  expect(judge({ ...chase, subject: 'e'.repeat(64) }, context)).toEqual({ kind: 'invalid', code: 'subject.unknown' })
  const [adopted] = history.acts
  expect(judge({ ...chase, subject: adopted!.digest }, context)).toEqual({ kind: 'invalid', code: 'subject.topic' })
  expect(judge({ ...chase, data: { office: 'x', zeal: 1 } }, context)).toEqual({
    kind: 'invalid',
    code: 'data.malformed',
    pointer: '/office',
  })
})

test('[VD7] a type that is not known is unknown, and its entry has no effect', () => {
  const [act] = createAgreed().acts
  const context = { parties: ['cn', 'us'], subject: [], agreement: [], pack: packAtHand }
  expect(judge({ ...act!, type: 'agreement.sung' }, context)).toEqual({ kind: 'unknown' })
})

test('[VD8] an entry that cites a pack which is not at hand waits for it', () => {
  const history = createAgreed()
  const opening = history.say('us', 'request.opened', { data: { cites: ['help'] } })
  const context = { parties: history.parties, subject: [], agreement: history.acts.slice(0, 2) }
  expect(judge(opening, { ...context, pack: () => undefined })).toEqual({ kind: 'waiting', code: 'pack.missing' })
  expect(judge(opening, { ...context, pack: packAtHand })).toEqual({ kind: 'valid' })
  expect(judge({ ...opening, data: samples['request.opened'] }, { ...context, pack: () => undefined })).toEqual({
    kind: 'valid',
  })
})

function isBefore(other: Act, act: Act): boolean {
  return other.party === act.party ? other.index < act.index : other.index < (act.seen[other.party] ?? 0)
}

function codeOf(verdict: Verdict): string | undefined {
  return verdict.kind === 'invalid' ? verdict.code : undefined
}

/** Another order of arrival: each log in its own order, and nothing before what it had seen. */
function arrive(acts: readonly Act[], chance: (act: Act) => number): readonly Act[] {
  const left = new Set(acts)
  const arrived: Act[] = []
  while (left.size > 0) {
    const ready = [...left].filter((act) => ![...left].some((other) => isBefore(other, act)))
    const next = shuffle(ready, chance)[0]!
    left.delete(next)
    arrived.push(next)
  }
  return arrived
}
