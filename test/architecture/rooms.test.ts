// Imports run one way: every import is one that the table of rooms allows.

import { expect, test } from 'vitest'
import { rooms } from './rooms.ts'
import type { Room } from './rooms.ts'
import { listFiles, listImports, readSource } from './source-files.ts'
import type { Import } from './source-files.ts'

const isSource = (path: string): boolean => /^packages\/[a-z]+\/src\/.*\.tsx?$/.test(path)
/** Tests, and what only tests use, may reach further; what they test may not. */
const isTest = (path: string): boolean => /\.test\.tsx?$|\/testing\//.test(path)
/** Tools that write generated files are run by people, not by the packages. */
const isTool = (path: string): boolean => /\/write-[a-z-]+\.ts$/.test(path)

function roomOf(path: string): Room | undefined {
  return rooms
    .filter(({ folder }) => path.startsWith(`${folder}/`))
    .sort((a, b) => b.folder.length - a.folder.length)[0]
}

function allows(room: Room, imported: Import): boolean {
  switch (imported.kind) {
    case 'file': {
      const other = roomOf(imported.path)
      return other === room || (other !== undefined && room.rooms.includes(other.folder))
    }
    case 'package':
      return room.rooms.includes(imported.folder)
    case 'library':
      return room.libraries.some((library) =>
        library === 'node:*' ? imported.name.startsWith('node:') : library === imported.name,
      )
  }
}

function describeImport(imported: Import): string {
  return imported.kind === 'file' ? imported.path : imported.name
}

const files = listFiles().filter((path) => isSource(path) && !isTest(path) && !isTool(path))

test('the test sees the sources of every room', () => {
  for (const { folder } of rooms) {
    expect(
      files.filter((path) => path.startsWith(`${folder}/`)),
      folder,
    ).not.toHaveLength(0)
  }
  expect(files.filter((path) => roomOf(path) === undefined)).toEqual([])
})

test('no file imports what its room may not know', () => {
  const forbidden = files.flatMap((path) => {
    const room = roomOf(path)!
    return listImports(path, readSource(path))
      .filter((imported) => !allows(room, imported))
      .map((imported) => `${path} imports ${describeImport(imported)}`)
  })
  expect(forbidden).toEqual([])
})

test('the table itself refuses what it should', () => {
  const room = roomOf('packages/mechanism/src/cut.ts')!
  expect(allows(room, { kind: 'library', name: 'node:fs' })).toBe(false)
  expect(allows(room, { kind: 'package', folder: 'packages/server/src', name: '@parley/server' })).toBe(false)
  expect(allows(room, { kind: 'package', folder: 'packages/record/src', name: '@parley/record' })).toBe(true)
})

const pure = files.filter(
  (path) => /^packages\/(record|mechanism|texts)\/src\//.test(path) && !/\/src\/(node|web)\//.test(path),
)

test('record, mechanism and texts know no clock, no chance, no timers and no environment', () => {
  const banned =
    /\bDate\b|\bMath\.random\b|\bperformance\b|\bsetTimeout\b|\bsetInterval\b|\bprocess\s*[.[(]|\bfetch\(|\bBuffer\b|\bIntl\b|toLocale|localeCompare/
  const found = pure.flatMap((path) =>
    readSource(path)
      .split('\n')
      .filter((line) => !/^\s*(\/\/|\*|\/\*)/.test(line))
      .map((line) => line.replace(/\/\/.*$/, '').replaceAll(/'[^']*'|`[^`]*`/g, ''))
      .filter((line) => banned.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  )
  expect(pure.length).toBeGreaterThan(50)
  expect(found).toEqual([])
})
