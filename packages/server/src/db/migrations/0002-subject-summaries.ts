// Gives subjects the columns that lists filter by, and finds waiting entries and the entries of a body by an index. Rows
// that are there already keep their state and are marked (projection 0) to be computed again from the entries.

import type { Migration } from './migration.ts'

export const subjectSummaries: Migration = {
  name: 'subject-summaries',
  statements: ({ integer, text }) => [
    `alter table subjects add column kind ${text}`,
    `alter table subjects add column urgency ${text}`,
    `alter table subjects add column requester ${text}`,
    `alter table subjects add column requested ${text}`,
    `alter table subjects add column opened_at ${integer}`,
    `alter table subjects add column projection ${integer} not null default 0`,
    `create index subjects_status on subjects (channel, topic, status, changed)`,
    `create index subjects_projection on subjects (projection, changed)`,
    `create index entries_waiting on entries (log, position) where verdict = 'waiting'`,
    `create index entries_body on entries (body_ciphertext) where body_ciphertext is not null`,
  ],
}
