import { expect, test } from 'vitest'
import { viewSubject } from '../mechanism.ts'
import { createAgreed } from '../testing/histories.ts'
import { judgeAll } from '../testing/judging.ts'
import { wordLanguages, wordOf } from '../words/words.ts'
import { formatCustodyText } from './custody-text.ts'

test.each(wordLanguages)('[EV10] the custody of an item reads as text in %s', (language) => {
  const history = createAgreed()
  const { digest: item } = history.say('us', 'evidence.sealed')
  history.say('us', 'evidence.given', { subject: item, data: { to: 'cn', conditions: ['confidential'] } })
  history.look('cn')
  history.say('cn', 'evidence.received', { subject: item })
  history.say('cn', 'evidence.opened', { subject: item, data: { purpose: 'proceedings' } })
  history.say('cn', 'evidence.erased', { subject: item, data: { ground: 'court-order', rule: 'r-7' } })
  const acts = judgeAll(history).of(item)
  const viewed = viewSubject(item, acts, history.parties)
  if (viewed.topic !== 'evidence') throw new Error('not an item of evidence')
  const word = (key: string): string => wordOf(language, key)
  const text = formatCustodyText({ item, state: viewed.state, acts }, language, word, (at) => `@${at}`)
  for (const key of [
    'type.evidence.sealed',
    'type.evidence.given',
    'type.evidence.received',
    'type.evidence.opened',
    'custodyPurpose.proceedings',
    'condition.confidential',
    'erasureGround.court-order',
    'custodyStatus.erased',
    'custodyStatus.sealed',
  ]) {
    expect(text).toContain(word(key))
  }
  expect(text).toContain(language === 'en' ? 'Certificate of custody' : '保管证明')
  expect(text).toContain(item)
  expect(text).toContain(viewed.state.ciphertext)
  expect(text).toContain('r-7')
  expect(text.match(/@\d+ {2}/g)).toHaveLength(5)
})
