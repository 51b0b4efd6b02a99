import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TextsError } from '../error.ts'
import { readText, textLengthMax, wordsAt } from '../index.ts'
import { blocksMax, readBlocks } from './blocks.ts'
import { findLanguage } from './language.ts'
import { splitSentences } from './sentences.ts'

describe('language', () => {
  const known: readonly (readonly [string, string])[] = [
    ['The two sides agree to meet.', 'en'],
    ['双方同意建立热线。', 'zh-Hans'],
    ['雙方同意設立聯合工作組。', 'zh-Hant'],
    ['双方同意采用 ISO/IEC 27001 标准。', 'zh-Hans'],
  ]
  test.each(known)('[TE1] %s is %s', (text, language) => {
    expect(findLanguage(text)).toBe(language)
  })

  const refused: readonly (readonly [string, string])[] = [
    [
      'Les parties conviennent de créer une ligne directe pour les incidents dans le cadre du dialogue.',
      'text.language',
    ],
    ['Die Vertragsparteien werden eine Kontaktstelle benennen und sich nicht gegenseitig behindern.', 'text.language'],
    ['Стороны договорились создать горячую линию.', 'text.language'],
    ['両国はサイバー犯罪に関するホットラインを設置することで合意した。', 'text.language'],
    ['양측은 사이버 범죄에 관한 직통전화를 설치하기로 합의하였다.', 'text.language'],
    ['اتفق الطرفان على إنشاء خط ساخن', 'text.language'],
    [' \n 12 . \n', 'text.empty'],
    ['a'.repeat(textLengthMax + 1), 'text.long'],
    ['- a the of\n'.repeat(blocksMax + 2), 'text.limit'],
  ]
  test.each(refused)('[TE1] text %#: refused with its code', (text, code) => {
    try {
      readText(text)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(TextsError)
      expect((error as TextsError).code).toBe(code)
    }
  })
})

describe('blocks', () => {
  const shapeOf = (text: string): readonly string[] =>
    readBlocks(text).map(({ kind, level, marker, range }) =>
      [
        kind,
        ...(marker === undefined ? [] : [`${'>'.repeat(level)}${marker.label}`]),
        text.slice(range.start, range.end),
      ].join(' | '),
    )

  test('[TE2] English conventions', () => {
    const text =
      '# Outcomes\n\nArticle 3\nMeetings\nThe parties meet\nonce a year.\n\n1. They shall:\n(a) report;\n(b) answer.\n2. No party shall refuse.\n• A bullet'
    expect(shapeOf(text)).toEqual([
      'heading | Outcomes',
      'heading | 3 | ',
      'heading | Meetings',
      'paragraph | The parties meet\nonce a year.',
      'item | 1 | They shall:',
      'item | >a | report;',
      'item | >b | answer.',
      'item | 2 | No party shall refuse.',
      'item | >• | A bullet',
    ])
  })

  test('[TE2] Chinese conventions', () => {
    const text =
      '第一章 总则\n第三条 会议\n双方每年会晤。\n一、双方应：\n（一）报告；\n（二）答复。\n二、任何一方不得拒绝。\n① 另项'
    expect(shapeOf(text)).toEqual([
      'heading | 一 | 总则',
      'heading | 三 | 会议',
      'paragraph | 双方每年会晤。',
      'item | 一 | 双方应：',
      'item | >一 | 报告；',
      'item | >二 | 答复。',
      'item | 二 | 任何一方不得拒绝。',
      'item | >① | 另项',
    ])
  })

  test('[TE3] an item knows what leads into it, inside a paragraph too', () => {
    const text = 'The two sides agreed to: (a) publish a list; (b) name a lead.'
    const blocks = readBlocks(text)
    expect(blocks.map(({ kind, marker, under }) => [kind, marker?.label, under])).toEqual([
      ['paragraph', undefined, undefined],
      ['item', 'a', 0],
      ['item', 'b', 0],
    ])
    expect(wordsAt(text, blocks[2]!.range)).toBe('name a lead.')
  })

  test('[TE2] [TE4] every visible unit is in exactly one block or is a mark, and places are in order', () => {
    const line = fc.constantFrom('1. ', '(a) ', '一、', '（二）', '• ', '# ', '第三条 ', '', '  ')
    const words = fc.constantFrom(
      'The two sides agree to meet.',
      '双方同意会晤。',
      'Meetings',
      'and:',
      '“a” (b); c',
      '',
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(line, words), { maxLength: 12 }), (lines) => {
        const text = lines.map((parts) => parts.join('')).join('\n')
        let before = 0
        for (const { range } of readBlocks(text)) {
          expect(range.start).toBeGreaterThanOrEqual(before)
          expect(text.slice(before, range.start)).not.toMatch(/[A-Z]|双/)
          before = range.end
        }
        expect(text.slice(before)).not.toMatch(/[A-Z]|双/)
      }),
    )
  })
})

test('[TE4] sentences have exact places, and abbreviations end none', () => {
  const text = 'The U.S. side met Mr. Lead on No. 3 of the list. It said: “We agree.” 双方同意。各方应报告！'
  const sentences = splitSentences(text, { start: 0, end: text.length }).map((range) => wordsAt(text, range))
  expect(sentences).toEqual([
    'The U.S. side met Mr. Lead on No. 3 of the list.',
    'It said: “We agree.”',
    '双方同意。',
    '各方应报告！',
  ])
})

test('[TE4] places count in the text as it was handed in', () => {
  const text = '  雙方同意設立聯合工作組。'
  const [proposal] = readText(text).proposals
  expect(wordsAt(text, proposal!.range)).toBe('雙方同意設立聯合工作組')
  expect(wordsAt(text, proposal!.operative)).toBe('同意')
})
