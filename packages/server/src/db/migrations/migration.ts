// One step of the schema. Written as plain SQL in the words that SQLite and PostgreSQL share, so that no change of a
// library can change what a released step does; only the names of column types differ.

import type { ColumnTypes } from '../dialect/engine.ts'

export interface Migration {
  readonly name: string
  statements(types: ColumnTypes): readonly string[]
}
