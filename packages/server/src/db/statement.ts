// A write as a value: functions that write return statements, and only `Writer.commit` runs them. So whoever decides
// what changes needs no connection, and everything that must change together is one list, one message to the writer and
// one durable transaction.

import assert from 'node:assert/strict'
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Compilable, Insertable, InsertQueryBuilder, InsertResult } from 'kysely'
import type { ReadonlyKysely } from 'kysely/readonly'
import type { Schema } from './schema.ts'
import { checkValues } from './value.ts'
import type { Value } from './value.ts'

export type DialectName = 'sqlite' | 'postgres'

/** Reads, and cannot write: the type has no insert, update or delete, and the connection behind it refuses them. */
export type Reader = ReadonlyKysely<Schema>

/** One write, not yet done. */
export interface Statement {
  /** @throws DatabaseError `db.value` */
  compile(dialect: DialectName): { readonly sql: string; readonly parameters: readonly Value[] }
  /** How many rows it must change. Any other number refuses the whole batch with `db.conflict`. */
  readonly changes: number | undefined
}

/** A write in the words of one dialect. */
export interface CompiledStatement {
  readonly sql: string
  readonly parameters: readonly Value[]
  readonly changes: number | undefined
}

// They compile and never connect.
const builders: Record<DialectName, Kysely<Schema>> = {
  sqlite: new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  }),
  postgres: new Kysely<Schema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  }),
}

/** A write as Kysely builds it. `changes` is how many rows it must change, where that matters. */
export function write(build: (db: Kysely<Schema>) => Compilable, changes?: number): Statement {
  return {
    compile(dialect) {
      const { sql, parameters } = build(builders[dialect]).compile()
      return { sql, parameters: checkValues(parameters) }
    },
    changes,
  }
}

/** Stands for a value in a text that is built before there is one. */
class Blank {
  readonly place: number

  constructor(place: number) {
    this.place = place
  }
}

/**
 * Makes a function that writes with other values each time but always by the same text, which is built once. `build` must
 * hand each of its values to Kysely as it is and look at none of them. `changes` is how many rows each write must change,
 * where that matters.
 */
export function writeOften<Values extends readonly Value[]>(
  build: (db: Kysely<Schema>, ...values: Values) => Compilable,
  changes?: number,
): (...values: Values) => Statement {
  const texts: Partial<Record<DialectName, { readonly sql: string; readonly parameters: readonly unknown[] }>> = {}

  function textFor(
    dialect: DialectName,
    count: number,
  ): { readonly sql: string; readonly parameters: readonly unknown[] } {
    const blanks = Array.from({ length: count }, (_, place) => new Blank(place))
    return (texts[dialect] ??= build(builders[dialect], ...(blanks as unknown as Values)).compile())
  }

  return (...values) => ({
    compile(dialect) {
      const { sql, parameters } = textFor(dialect, values.length)
      const filled = parameters.map((parameter) => (parameter instanceof Blank ? values[parameter.place] : parameter))
      return { sql, parameters: checkValues(filled) }
    },
    changes,
  })
}

/** Compiles for one dialect, checking every value. @throws DatabaseError `db.value` */
export function compileStatement(statement: Statement, dialect: DialectName): CompiledStatement {
  const { sql, parameters } = statement.compile(dialect)
  return { sql, parameters, changes: statement.changes }
}

/** The largest number of rows in one statement: the widest table stays below a thousand parameters. */
const rowsPerStatementMax = 64

/**
 * Makes a function that turns rows into as few insert statements as their number allows. Rows are split by powers of
 * two, so that a table has at most seven different texts: each is built once and stays prepared in the database.
 */
export function insertRows<Table extends keyof Schema, Column extends keyof Schema[Table] & string>(
  table: Table,
  columns: readonly Column[],
  settleConflict: (
    insert: InsertQueryBuilder<Schema, Table, InsertResult>,
  ) => InsertQueryBuilder<Schema, Table, InsertResult> = (insert) => insert,
): (rows: readonly Pick<Schema[Table], Column>[]) => Statement[] {
  const texts: Record<DialectName, Map<number, string>> = { sqlite: new Map(), postgres: new Map() }

  function textFor(dialect: DialectName, count: number): string {
    const known = texts[dialect].get(count)
    if (known !== undefined) return known
    const blank = Object.fromEntries(columns.map((column) => [column, null])) as unknown as Insertable<Schema[Table]>
    const insert = builders[dialect].insertInto(table).values(Array.from({ length: count }, () => blank))
    const { sql, parameters } = settleConflict(insert).compile()
    assert(parameters.length === count * columns.length, 'settling a conflict takes no parameters of its own')
    texts[dialect].set(count, sql)
    return sql
  }

  return (rows) => {
    const statements: Statement[] = []
    for (let start = 0; start < rows.length;) {
      const count = Math.min(rowsPerStatementMax, 2 ** Math.floor(Math.log2(rows.length - start)))
      const parameters: unknown[] = []
      for (let i = start; i < start + count; i++) {
        const row = rows[i]!
        for (const column of columns) parameters.push(row[column])
      }
      statements.push({
        compile: (dialect) => ({ sql: textFor(dialect, count), parameters: checkValues(parameters) }),
        changes: undefined,
      })
      start += count
    }
    return statements
  }
}
