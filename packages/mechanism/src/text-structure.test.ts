import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { areAligned, parseTextBlocks } from './text-structure.ts'

test('[TX1] headings, items and paragraphs are read by plain conventions, in both languages', () => {
  const english = parseTextBlocks(
    '# Facts\nPages were imitated.\nThey are gone.\n\n1. Who rents it?\n2) Since when?\n(a) By what means',
  )
  expect(english).toEqual([
    { kind: 'heading', text: 'Facts' },
    { kind: 'paragraph', text: 'Pages were imitated.\nThey are gone.' },
    { kind: 'item', number: '1', text: 'Who rents it?' },
    { kind: 'item', number: '2', text: 'Since when?' },
    { kind: 'item', number: 'a', text: 'By what means' },
  ])
  const chinese = parseTextBlocks('# 案情\n页面系仿冒。\n\n一、租用人是谁？\n二、自何时起？\n（一）以何种方式')
  expect(chinese.map(({ kind }) => kind)).toEqual(english.map(({ kind }) => kind))
  expect(areAligned(english, chinese)).toBe(true)
  expect(areAligned(english, chinese.slice(1))).toBe(false)
  expect(areAligned(english, chinese.toReversed())).toBe(false)
})

test('[TX1] marks make items, and lines that begin with an angle a quotation', () => {
  expect(
    parseTextBlocks('They wrote:\n> Pay\n>now\nWe did not:\n- the first\n  of all\n* the second\n＞如数支付'),
  ).toEqual([
    { kind: 'paragraph', text: 'They wrote:' },
    { kind: 'quote', text: 'Pay\nnow' },
    { kind: 'paragraph', text: 'We did not:' },
    { kind: 'item', number: '•', text: 'the first\n  of all' },
    { kind: 'item', number: '•', text: 'the second' },
    { kind: 'quote', text: '如数支付' },
  ])
})

test.each([
  ['an address', '198.51.100.7 served the pages'],
  ['a year', '2015 was the year'],
  ['an amount', '20 accounts were used'],
  ['a mark inside a line', 'The case # 7 is meant'],
  ['a tag', '<b>1. bold</b>'],
  ['a number below zero', '-5 degrees'],
  ['a comparison', 'a > b'],
])('[TX1] %s begins no item and no heading', (_, text) => {
  expect(parseTextBlocks(text)).toEqual([{ kind: 'paragraph', text }])
})

test('[TX2] nothing is lost and nothing is added: every word stands in a block, in order', () => {
  const line = fc.string({
    unit: fc.constantFrom('a', 'b', '1', '.', ')', '(', '#', ' ', '<', '>', '-', '*', '一', '、', '\n'),
    maxLength: 60,
  })
  fc.assert(
    fc.property(line, (text) => {
      const blocks = parseTextBlocks(text)
      const kept = blocks
        .map((block) => (block.kind === 'item' ? block.number + block.text : block.text))
        .join('')
        .replaceAll(/[^ab<]/g, '')
      expect(kept).toBe(text.replaceAll(/[^ab<]/g, ''))
    }),
  )
})
