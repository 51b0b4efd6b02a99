import { expect, test } from 'vitest'
import { compileStatement, write, writeOften } from './statement.ts'
import type { DialectName } from './statement.ts'

const renamed = writeOften(
  (db, name: string, value: string) =>
    db.updateTable('node_settings').set({ value, name }).where('name', '<>', name).where('value', '=', 'fixed'),
  1,
)

test.each<DialectName>(['sqlite', 'postgres'])(
  'a text that is built once is what would be built each time: %s',
  (dialect) => {
    for (const [name, value] of [
      ['a', 'b'],
      ['c', ''],
    ] as const) {
      const each = write(
        (db) =>
          db.updateTable('node_settings').set({ value, name }).where('name', '<>', name).where('value', '=', 'fixed'),
        1,
      )
      expect(compileStatement(renamed(name, value), dialect)).toEqual(compileStatement(each, dialect))
    }
  },
)

test('values are checked though the text is built already', () => {
  renamed('a', 'b').compile('sqlite')
  expect(() => renamed('a', 'nul \0').compile('sqlite')).toThrow(/does not keep/)
})
