// The index of words on PostgreSQL: a tsvector of words that have been cut already, under GIN; no extension is needed.

import type { CompiledStatement } from '../statement.ts'

export const postgresTextIndex: readonly string[] = [
  'create table search_text (document bigint primary key, words tsvector not null)',
  'create index search_text_words on search_text using gin (words)',
]

/** Puts the words of a document that is not in the index. */
export function putPostgresWords(document: number, words: readonly string[]): CompiledStatement {
  const sql = "insert into search_text (document, words) values ($1, array_to_tsvector(string_to_array($2, ' ')))"
  return { sql, parameters: [document, words.join(' ')], changes: undefined }
}

export function forgetPostgresWords(document: number): CompiledStatement {
  return { sql: 'delete from search_text where document = $1', parameters: [document], changes: undefined }
}

export const forgetAllPostgresWords: CompiledStatement = {
  sql: 'truncate search_text',
  parameters: [],
  changes: undefined,
}

/** Forgets the words of every document that a body belongs to. */
export function forgetPostgresBody(digest: Uint8Array): CompiledStatement {
  const documents =
    'select texts.document from texts join entries on entries.subject = texts.subject where entries.body_ciphertext = $1'
  return { sql: `delete from search_text where document in (${documents})`, parameters: [digest], changes: undefined }
}

/** A condition on documents; words consist of letters and digits alone, so that nothing in them is an operator. */
export function formatPostgresMatch(words: readonly string[], prefix: string | undefined): string {
  return [...words.map((word) => `'${word}'`), ...(prefix === undefined ? [] : [`'${prefix}':*`])].join(' & ')
}
