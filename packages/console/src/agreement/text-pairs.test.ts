import type { AgreementText } from '@parley/api'
import { expect, test } from 'vitest'
import { pairTexts } from './text-pairs.ts'

function text(id: string, language: string, of?: string): AgreementText {
  const rest = {
    issuer: 'x',
    source: 'y',
    date: '2015-09-26',
    status: of === undefined ? 'original' : 'translation',
    body: 'z',
  }
  return { id, language, ...rest, ...(of === undefined ? {} : { of }) }
}

test.each([
  ['an original and its translation', 'en', [text('a', 'en'), text('b', 'zh-Hans', 'a')], ['a b']],
  ['the reader’s language first', 'zh-Hans', [text('a', 'en'), text('b', 'zh-Hans', 'a')], ['b a']],
  ['a translation named before its original', 'en', [text('b', 'zh-Hans', 'a'), text('a', 'en')], ['a b']],
  ['two originals', 'en', [text('a', 'zh-Hans'), text('b', 'en')], ['b a']],
  ['an original without a partner', 'en', [text('a', 'en'), text('b', 'en')], ['a', 'b']],
  [
    'several pairs in the order of the pack',
    'en',
    [text('a', 'en'), text('b', 'zh-Hans', 'a'), text('c', 'en'), text('d', 'zh-Hans', 'c')],
    ['a b', 'c d'],
  ],
  [
    'an original that has a translation is nobody else’s partner',
    'en',
    [text('a', 'en'), text('c', 'zh-Hans'), text('d', 'fr', 'c')],
    ['a', 'c d'],
  ],
])('%s', (_, language, texts, pairs) => {
  expect(pairTexts(texts, language).map((pair) => pair.map(({ id }) => id).join(' '))).toEqual(pairs)
})
