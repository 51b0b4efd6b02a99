// The index of words on SQLite: FTS5 over words that have been cut already. It keeps the words by document and no text.

import type { CompiledStatement } from '../statement.ts'

export const sqliteTextIndex: readonly string[] = [
  `create virtual table search_text using fts5(words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')`,
]

/** Puts the words of a document that is not in the index. */
export function putSqliteWords(document: number, words: readonly string[]): CompiledStatement {
  const sql = 'insert into search_text (rowid, words) values (?, ?)'
  return { sql, parameters: [document, words.join(' ')], changes: undefined }
}

export function forgetSqliteWords(document: number): CompiledStatement {
  return { sql: 'delete from search_text where rowid = ?', parameters: [document], changes: undefined }
}

export const forgetAllSqliteWords: CompiledStatement = {
  sql: "insert into search_text (search_text) values ('delete-all')",
  parameters: [],
  changes: undefined,
}

/** Forgets the words of every document that a body belongs to. */
export function forgetSqliteBody(digest: Uint8Array): CompiledStatement {
  const documents =
    'select texts.document from texts join entries on entries.subject = texts.subject where entries.body_ciphertext = ?'
  return { sql: `delete from search_text where rowid in (${documents})`, parameters: [digest], changes: undefined }
}

/** A condition on documents; words consist of letters and digits alone, so that nothing in them is an operator. */
export function formatSqliteMatch(words: readonly string[], prefix: string | undefined): string {
  return [...words.map((word) => `"${word}"`), ...(prefix === undefined ? [] : [`"${prefix}"*`])].join(' AND ')
}
