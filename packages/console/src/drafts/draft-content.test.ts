import { expect, test } from 'vitest'
import { emptyDraft } from '../requests/act-draft.ts'
import { fixedOf, isSameContent, readContent, writeContent } from './draft-content.ts'

const draft = {
  ...emptyDraft('en'),
  values: { kind: 'information', office: undefined, offences: ['phishing'] },
  original: { language: 'zh-Hans', text: ' 尚未写完 ' },
  translation: { language: 'en', text: '' },
  particulars: { facts: '', purpose: 'To find out' },
  attachments: [{ name: 'log.csv', media: 'text/csv', bytes: 3, digest: 'ab'.repeat(32), item: 'cd'.repeat(32) }],
}

test('what is half written comes back as it was', () => {
  const content = writeContent('request.opened', draft, { to: 'cn' })
  expect(content.data).toEqual({ to: 'cn', kind: 'information', offences: ['phishing'] })
  const { values, ...texts } = readContent(content, 'request.opened', 'en')
  expect(values).toEqual(content.data)
  expect({ ...texts, values: draft.values }).toEqual(draft)
  expect(isSameContent(writeContent('request.opened', readContent(content, 'request.opened', 'en'), {}), content)).toBe(
    true,
  )
})

test('a draft without a text begins in the language of its reader', () => {
  expect(readContent({ data: {} }, 'request.opened', 'zh-Hans')).toEqual(emptyDraft('zh-Hans'))
  expect(writeContent('body.erased', draft, {}).body).toBeUndefined()
})

test('particulars that an earlier submission declared are declared anew, and not carried along', () => {
  const data = { kind: 'information', particulars: ['facts'] }
  expect(readContent({ data }, 'request.opened', 'en').values).toEqual({ kind: 'information' })
})

test('the order of names is no difference, and a changed list is one', () => {
  expect(isSameContent({ data: { a: 1, b: { c: 2, d: 3 } } }, { data: { b: { d: 3, c: 2 }, a: 1 } })).toBe(true)
  expect(isSameContent({ data: { a: [1, 2] } }, { data: { a: [2, 1] } })).toBe(false)
  expect(isSameContent({ data: {} }, { data: {}, body: { v: 1 } })).toBe(false)
})

test('what leaves no choice is not asked', () => {
  expect(fixedOf('request.opened', {}, ['cn'])).toEqual({ to: 'cn' })
  expect(fixedOf('request.opened', {}, ['cn', 'ru'])).toEqual({})
  expect(fixedOf('agreement.adopted', { pack: 'a', replaces: 'b', note: 'c' }, ['cn'])).toEqual({
    pack: 'a',
    replaces: 'b',
  })
})
