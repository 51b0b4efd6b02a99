// The rules of the house that a program can check: names, sizes, and what is said nowhere.

import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { listFiles, readSource } from './source-files.ts'

const files = listFiles()
const sources = files.filter((path) => /\.(?:ts|tsx|mjs)$/.test(path))
const linesMax = 500

test('no file is a drawer for everything', () => {
  const drawers = /^(?:utils?|helpers?|common|misc|types|shared|lib)\.tsx?$/
  expect(sources.length).toBeGreaterThan(100)
  expect(sources.filter((path) => drawers.test(basename(path)))).toEqual([])
})

test(`no source file is longer than ${linesMax} lines`, () => {
  const long = sources.filter((path) => !path.startsWith('vectors/') && readSource(path).split('\n').length > linesMax)
  expect(long).toEqual([])
})

test('every source file begins by saying what it is', () => {
  const silent = sources.filter((path) => {
    const first = readSource(path)
      .replace(/^#!.*\n/, '')
      .trimStart()
    return !/\.(?:d|test|config)\.ts$|\.test\.tsx$/.test(path) && !first.startsWith('//') && !first.startsWith('/*')
  })
  expect(silent).toEqual([])
})

test('nothing fetches from the network at install or names a registry', () => {
  const lock = readSource('package-lock.json')
  expect(lock).not.toMatch(/https?:\/\/[^"]*registry/)
  expect(readSource('.npmrc')).toContain('ignore-scripts=true')
})

test('dependencies stay within their number, at exact versions', () => {
  const manifests = files.filter((path) => /(?:^|\/)package\.json$/.test(path))
  const runtime = new Set<string>()
  for (const path of manifests) {
    const { dependencies = {} } = JSON.parse(readSource(path)) as { dependencies?: Record<string, string> }
    for (const [name, version] of Object.entries(dependencies)) {
      expect(version, `${name} in ${path}`).toMatch(/^[0-9]+\.[0-9]+\.[0-9]+$/)
      if (!name.startsWith('@parley/')) runtime.add(name)
    }
  }
  expect(manifests.length).toBeGreaterThan(5)
  expect([...runtime].sort().length).toBeLessThanOrEqual(25)
})
