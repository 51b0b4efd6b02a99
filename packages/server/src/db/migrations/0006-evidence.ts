// Uploads of evidence that are under way, or lately came to their end.

import type { Migration } from './migration.ts'

export const evidence: Migration = {
  name: 'evidence',
  statements: ({ bytes, integer, tableEnd, text }) => [
    `create table evidence_uploads (
      id ${text} primary key,
      channel ${text} not null,
      account ${text} not null,
      length ${integer} not null check (length >= 0),
      said ${bytes} not null,
      sealed ${text},
      subject ${text},
      created ${integer} not null
    )${tableEnd}`,
    'create index evidence_uploads_owner on evidence_uploads (channel, account, created)',
  ],
}
