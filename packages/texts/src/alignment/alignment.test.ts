import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Alias } from '../aliases.ts'
import { readText } from '../read-text.ts'
import { alignTexts } from './align.ts'
import type { IssuedText } from './align.ts'
import { drifts } from './drifts.ts'

const agreements = join(import.meta.dirname, '..', '..', '..', '..', 'agreements')
const issued = (id: string, text: string): IssuedText => ({ id, text, read: readText(text) })
const align = (texts: Readonly<Record<string, string>>, aliases: readonly Alias[] = []) =>
  alignTexts(
    Object.entries(texts).map(([id, text]) => issued(id, text)),
    aliases,
  )

test.each([
  ['us-cn-2015', 'text.en.txt', 'text.zh-Hans.txt', 13],
  ['us-cn-2015', 'text.mechanism.en.txt', 'text.mechanism.zh-Hans.txt', 5],
])('[TE40] the texts of %s, %s and %s, are aligned item by item', (pack, en, zh, count) => {
  const read = (name: string): string => readFileSync(join(agreements, pack, name), 'utf8')
  const { commitments } = align({ en: read(en), zh: read(zh) })
  expect(commitments).toHaveLength(count)
  for (const { moved, proposals } of commitments) {
    expect([...proposals.keys()]).toEqual(['en', 'zh'])
    expect(moved).toBe(false)
  }
})

const en = `The two sides agree to establish a hotline.
The two sides agree to answer requests for assistance within ten days of receipt, as appropriate.
Neither side will steal trade secrets.`
const zh = `双方同意建立热线。
双方同意酌情在收到协助请求后十日内答复。
任何一方不得窃取商业秘密。`

test('[TE40] what says the same has no divergence', () => {
  expect(align({ en, zh }).divergences).toEqual([])
})

describe('[TE41] divergences', () => {
  const changes: readonly (readonly [string, string, string, string])[] = [
    ['missing', '双方同意建立热线。\n', '', 'present | missing'],
    ['force', '双方同意建立热线', '双方计划建立热线', 'agree | intend'],
    ['kind', '任何一方不得窃取商业秘密', '各方应保护商业秘密', 'undertake-not-to | commit'],
    ['actor', '双方同意建立热线', '中方同意建立热线', 'both | one'],
    ['qualifier', '同意酌情在', '同意在', 'as-appropriate | '],
    ['time', '十日内', '二十日内', 'within 10 day of receipt | within 20 day of receipt'],
  ]
  test.each(changes)('[TE41] %s', (code, from, to, says) => {
    const { divergences } = align({ en, zh: zh.replace(from, to) })
    const found = divergences.find((each) => each.code === code)
    expect(found?.texts.map((each) => each.says).join(' | ')).toBe(says)
  })

  test('[TE41] bodies by the alias table: one agency under two names is the same', () => {
    const aliases = [
      { id: 'cn/siio', names: ['State Internet Information Office', '国家网信办', '国家互联网信息办公室'] },
      { id: 'cn/mps', names: ['Ministry of Public Security', '公安部'] },
    ]
    const english = 'China will designate the State Internet Information Office as its lead agency.'
    expect(align({ en: english, zh: '中方将指定国家网信办为牵头机构。' }, aliases).divergences).toEqual([])
    const { divergences } = align({ en: english, zh: '中方将指定公安部为牵头机构。' }, aliases)
    expect(divergences.map(({ code, texts }) => [code, ...texts.map(({ says }) => says)])).toEqual([
      ['bodies', 'cn/siio', 'cn/mps'],
    ])
  })

  test('[TE42] a rendering that drifts is shown with its words, in traditional Chinese too', () => {
    const english =
      'Both sides commit that measures to enhance cybersecurity should be narrowly tailored and follow WTO rules.'
    const chinese = '中美雙方承諾，加強網絡安全的措施應僅用於小範圍，並遵守世貿組織規則。'
    const { divergences } = align({ en: english, zh: chinese })
    const [found] = divergences.filter(({ code }) => code === 'rendering')
    expect(found).toMatchObject({ drift: 'narrowly-tailored' })
    expect(found!.texts.map(({ says }) => says)).toEqual(['narrowly tailored', '小範圍'])
    expect(divergences.filter(({ code }) => code === 'qualifier')).toEqual([])
  })

  test('[TE42] every drift has a faithful rendering and reasons in both languages', () => {
    for (const { drifting, faithful, reason } of drifts) {
      expect(faithful.length * drifting.length).toBeGreaterThan(0)
      expect(reason['zh-Hans']).toMatch(/\p{Script=Han}/u)
      expect(reason.en).toMatch(/[a-z]/)
    }
  })
})

test('[TE40] an item that has moved is found, and three texts stand side by side', () => {
  const lines = zh.split('\n')
  const { commitments } = align({ en, zh: [lines[1], lines[2], lines[0]].join('\n'), hant: '雙方同意建立熱線。' })
  expect(commitments.map(({ proposals }) => [...proposals.keys()])).toEqual([
    ['en', 'zh', 'hant'],
    ['en', 'zh'],
    ['en', 'zh'],
  ])
  expect(commitments.map(({ moved }) => moved)).toEqual([true, false, false])
})
