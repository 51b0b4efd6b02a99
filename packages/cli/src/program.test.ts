import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findType } from '@parley/mechanism'
import type { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { readActData } from './act-options.ts'
import { createProgram } from './program.ts'
import { openTerminal } from './terminal.ts'
import { languages } from './words/words.ts'

function* listCommands(command: Command, path: readonly string[]): Generator<readonly [string, Command]> {
  for (const child of command.commands) {
    const name = [...path, child.name()]
    yield [name.join(' '), child]
    yield* listCommands(child, name)
  }
}

const commands = [...listCommands(createProgram(openTerminal('en')), ['parley'])]
const withAction = commands.filter(([, command]) => command.commands.length === 0)

test('every command is in docs/cli.md', async () => {
  const text = await readFile(join(import.meta.dirname, '..', '..', '..', 'docs', 'cli.md'), 'utf8')
  expect(withAction.length).toBeGreaterThan(25)
  expect(withAction.map(([name]) => name).filter((name) => !text.includes(`\`${name}`))).toEqual([])
})

describe.each(languages)('in %s', (language) => {
  test.each([...listCommands(createProgram(openTerminal(language)), ['parley'])])(
    '%s says what it and its options do',
    (_, command) => {
      expect(command.description()).not.toBe('')
      expect(command.options.filter(({ description }) => description === '').map(({ long }) => long)).toEqual([])
    },
  )
})

test('no option of a command hides one of all commands', () => {
  const common = createProgram(openTerminal('en')).options.map(({ long }) => long)
  const hidden = commands.flatMap(([name, command]) =>
    command.options.filter(({ long }) => common.includes(long)).map(({ long }) => `${name} ${long}`),
  )
  expect(common.length).toBeGreaterThan(4)
  expect(hidden).toEqual([])
})

test('the fields of an act come out of its options in their shape', () => {
  const { shape } = findType('request.assessed')!
  const options = { timeliness: 5, completeness: 4, usefulness: 3, evidentialValue: 2, json: true }
  expect(readActData(shape, options)).toEqual({
    marks: { timeliness: 5, completeness: 4, usefulness: 3, 'evidential-value': 2 },
  })
})
