import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { formatEntryTypes } from '../../../docs/generate/entry-types.ts'

const here = new URL('./', import.meta.url)

function list(pattern: RegExp, text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(pattern)].map(([, rule]) => rule!))
}

test('[MT5] every rule has a test, and every test a rule', () => {
  const rules = list(/\*\*\[([A-Z]{2}\d+)\]\*\*/g, readFileSync(new URL('../SPEC.md', here), 'utf8'))
  const tests = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts'))
  const cited = list(
    /['`]\[([A-Z]{2}\d+)\]/g,
    tests.map((name) => readFileSync(new URL(name, here), 'utf8')).join('\n'),
  )
  expect(rules.size).toBeGreaterThan(60)
  expect([...cited].sort()).toEqual([...rules].sort())
})

test('[MT5] the page of entry types is the one of the code', () => {
  expect(readFileSync(new URL('../../../docs/spec/entry-types.md', here), 'utf8')).toBe(formatEntryTypes())
})
