import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAgreed } from '../testing/histories.ts'
import { someSignature } from '../testing/samples.ts'
import { intervalOf, newestEvidence, receiptOf } from './evidence.ts'

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

/** us opens at 100 and chases at 150 with a receipt of `party` for `size` entries at the second given; nobody else speaks. */
function silence(receipt: { party?: string; size?: number; time: number }, parties?: readonly string[]) {
  const history = createAgreed(parties)
  history.look('us', 'cn', 100)
  const opened = history.say('us', 'request.opened', { data: { to: 'cn' } })
  history.look('us', 'cn', 150)
  const { party = 'cn', size = opened.index + 1, time } = receipt
  const data = { receipt: { party, size, time, signature: someSignature } }
  const chased = history.say('us', 'request.chased', { subject: opened.digest, data })
  return { opened, chased, acts: [chased, opened] }
}

test('[TM5] the receipt of a silent party bounds what its head covers', () => {
  const { acts, chased, opened } = silence({ time: 120 })
  expect(receiptOf(opened, acts, 'cn')).toEqual({ notBefore: 100_000, notAfter: 120_999 })
  expect(intervalOf(chased, acts)).toEqual({ notBefore: 150_000, notAfter: null })
  const early = silence({ time: 120, size: 1 })
  expect(early.opened.index).toBe(1)
  expect(receiptOf(early.opened, early.acts, 'cn').notAfter).toBeNull()
})

test('[TM5] it binds its cosigner alone', () => {
  const { acts, opened } = silence({ time: 120, party: 'ru' }, ['cn', 'ru', 'us'])
  expect(receiptOf(opened, acts, 'cn').notAfter).toBeNull()
  expect(receiptOf(opened, acts, 'ru').notAfter).toBe(120_999)
})

test('[TM5] an absurd time makes an interval wide and moves no other moment', () => {
  const late = silence({ time: 250_000_000_000 })
  expect(receiptOf(late.opened, late.acts, 'cn')).toEqual({ notBefore: 100_000, notAfter: 250_000_000_000_999 })
  expect(newestEvidence(late.acts)).toBe(150_000)
  const early = silence({ time: 1 })
  expect(receiptOf(early.opened, early.acts, 'cn')).toEqual({ notBefore: 1999, notAfter: 100_000 })
  expect(newestEvidence(early.acts)).toBe(150_000)
  expect(intervalOf(early.chased, early.acts)).toEqual({ notBefore: 150_000, notAfter: null })
})

test('[TM4] [TM5] receipts count in whatever order the acts come, and the earliest counts', () => {
  const time = fc.integer({ min: 1, max: 300 })
  fc.assert(
    fc.property(fc.array(time, { minLength: 1, maxLength: 5 }), (times) => {
      const history = createAgreed()
      const opened = history.say('us', 'request.opened', { data: { to: 'cn' } })
      const chases = times.map((second) => {
        const receipt = { party: 'cn', size: opened.index + 1, time: second, signature: someSignature }
        return history.say('us', 'request.chased', { subject: opened.digest, data: { receipt } })
      })
      const found = receiptOf(opened, [opened, ...chases], 'cn')
      expect(found.notAfter).toBe(Math.min(...times) * 1000 + 999)
      expect(receiptOf(opened, [...chases.reverse(), opened], 'cn')).toEqual(found)
    }),
  )
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
