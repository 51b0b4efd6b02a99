// Each threat of docs/spec/threats.md is answered by tests with its number in their titles, in the files that the row names.

import { describe, expect, test } from 'vitest'
import { operations } from '@parley/api'
import type { Operation } from '@parley/api'
import { listFiles, readSource } from './source-files.ts'

const files = listFiles()
const rows = readSource('docs/spec/threats.md')
  .split('\n')
  .flatMap((line) => {
    const [, threat, , rule, shown] = line.split('|').map((cell) => cell.trim())
    return threat !== undefined && /^T-[0-9]{2}$/.test(threat)
      ? [{ threat, rule: rule!, shown: [...shown!.matchAll(/`([^`]+)`/g)].map((match) => match[1]!) }]
      : []
  })

/** Numbers that stand in the titles of a file's tests. */
function listThreats(path: string): Set<string> {
  const titles = readSource(path).matchAll(/['"`]((?:[^'"`\n]*)\[T-[0-9]{2}\][^'"`\n]*)['"`]/g)
  return new Set([...titles].flatMap((match) => [...match[1]!.matchAll(/\[(T-[0-9]{2})\]/g)].map((one) => one[1]!)))
}

/** Those that the desk, its people and its interfaces must answer. */
const owed = [
  ...['T-10', 'T-11', 'T-12', 'T-13', 'T-14', 'T-16', 'T-17', 'T-18', 'T-21', 'T-25', 'T-31', 'T-32', 'T-33', 'T-34'],
  ...['T-35', 'T-36', 'T-37', 'T-38', 'T-40', 'T-41', 'T-42', 'T-45', 'T-47', 'T-51'],
]

test('every threat that is owed has one row, with a rule', () => {
  expect(rows.map(({ threat }) => threat)).toEqual(owed)
  expect(rows.filter(({ rule }) => rule.length < 20)).toEqual([])
})

describe.each(rows)('$threat', ({ shown, threat }) => {
  test('is answered by the tests that its row names', () => {
    expect(shown.length).toBeGreaterThan(0)
    expect(shown.filter((path) => !files.includes(path) || !listThreats(path).has(threat))).toEqual([])
  })
})

test('[T-40] no answer is a format that a spreadsheet computes', () => {
  const types = Object.values(operations).map(({ response }: Operation) =>
    response.kind === 'bytes' ? response.filename.split('.').at(-1)! : response.kind === 'text' ? response.media : '',
  )
  expect(new Set(types.filter((type) => type !== ''))).toEqual(
    new Set(['parley', 'pdf', 'text/plain; charset=utf-8', 'application/json', 'text/calendar; charset=utf-8']),
  )
  const writers = files.filter(
    (path) =>
      /^packages\/(?:api|cli|server)\/src\/.*\.ts$/.test(path) &&
      !path.includes('/testing/') &&
      !path.endsWith('.test.ts') &&
      /text\/csv|\.(?:csv|xlsx|ods)['"`]/.test(readSource(path)),
  )
  expect(writers).toEqual([])
})
