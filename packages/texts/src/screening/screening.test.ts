import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { TextsError } from '../error.ts'
import { evaluateScreening, parseLabelledPassages } from '../evaluation/screening.ts'
import { wordsAt } from '../range.ts'
import { chineseScreeningRules } from './chinese-rules.ts'
import { screeningCriteria, screeningReasons } from './criteria.ts'
import { englishScreeningRules } from './english-rules.ts'
import { screenText } from './screen.ts'

test('[TE50] a hit shows the words, the sentence, the rule and the criterion', () => {
  const text = '# Title\n\nThis is the purpose. The applicant shall submit the source code of the product.'
  const [hit] = screenText(text)
  expect(hit).toMatchObject({ rule: 'en.source-code', criterion: 'source-code' })
  expect(wordsAt(text, hit!.range)).toBe('source code')
  expect(wordsAt(text, hit!.sentence)).toBe('The applicant shall submit the source code of the product.')
})

test('[TE50] traditional Chinese is screened where it stands', () => {
  const text = '申請人應向檢測機構提交產品源代碼。'
  const [hit] = screenText(text)
  expect(wordsAt(text, hit!.range)).toBe('源代碼')
})

test('[TE50] every criterion has its reason in both languages', () => {
  for (const criterion of screeningCriteria) {
    expect(screeningReasons[criterion].en).toMatch(/\bmay\b/)
    expect(screeningReasons[criterion]['zh-Hans']).toMatch(/可能/)
  }
})

describe('[TE50] examples', () => {
  test.each([...englishScreeningRules, ...chineseScreeningRules])(
    '[TE50] $name: $example',
    ({ criterion, example, name }) => {
      const hits = screenText(example)
      expect(hits.map(({ rule }) => rule)).toContain(name)
      expect(hits.find(({ rule }) => rule === name)!.criterion).toBe(criterion)
    },
  )
})

test.each([
  'Network products shall be procured without regard to the nationality of the supplier.',
  'The authority shall not require the disclosure of source code.',
  '主管部门不得要求披露源代码。',
  '对内外资供应商一视同仁。',
])('[TE51] %s', (text) => {
  expect(screenText(text)).toEqual([])
})

test('[TE52] a hit has no grade', () => {
  const [hit] = screenText('The import of terminal equipment is subject to an annual quota.')
  expect(Object.keys(hit!).sort()).toEqual(['criterion', 'range', 'rule', 'sentence'])
})

describe('labelled passages', () => {
  const measured = [
    { name: 'en', passages: 40, right: 26, invented: 0 },
    { name: 'en.second', passages: 20, right: 12, invented: 0 },
    { name: 'zh-Hans', passages: 40, right: 26, invented: 0 },
    { name: 'zh-Hans.second', passages: 20, right: 12, invented: 0 },
  ]
  test.each(measured)('[TE30] screening of $name does not fall', ({ invented, name, passages, right }) => {
    const file = join(import.meta.dirname, '..', '..', 'labelled', 'screening', `${name}.yaml`)
    const evaluation = evaluateScreening(parseLabelledPassages(readFileSync(file, 'utf8')))
    expect(evaluation.passages).toBe(passages)
    expect(evaluation.all.right).toBeGreaterThanOrEqual(right)
    expect(evaluation.all.invented).toBeLessThanOrEqual(invented)
  })

  test('[TE30] passages with a criterion that does not exist are refused', () => {
    expect(() => parseLabelledPassages('- { text: a, expect: [colour] }')).toThrow(TextsError)
  })
})

test('[TE6] 120,000 units of words that rules look for are screened', () => {
  for (const piece of ['source ', 'any other ', '境内', '不', 'foreign ', 'transfer ']) {
    expect(screenText(`the of 双 ${piece.repeat(Math.ceil(120_000 / piece.length))}`).length).toBeGreaterThanOrEqual(0)
  }
})
