// What could be read of subjects: their titles and the index of the words in them. Plaintext of sealed bodies is here and
// nowhere else in the database, and an erasure takes it out in its own transaction.

import type { Kysely } from 'kysely'
import { padList } from './padded-list.ts'
import { checkLimit } from './page.ts'
import type { Schema } from './schema.ts'
import {
  forgetAllPostgresWords,
  forgetPostgresBody,
  forgetPostgresWords,
  formatPostgresMatch,
  putPostgresWords,
} from './dialect/postgres-text-index.ts'
import {
  forgetAllSqliteWords,
  forgetSqliteBody,
  forgetSqliteWords,
  formatSqliteMatch,
  putSqliteWords,
} from './dialect/sqlite-text-index.ts'
import { putSetting } from './settings.ts'
import { insertRows, write } from './statement.ts'
import type { CompiledStatement, DialectName, Reader, Statement } from './statement.ts'
import { checkValues } from './value.ts'

/** The setting that says up to which change of subjects texts were read. */
export const textsReadUntil = 'texts-read-until'

export interface SubjectText {
  /** The number by which the index knows the subject. */
  readonly document: number
  readonly channel: string
  readonly subject: string
  readonly title: string | null
  /** Whether a body that belongs to it has not arrived. */
  readonly missing: boolean
}

const insertTexts = insertRows('texts', ['document', 'channel', 'subject', 'title', 'missing'])

function onDialect(compile: (dialect: DialectName) => CompiledStatement): Statement {
  return {
    compile(dialect) {
      const { sql, parameters } = compile(dialect)
      return { sql, parameters: checkValues(parameters) }
    },
    changes: undefined,
  }
}

/** Puts what a subject says in place of what it said before. */
export function putText({ missing, ...text }: SubjectText, words: readonly string[]): Statement[] {
  const { document } = text
  return [
    ...forgetText(document),
    ...insertTexts([{ ...text, missing: missing ? 1 : 0 }]),
    // A search goes from the document to the row of its subject.
    write((db) =>
      db.updateTable('subjects').set({ document }).where('channel', '=', text.channel).where('id', '=', text.subject),
    ),
    ...(words.length === 0
      ? []
      : [
          onDialect((dialect) =>
            dialect === 'sqlite' ? putSqliteWords(document, words) : putPostgresWords(document, words),
          ),
        ]),
  ]
}

/** Takes out all that was read of a subject. `Database.purge` then removes it from the files. */
export function forgetText(document: number): Statement[] {
  return [
    onDialect((dialect) => (dialect === 'sqlite' ? forgetSqliteWords(document) : forgetPostgresWords(document))),
    write((db) => db.deleteFrom('texts').where('document', '=', document)),
  ]
}

/**
 * Takes out all that was read of the subjects that a body belongs to, and has them read again without it. To be committed
 * with the erasure of the body.
 */
export function forgetTextsOfBody(digest: Uint8Array): Statement[] {
  const documents = (db: Kysely<Schema>) =>
    db
      .selectFrom('texts')
      .innerJoin('entries', 'entries.subject', 'texts.subject')
      .select('texts.document')
      .where('entries.body_ciphertext', '=', digest)
  return [
    onDialect((dialect) => (dialect === 'sqlite' ? forgetSqliteBody(digest) : forgetPostgresBody(digest))),
    write((db) => db.updateTable('texts').set({ title: null, missing: 1 }).where('document', 'in', documents(db))),
  ]
}

/** Takes out all that was ever read, and has all of it read again. */
export function forgetAllTexts(): Statement[] {
  return [
    onDialect((dialect) => (dialect === 'sqlite' ? forgetAllSqliteWords : forgetAllPostgresWords)),
    write((db) => db.deleteFrom('texts')),
    write((db) => db.updateTable('subjects').set({ document: null }).where('document', 'is not', null)),
    putSetting(textsReadUntil, '0'),
  ]
}

/** The largest document in use, 0 when there is none. */
export async function readNewestDocument(reader: Reader): Promise<number> {
  const row = await reader
    .selectFrom('texts')
    .select('document')
    .orderBy('document', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.document ?? 0
}

export async function readText(reader: Reader, channel: string, subject: string): Promise<SubjectText | undefined> {
  const row = await reader
    .selectFrom('texts')
    .selectAll()
    .where('channel', '=', channel)
    .where('subject', '=', subject)
    .executeTakeFirst()
  return row === undefined ? undefined : { ...row, missing: row.missing === 1 }
}

/** The titles of those of the subjects that have one here, by subject. */
export async function listTitles(
  reader: Reader,
  channel: string,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (subjects.length === 0) return new Map()
  const rows = await reader
    .selectFrom('texts')
    .select(['subject', 'title'])
    .where('channel', '=', channel)
    .where('subject', 'in', padList(subjects))
    .execute()
  return new Map(rows.flatMap(({ subject, title }) => (title === null ? [] : [[subject, title] as const])))
}

/** The documents of subjects (as many as fit a page), in their order; undefined where nothing was read yet. @throws DatabaseError `db.limit` */
export async function readDocuments(
  reader: Reader,
  subjects: readonly Pick<SubjectText, 'channel' | 'subject'>[],
): Promise<(number | undefined)[]> {
  if (subjects.length === 0) return []
  checkLimit(subjects.length)
  const rows = await reader
    .selectFrom('texts')
    .select(['document', 'channel', 'subject'])
    .where('channel', 'in', padList([...new Set(subjects.map(({ channel }) => channel))]))
    .where('subject', 'in', padList(subjects.map(({ subject }) => subject)))
    .execute()
  const documents = new Map(rows.map(({ channel, document, subject }) => [`${channel} ${subject}`, document]))
  return subjects.map(({ channel, subject }) => documents.get(`${channel} ${subject}`))
}

/** Subjects of which a body had not arrived when they were read, by document behind `after`. @throws DatabaseError `db.limit` */
export async function listMissingTexts(
  reader: Reader,
  query: { readonly after: number; readonly limit: number },
): Promise<Pick<SubjectText, 'document' | 'channel' | 'subject'>[]> {
  return reader
    .selectFrom('texts')
    .select(['document', 'channel', 'subject'])
    .where('missing', '=', 1)
    .where('document', '>', query.after)
    .orderBy('document')
    .limit(checkLimit(query.limit))
    .execute()
}

/** A question in the words of one dialect: every one of `words`, and something that begins with `prefix`. */
export function formatMatch(
  dialect: DialectName,
  { prefix, words }: { readonly words: readonly string[]; readonly prefix: string | undefined },
): string {
  return dialect === 'sqlite' ? formatSqliteMatch(words, prefix) : formatPostgresMatch(words, prefix)
}
