import { expect, test } from 'vitest'
import { view, viewSubject } from './mechanism.ts'
import { createAgreed } from './testing/histories.ts'
import { judgeAll, lastVerdict } from './testing/judging.ts'

test('[ER1] each holder says for itself that it erased a body, and on what ground', () => {
  const history = createAgreed()
  const { digest: subject, body } = history.say('us', 'request.opened')
  const { ciphertext } = body!
  history.look('cn')
  const own = history.say('us', 'body.erased', { subject, data: { ciphertext, ground: 'law', rule: 'r-1' } })
  const other = history.say('cn', 'body.erased', { subject, data: { ciphertext, ground: 'court-order' } })
  expect(view('erasure', judgeAll(history).of(subject), history.parties).erased).toEqual([
    { ciphertext, by: 'cn', ground: 'court-order', erasure: other.digest },
    { ciphertext, by: 'us', ground: 'law', rule: 'r-1', erasure: own.digest },
  ])
})

test('[ER2] an erasure changes nothing else in the state', () => {
  const history = createAgreed()
  const { digest: subject, body } = history.say('us', 'request.opened')
  const before = viewSubject(subject, judgeAll(history).of(subject), history.parties)
  history.say('us', 'body.erased', { subject, data: { ciphertext: body!.ciphertext } })
  const after = viewSubject(subject, judgeAll(history).of(subject), history.parties)
  expect({ ...after, erased: [] }).toEqual(before)
  expect(after.erased).toHaveLength(1)
})

test('[ER3] only a body that the author had seen in the matter can be erased, once by each', () => {
  const history = createAgreed()
  const { digest: subject, body } = history.say('us', 'request.opened')
  const erase = (party: string) =>
    history.say(party, 'body.erased', { subject, data: { ciphertext: body!.ciphertext } })
  erase('us')
  erase('us')
  expect(lastVerdict(history)).toBe('erasure.erased-already')
  history.say('us', 'body.erased', { subject })
  expect(lastVerdict(history)).toBe('erasure.body-unknown')
  erase('cn')
  expect(lastVerdict(history)).toBe('subject.unknown')
})
