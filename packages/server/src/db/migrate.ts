// Brings the schema up to date: numbered steps, forward only, each in one durable transaction together with the number it
// reaches. A step that has been released never changes; the next one mends it.

import type { Engine } from './dialect/engine.ts'
import { DatabaseError } from './error.ts'
import { initialSchema } from './migrations/0001-initial.ts'
import { subjectSummaries } from './migrations/0002-subject-summaries.ts'
import { packs } from './migrations/0003-packs.ts'
import { drafts } from './migrations/0004-drafts.ts'
import { identity } from './migrations/0005-identity.ts'
import { evidence } from './migrations/0006-evidence.ts'
import { inbox } from './migrations/0007-inbox.ts'
import { inboxIndex } from './migrations/0008-inbox-index.ts'
import { requestTies } from './migrations/0009-request-ties.ts'
import type { Migration } from './migrations/migration.ts'
import type { CompiledStatement } from './statement.ts'

const migrations: readonly Migration[] = [
  initialSchema,
  subjectSummaries,
  packs,
  drafts,
  identity,
  evidence,
  inbox,
  inboxIndex,
  requestTies,
]

const versionSetting = 'schema-version'

/** The version of the schema that this code reads and writes. */
export const schemaVersion = migrations.length

function statement(sql: string): CompiledStatement {
  return { sql, parameters: [], changes: undefined }
}

/** 0 for a database that holds nothing yet. @throws DatabaseError `db.schema` */
async function readVersion(engine: Engine): Promise<number> {
  if (!(await engine.hasTable('node_settings'))) return 0
  const session = await engine.acquire()
  try {
    const rows = await session.read(`select value from node_settings where name = '${versionSetting}'`, [])
    const version = Number(rows[0]?.value)
    if (!Number.isSafeInteger(version) || version < 1) {
      throw new DatabaseError('db.schema', 'the database does not say which schema it has')
    }
    return version
  } finally {
    session.release()
  }
}

function refuseNewer(version: number): void {
  if (version <= schemaVersion) return
  throw new DatabaseError('db.newer', `the database has schema ${version}, this program knows ${schemaVersion}`)
}

/**
 * Takes every step that is still to be taken, up to version `to`. The engine must be open for writing.
 * @throws DatabaseError `db.newer` when a later program has been here, `db.schema`
 */
export async function migrate(engine: Engine, to = schemaVersion): Promise<void> {
  const version = await readVersion(engine)
  refuseNewer(version)
  for (let next = version + 1; next <= to; next++) {
    const steps = migrations[next - 1]!.statements(engine.types)
    const reached =
      next === 1
        ? `insert into node_settings (name, value) values ('${versionSetting}', '1')`
        : `update node_settings set value = '${next}' where name = '${versionSetting}'`
    await engine.transact([...steps, reached].map(statement))
  }
}

/** @throws DatabaseError `db.newer`, `db.older` or `db.schema` unless the schema is exactly the one this code knows */
export async function checkSchema(engine: Engine): Promise<void> {
  const version = await readVersion(engine)
  refuseNewer(version)
  if (version < schemaVersion) throw new DatabaseError('db.older', `the database has schema ${version}`)
}
