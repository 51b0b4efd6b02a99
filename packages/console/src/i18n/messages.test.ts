import { wordKeys, wordLanguages, wordOf } from '@parley/mechanism'
import { createTranslator } from 'use-intl/core'
import { describe, expect, test } from 'vitest'
import { caseBundle } from './en/case-bundle.ts'
import { caseWords } from './en/case.ts'
import { evidence } from './en/evidence.ts'
import first from './en/index.ts'
import { people } from './en/people.ts'
import { problemAdvice } from './problem-advice.ts'
import { silentParty } from './en/silent-party.ts'
import { silentParty as silentPartyZh } from './zh-hans/silent-party.ts'
import { caseBundle as caseBundleZh } from './zh-hans/case-bundle.ts'
import { caseWords as caseWordsZh } from './zh-hans/case.ts'
import { evidence as evidenceZh } from './zh-hans/evidence.ts'
import firstZh from './zh-hans/index.ts'
import { people as peopleZh } from './zh-hans/people.ts'

// What comes late is held to the same rules.
const en = { ...first, caseBundle, silentParty, ...caseWords, ...evidence, ...people }
const zhHans = {
  ...firstZh,
  caseBundle: caseBundleZh,
  silentParty: silentPartyZh,
  ...caseWordsZh,
  ...evidenceZh,
  ...peopleZh,
  ...peopleZh,
}

function flatten(tree: object, path = ''): Map<string, string> {
  const flat = new Map<string, string>()
  for (const [key, value] of Object.entries(tree) as [string, string | object][]) {
    const at = path === '' ? key : `${path}.${key}`
    if (typeof value === 'string') flat.set(at, value)
    else for (const [inner, text] of flatten(value, at)) flat.set(inner, text)
  }
  return flat
}

/** The names of a message's arguments and tags. */
function slots(message: string): string[] {
  return [
    ...new Set([...message.matchAll(/\{(\w+)(?=\s*[,}])|<(\w+)>/g)].map((match) => match[1] ?? `<${match[2]!}>`)),
  ].sort()
}

const english = flatten(en)
const chinese = flatten(zhHans)

describe('the two message files', () => {
  test('were both read', () => {
    expect(english.size).toBeGreaterThan(300)
  })

  test('have the same keys', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort())
  })

  test.each([...english.keys()])('%s has the same arguments in both and is not empty', (key) => {
    expect(slots(chinese.get(key)!)).toEqual(slots(english.get(key)!))
    expect(english.get(key)!.trim()).not.toBe('')
    expect(chinese.get(key)!.trim()).not.toBe('')
  })

  test.each([
    ['en-GB', english],
    ['zh-Hans', chinese],
  ] as const)('every message of %s can be formatted', (locale, messages) => {
    const t = createTranslator({
      locale,
      messages: Object.fromEntries([...messages].map(([key, text]) => [key.replaceAll('.', '_'), text])),
      onError: (error) => {
        throw error
      },
    }) as unknown as { markup: (key: string, values: Record<string, unknown>) => string }
    for (const [key, text] of messages) {
      for (const count of [0, 1, 7]) {
        const values = Object.fromEntries(
          slots(text).map((slot) =>
            slot.startsWith('<')
              ? [slot.slice(1, -1), (chunks: string) => chunks]
              : [slot, numeric.has(slot) ? count : 'x'],
          ),
        )
        expect(t.markup(key.replaceAll('.', '_'), values)).not.toMatch(/[{}]/)
      }
    }
  })

  test('Chinese uses its own punctuation beside its own characters', () => {
    for (const [key, text] of chinese) {
      expect(text, key).not.toMatch(/\p{Script=Han}\s*[,;:!?()]|[,;:!?()]\s*\p{Script=Han}/u)
    }
  })

  test('English has no Chinese in it', () => {
    for (const text of english.values()) expect(text).not.toMatch(/\p{Script=Han}/u)
  })
})

const numeric = new Set(['count', 'kept', 'seconds', 'place', 'position', 'size', 'levels', 'first', 'last'])

test('every problem says what happened, what is safe and what to do', () => {
  for (const [code, { safe, next }] of Object.entries(problemAdvice)) {
    const key = code.replaceAll('.', '_')
    expect((en.problems.happened as Record<string, string>)[key], code).toBeTypeOf('string')
    expect(en.problems.safe[safe]).toBeTypeOf('string')
    expect(en.problems.next[next]).toBeTypeOf('string')
  }
})

test('the mechanism has a word for every code in the languages of the console', () => {
  expect([...wordLanguages].sort()).toEqual(['en', 'zh-Hans'])
  for (const key of wordKeys) for (const language of wordLanguages) expect(wordOf(language, key)).not.toBe('')
})
