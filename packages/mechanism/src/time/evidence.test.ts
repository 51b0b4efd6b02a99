import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAgreed } from '../testing/histories.ts'
import { intervalOf, receiptOf } from './evidence.ts'

/** us opens at 100 and cn acknowledges; each cosigns at the second given, 0 for never. */
function exchange(times: { before: number; receipt: number; answer: number }, parties?: readonly string[]) {
  const history = createAgreed(parties)
  history.look('us', 'cn', times.before)
  const opened = history.say('us', 'request.opened', { data: { to: 'cn' } })
  history.look('cn', 'us', times.receipt)
  const acknowledged = history.say('cn', 'request.acknowledged', { subject: opened.digest })
  history.look('us', 'cn', times.answer)
  const chased = history.say('us', 'request.chased', { subject: opened.digest })
  return { opened, acknowledged, chased, acts: [opened, acknowledged, chased], history }
}

test('[TM1] an act is after what its author had cosigned and before others had cosigned it', () => {
  const { acknowledged, acts, chased, opened } = exchange({ before: 100, receipt: 120, answer: 150 })
  expect(intervalOf(opened, acts)).toEqual({ notBefore: 100_000, notAfter: 120_999 })
  expect(intervalOf(acknowledged, acts)).toEqual({ notBefore: 120_000, notAfter: 150_999 })
  expect(intervalOf(chased, acts)).toEqual({ notBefore: 150_000, notAfter: null })
})

test('[TM1] what nothing bounds is null', () => {
  const { acts, opened } = exchange({ before: 0, receipt: 0, answer: 0 })
  expect(intervalOf(opened, acts)).toEqual({ notBefore: null, notAfter: null })
})

test('[TM2] times that contradict each other make the interval wider', () => {
  const { acts, opened } = exchange({ before: 200, receipt: 120, answer: 150 })
  expect(intervalOf(opened, acts)).toEqual({ notBefore: 120_999, notAfter: 200_000 })
})

test('[TM3] receipt by a party is bounded by its own cosignatures alone', () => {
  const { acts, history, opened } = exchange({ before: 100, receipt: 120, answer: 150 }, ['cn', 'ru', 'us'])
  history.look('ru', 'us', 110)
  const seen = history.say('ru', 'entry.opened', { subject: opened.digest, data: { entry: opened.digest } })
  expect(intervalOf(opened, [...acts, seen]).notAfter).toBe(110_999)
  expect(receiptOf(opened, [...acts, seen], 'cn').notAfter).toBe(120_999)
})

test('[TM4] the order of arrival changes no interval', () => {
  const time = fc.nat({ max: 300 })
  fc.assert(
    fc.property(fc.record({ before: time, receipt: time, answer: time }), (times) => {
      const { acts } = exchange(times)
      for (const act of acts) expect(intervalOf(act, [...acts].reverse())).toEqual(intervalOf(act, acts))
    }),
  )
})
