import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatCodePoint, revealHidden } from './untrusted-text.ts'

function flat(text: string): string {
  return revealHidden(text)
    .map((segment) => (segment.kind === 'text' ? segment.text : `[${segment.text}]`))
    .join('')
}

test.each([
  ['', ''],
  ['plain text, 中文「引号」', 'plain text, 中文「引号」'],
  ['two\nlines\tand a tab', 'two\nlines\tand a tab'],
  ['invoice\u202efdp.exe', 'invoice[U+202E]fdp.exe'],
  ['a\u200bb', 'a[U+200B]b'],
  ['\u2066x\u2069', '[U+2066]x[U+2069]'],
  ['carriage\rreturn', 'carriage[U+000D]return'],
  ['tag\u{e0041}', 'tag[U+E0041]'],
  ['hangul filler \u3164', 'hangul filler [U+3164]'],
  ['thin\u2009space', 'thin[U+2009]space'],
  ['ideographic\u3000space', 'ideographic\u3000space'],
  ['blank braille \u2800', 'blank braille [U+2800]'],
  ['soft\u00adhyphen', 'soft[U+00AD]hyphen'],
  ['lone \ud800 half', 'lone [U+D800] half'],
  ['e\u0301 is fine', 'e\u0301 is fine'],
  [`z${'\u0300'.repeat(6)}`, `z${'\u0300'.repeat(4)}[U+0300][U+0300]`],
])('%j is shown as %j', (text, shown) => {
  expect(flat(text)).toBe(shown)
})

test('[T-11] no bidi or format character survives, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const segment of revealHidden(text)) {
        expect(segment.text).not.toMatch(/[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u)
      }
    }),
  )
})

test('every character is kept or named', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const expected = Array.from(text).length
      const shown = revealHidden(text).reduce(
        (sum, segment) => sum + (segment.kind === 'text' ? Array.from(segment.text).length : 1),
        0,
      )
      expect(shown).toBe(expected)
    }),
  )
})

test('code points are named with at least four digits', () => {
  expect(formatCodePoint('\u0007')).toBe('U+0007')
  expect(formatCodePoint('\u{1f600}')).toBe('U+1F600')
})
