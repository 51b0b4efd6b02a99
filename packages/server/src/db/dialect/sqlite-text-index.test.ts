// What the index of words does to the connection that it is written by.

import { expect, test } from 'vitest'
import { openDatabase } from '../database.ts'
import { putSetting, readSetting } from '../settings.ts'
import type { CompiledStatement, Statement } from '../statement.ts'
import { forgetSqliteWords, putSqliteWords } from './sqlite-text-index.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A statement of this dialect alone. */
const compiled = (statement: CompiledStatement): Statement => ({ compile: () => statement, changes: undefined })

test('[SE8] words that are taken out again leave the writer usable, whatever number the index gives its own rows', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-index-'))
  const database = await openDatabase(`sqlite:${join(folder, 'database.sqlite')}`)
  try {
    for (let round = 0; round < 40; round++) {
      const documents = Array.from({ length: 20 }, (_, i) => i + 1)
      await database.writer.commit(
        documents.map((document) => compiled(putSqliteWords(document, [`word${round}`, `other${document}`]))),
      )
      await database.writer.commit(documents.map((document) => compiled(forgetSqliteWords(document))))
    }
    await database.writer.commit([putSetting('after', 'written')])
    expect(await readSetting(database.reader, 'after')).toBe('written')
  } finally {
    await database.close()
    await rm(folder, { recursive: true })
  }
})
