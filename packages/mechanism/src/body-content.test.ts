import * as fc from 'fast-check'
import { formatCanonical } from '@parley/record'
import { describe, expect, test } from 'vitest'
import { bodyContentBytesMax, formatBodyContent, parseBodyContent, titleOf, type BodyContent } from './body-content.ts'
import { MechanismError } from './error.ts'
import { listHidden, refuseName, refuseText } from './plain-text.ts'

const file = { name: 'access log.csv', media: 'text/csv', bytes: 4096, digest: 'ab'.repeat(32) }
const plain: BodyContent = {
  v: 1,
  texts: [
    { language: 'en', role: 'original', text: 'Please preserve the data.\n\tBy Friday.' },
    { language: 'zh-Hans', role: 'translation', text: '请保全该数据。', by: '翻译处' },
  ],
  fields: { 'data-sought': 'Logs of 10.0.0.1', custodian: 'Example Ltd' },
  names: [{ name: 'Alex Example', as: 'contact', language: 'en' }],
  attachments: [file, { ...file, name: '样本.bin', item: 'cd'.repeat(32) }],
}
const [original, translation] = plain.texts

test('[BC1] a body is read as it was written', () => {
  expect(parseBodyContent(formatBodyContent(plain))).toEqual(plain)
})

describe('refusals', () => {
  const refusals: readonly [string, unknown, string, string][] = [
    ['[BC2] another version', { ...plain, v: 2 }, 'shape.constant', '/v'],
    ['[BC2] no text', { ...plain, texts: [] }, 'shape.length', '/texts'],
    ['[BC2] a field too many', { ...plain, html: 'x' }, 'shape.unknown-field', '/html'],
    [
      '[BC2] a particular that is no code',
      { ...plain, fields: { 'Data sought': 'x' } },
      'shape.token',
      '/fields/Data sought',
    ],
    [
      '[BC2] a name that stands for nobody',
      { ...plain, names: [{ name: 'A', as: 'king' }] },
      'shape.code',
      '/names/0/as',
    ],
    ['[BC2] an empty text', { ...plain, texts: [{ ...original, text: '' }] }, 'shape.length', '/texts/0/text'],
    ['[BC3] translations only', { ...plain, texts: [translation] }, 'body-content.no-original', '/texts'],
    [
      '[BC3] a language twice',
      { ...plain, texts: [original, original] },
      'body-content.language-twice',
      '/texts/1/language',
    ],
    [
      '[BC4] a control character in a text',
      { ...plain, texts: [{ ...original, text: 'a\u001b[2J' }] },
      'text.control',
      '/texts/0/text',
    ],
    ['[BC4] a carriage return', { ...plain, texts: [{ ...original, text: 'a\r\n' }] }, 'text.control', '/texts/0/text'],
    [
      '[BC4] a line separator',
      { ...plain, texts: [{ ...original, text: 'a\u2028b' }] },
      'text.control',
      '/texts/0/text',
    ],
    ['[BC4] a blank text', { ...plain, texts: [{ ...original, text: ' \n' }] }, 'text.blank', '/texts/0/text'],
    [
      '[BC4] a control character in a particular',
      { ...plain, fields: { facts: '\u0000' } },
      'text.control',
      '/fields/facts',
    ],
    [
      '[BC8] [T-11] an attachment that hides its extension',
      { ...plain, attachments: [{ ...file, name: 'invoice\u202efdp.exe' }] },
      'text.hidden',
      '/attachments/0/name',
    ],
    [
      '[BC8] an attachment with markup for a type',
      { ...plain, attachments: [{ ...file, media: 'text/html; charset=<b>' }] },
      'body-content.media-type',
      '/attachments/0/media',
    ],
    [
      '[BC8] two attachments of one name',
      { ...plain, attachments: [file, file] },
      'body-content.attachment-twice',
      '/attachments/1/name',
    ],
    [
      '[BC8] an attachment without a digest',
      { ...plain, attachments: [{ ...file, digest: 'x' }] },
      'shape.digest',
      '/attachments/0/digest',
    ],
    [
      '[BC5] a name of two lines',
      { ...plain, names: [{ name: 'A\nB', as: 'witness' }] },
      'text.control',
      '/names/0/name',
    ],
    [
      '[BC5] a name written backwards',
      { ...plain, names: [{ name: 'A\u202eB', as: 'witness' }] },
      'text.hidden',
      '/names/0/name',
    ],
    [
      '[BC5] a name with a joiner',
      { ...plain, names: [{ name: 'A\u200bB', as: 'witness' }] },
      'text.hidden',
      '/names/0/name',
    ],
    [
      '[BC5] a name not in normal form',
      { ...plain, names: [{ name: 'e\u0301', as: 'witness' }] },
      'text.not-normal',
      '/names/0/name',
    ],
    [
      '[BC5] a translator with a tag',
      { ...plain, texts: [{ ...original, by: 'A\u{e0041}' }] },
      'text.hidden',
      '/texts/0/by',
    ],
  ]
  test.each(refusals)('%s', (_, value, code, pointer) => {
    let thrown: unknown
    try {
      parseBodyContent(formatCanonical(value))
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(MechanismError)
    expect((thrown as MechanismError).problems).toContainEqual(expect.objectContaining({ code, pointer }))
  })

  test('[BC6] a body over the limit is refused before it is read', () => {
    const long = new Uint8Array(bodyContentBytesMax + 1)
    expect(() => parseBodyContent(long)).toThrowError(expect.objectContaining({ code: 'body-content.limit' }))
    const texts = Array.from({ length: 2 }, (_, i) => ({
      ...original!,
      language: ['en', 'fr'][i]!,
      text: 'x'.repeat(39_000),
    }))
    expect(() => formatBodyContent({ v: 1, texts })).toThrowError(
      expect.objectContaining({ code: 'body-content.limit' }),
    )
  })

  test('[BC6] half a character has no canonical form', () => {
    const broken: BodyContent = { v: 1, texts: [{ ...original!, text: '\ud800' }] }
    expect(() => formatBodyContent(broken)).toThrowError(expect.objectContaining({ code: 'body-content.json' }))
  })
})

test('[BC1] no flipped bit is another way to write the same body, nor fails otherwise than by refusal', () => {
  const written = formatBodyContent(plain)
  fc.assert(
    fc.property(fc.nat({ max: written.length - 1 }), fc.nat({ max: 7 }), (at, bit) => {
      const flipped = written.slice()
      flipped[at]! ^= 1 << bit
      try {
        expect(parseBodyContent(flipped)).not.toEqual(plain)
      } catch (error) {
        if (!(error instanceof MechanismError)) throw error
      }
    }),
    { numRuns: 500 },
  )
})

test('[BC5] every bidi control, zero-width character and tag is refused in a name and listed in a text', () => {
  const ranges: readonly [number, number][] = [
    [0x200b, 0x200f],
    [0x202a, 0x202e],
    [0x2060, 0x2069],
    [0xfeff, 0xfeff],
    [0x061c, 0x061c],
    [0xe0001, 0xe007f],
  ]
  for (const [first, last] of ranges) {
    for (let codePoint = first; codePoint <= last; codePoint++) {
      const text = `a${String.fromCodePoint(codePoint)}b`
      expect([codePoint, refuseName(text)]).toEqual([codePoint, 'text.hidden'])
      expect(refuseText(text)).toBeUndefined()
      expect(listHidden(text)).toEqual([{ index: 1, codePoint }])
    }
  }
  expect(refuseName('王小明')).toBeUndefined()
  expect(listHidden('plain 文字')).toEqual([])
})

test('[BC7] the title is the first line of the original that is not blank', () => {
  const translation = { language: 'en', role: 'translation', text: 'Translated' } as const
  const title = (text: string) =>
    titleOf({ v: 1, texts: [translation, { language: 'zh-Hans', role: 'original', text }] })
  expect(title('\n  \n 谁运营该服务器？ \n第二行')).toBe('谁运营该服务器？')
  expect(title('𠀀'.repeat(200))).toBe('𠀀'.repeat(160))
  expect(title(' \n')).toBeNull()
})
