import { expect, test } from 'vitest'
import { readBody, titleOf, translatedTitleOf } from './body-text.ts'

test('a body is read as far as it is understood', () => {
  const body = readBody({
    v: 1,
    texts: [
      { language: 'zh-Hans', text: '标题\n\n正文', role: 'translation', by: '某局' },
      { language: 'en', text: 'Title\n\nText', role: 'original' },
      { language: 'fr', role: 'translation' },
      'not a text',
    ],
    fields: { facts: 'A thing happened', purpose: null },
    names: [{ name: 'Some One', as: 'contact' }, { name: 1 }],
  })
  expect(body.texts.map(({ language }) => language)).toEqual(['zh-Hans', 'en'])
  expect(body.fields).toEqual([['facts', 'A thing happened']])
  expect(body.names).toEqual([{ name: 'Some One', as: 'contact' }])
  expect(titleOf(body)).toEqual({ text: 'Title', language: 'en' })
  expect(translatedTitleOf(body, 'zh-Hans')).toEqual({ text: '标题', language: 'zh-Hans' })
  expect(translatedTitleOf(body, 'en')).toBeUndefined()
})

test('[T-11] of attachments what is not understood is left out, and names stay text', () => {
  const file = { name: '<img src=x>\u202efdp.exe', media: 'text/csv', bytes: 3, digest: 'ab' }
  const attachments = [file, { ...file, bytes: '3' }, 'x', { ...file, item: 5 }] as never
  expect(readBody({ attachments }).attachments).toEqual([file, file])
})

test('an empty body has no title', () => {
  expect(titleOf(readBody({}))).toBeUndefined()
})
