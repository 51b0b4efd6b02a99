import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { pagePaths } from './page-paths.ts'
import { paths } from './paths.ts'

test('the router has exactly these pages', () => {
  const source = readFileSync(new URL('router.tsx', import.meta.url), 'utf8')
  const routed = [...source.matchAll(/\bpath: '([^']+)'/g)].map((match) => match[1]!.replaceAll(/\$(\w+)/g, '{$1}'))
  expect(routed.length).toBeGreaterThan(5)
  expect(routed.sort()).toEqual([...pagePaths].sort())
})

test('every address that is built is one of these pages', () => {
  const built = Object.values(paths).map((build) => (build as (...parts: string[]) => { to: string })('a', 'b', 'c').to)
  expect(built.length).toBeGreaterThan(5)
  for (const to of built) expect(pagePaths).toContain(to.replaceAll(/\$(\w+)/g, '{$1}'))
})
