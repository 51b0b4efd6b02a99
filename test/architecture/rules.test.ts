// Each numbered rule of a SPEC.md has a test that cites it, and each rule that a test cites exists.

import { dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { listFiles, readSource } from './source-files.ts'

const files = listFiles()
const specifications = files.filter((path) => path.endsWith('SPEC.md'))
const tests = files.filter((path) => /\.test\.tsx?$/.test(path))
const rule = /\[([A-Z]{2}[0-9]+[a-z]?)\]/g

const listRules = (text: string): Set<string> => new Set([...text.matchAll(rule)].map((match) => match[1]!))

test('there are specifications and tests', () => {
  expect(specifications.length).toBeGreaterThan(3)
  expect(tests.length).toBeGreaterThan(50)
})

describe.each(specifications)('%s', (specification) => {
  // Tests of whole nodes cite the rules of every package.
  const folder = dirname(specification)
  const defined = new Set(
    [...readSource(specification).matchAll(/^\s*(?:[-*|]\s*)?\**\[([A-Z]{2}[0-9]+[a-z]?)\]/gm)].map(
      (match) => match[1]!,
    ),
  )
  const near = tests.filter((path) => path.startsWith(`${folder}/`))
  const far = tests.filter((path) => path.startsWith('test/'))

  test('numbers its rules', () => expect(defined.size).toBeGreaterThan(0))

  test('has a test for each rule', () => {
    const cited = new Set([...near, ...far].flatMap((path) => [...listRules(readSource(path))]))
    expect([...defined].filter((name) => !cited.has(name))).toEqual([])
  })
})

test('no test cites a rule that no specification has', () => {
  const defined = new Set(specifications.flatMap((path) => [...listRules(readSource(path))]))
  const unknown = tests.flatMap((path) =>
    [...readSource(path).matchAll(/\b(?:test|it|describe)(?:\.each\([^)]*\))?\(\s*['"`]\[([A-Z]{2}[0-9]+[a-z]?)\]/g)]
      .map((match) => match[1]!)
      .filter((name) => !defined.has(name))
      .map((name) => `${path} cites ${name}`),
  )
  expect(unknown).toEqual([])
})
