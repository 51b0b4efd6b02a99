// What an inbox of very many requests needs: one index that holds all that a list filters by, in the order of the list,
// and one that leads from a document of the index of words to the same.

import type { Migration } from './migration.ts'

const filtered = 'channel, status, kind, urgency, requester, requested, assigned, id'

export const inboxIndex: Migration = {
  name: 'inbox-index',
  statements: ({ integer, text }) => [
    `alter table subjects add column document ${integer}`,
    `alter table subjects add column assigned ${text}`,
    `update subjects set document =
      (select document from texts where texts.channel = subjects.channel and texts.subject = subjects.id)`,
    `update subjects set assigned =
      (select account from assignments where assignments.channel = subjects.channel and assignments.subject = subjects.id)`,
    `drop index subjects_due`,
    `drop index subjects_status_due`,
    `drop index subjects_requested_due`,
    `create index subjects_inbox on subjects (topic, due_at, changed desc, ${filtered}, document)`,
    `create index subjects_document on subjects (document, topic, due_at, changed, ${filtered}) where document is not null`,
    // A change has a number of its own, so a mark with it is a mark of the subject as it is now.
    `create index read_marks_changed on read_marks (account, changed)`,
    `drop index assignments_account`,
  ],
}
