// Facts about the node itself, by name. The version of the schema is one of them and belongs to `migrate.ts`.

import { writeOften } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

/** Undefined when it was never put. */
export async function readSetting(reader: Reader, name: string): Promise<string | undefined> {
  const row = await reader.selectFrom('node_settings').select('value').where('name', '=', name).executeTakeFirst()
  return row?.value
}

export const putSetting: (name: string, value: string) => Statement = writeOften((db, name: string, value: string) =>
  db
    .insertInto('node_settings')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: (row) => row.ref('excluded.value') })),
)
