// Holds the rules and their tests together: no rule without a test, no test for a rule that is not there.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const folder = import.meta.dirname

test.each([
  ['HT', folder, join(folder, 'SPEC.md')],
  ['AP', join(folder, '../../../api/src'), join(folder, '../../../api/SPEC.md')],
])('every rule [%s…] has a test, and every rule that a test names is there', (prefix, tests, spec) => {
  const numbers = (text: string) => text.match(new RegExp(`\\[${prefix}\\d+\\]`, 'g')) ?? []
  const rules = new Set(numbers(readFileSync(spec, 'utf8')))
  const titles = readdirSync(tests)
    .filter((name) => name.endsWith('.test.ts'))
    .flatMap((name) => numbers(readFileSync(join(tests, name), 'utf8')))
  expect(rules.size).toBeGreaterThan(10)
  expect([...rules].filter((rule) => !titles.includes(rule))).toEqual([])
  expect(titles.filter((rule) => !rules.has(rule))).toEqual([])
})
