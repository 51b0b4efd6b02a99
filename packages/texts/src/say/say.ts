// Says what the extractor found in words for people, in English or simplified Chinese.

import type { TimeRule } from '../time/time-rule.ts'
import { en } from './en.ts'
import type { TextWordKey } from './en.ts'
import { zhHans } from './zh-hans.ts'

export type TextWordLanguage = 'en' | 'zh-Hans'

const words = { en, 'zh-Hans': zhHans }

/** The word for a key, with its holes filled. */
export function textWord(
  language: TextWordLanguage,
  key: TextWordKey,
  holes: Readonly<Record<string, string | number>> = {},
): string {
  return words[language][key].replaceAll(/\{([a-z]+)\}/g, (_hole, name: string) => String(holes[name] ?? ''))
}

/** A time rule as a person reads it. */
export function sayTimeRule(language: TextWordLanguage, rule: TimeRule): string {
  const say = (key: TextWordKey, holes: Readonly<Record<string, string | number>> = {}): string =>
    textWord(language, key, holes)
  switch (rule.kind) {
    case 'by':
      return rule.count === undefined
        ? say('time.by', { date: rule.date })
        : say('time.by-times', { date: rule.date, count: rule.count })
    case 'before': {
      const relation = say(`relation.${rule.relation}`)
      return rule.count === undefined
        ? say('time.before', { relation })
        : say('time.before-times', { relation, count: rule.count })
    }
    case 'within':
      return say('time.within', {
        count: rule.count,
        unit: say(`unit.${rule.unit}`),
        relation: say(`relation.${rule.relation}`),
      })
    case 'ahead':
      return say('time.ahead', { count: rule.count, unit: say(`unit.${rule.unit}`) })
    case 'every':
      return say(rule.thereafter ? 'time.every-thereafter' : 'time.every', {
        count: rule.count,
        each: rule.each,
        unit: say(`unit.${rule.unit}`),
      })
    case 'regularly':
    case 'promptly':
      return say(`time.${rule.kind}`)
    case 'in':
      return say('time.in', { from: rule.from, until: rule.until })
  }
}
