// What a party is about to say: drafts with who wrote them, the exact entry that waits for release, and who had a part in
// it. That a person has one part, and one only, holds whatever the program above these tables thinks.

import type { Migration } from './migration.ts'

export const drafts: Migration = {
  name: 'drafts',
  statements: ({ integer, bytes, text, tableEnd }) => [
    `create table drafts (
      id ${text} primary key,
      channel ${text} not null,
      type ${text} not null,
      subject ${text},
      version ${integer} not null check (version >= 1),
      content ${bytes} not null,
      created ${integer} not null,
      created_by ${text} not null,
      changed ${integer} not null,
      changed_by ${text} not null
    )${tableEnd}`,
    `create index drafts_channel on drafts (channel, changed)`,

    `create table draft_authors (
      draft ${text} not null references drafts (id),
      person ${text} not null,
      primary key (draft, person)
    )${tableEnd}`,

    `create table releases (
      draft ${text} primary key references drafts (id),
      version ${integer} not null,
      digest ${bytes} not null check (length(digest) = 32),
      entry ${bytes} not null,
      body ${bytes},
      own_size ${integer} not null,
      frozen ${integer} not null,
      frozen_by ${text} not null
    )${tableEnd}`,

    // The key is the rule of four eyes: whoever wrote it does not approve it, and nobody approves it twice.
    `create table release_parts (
      draft ${text} not null references releases (draft),
      person ${text} not null,
      part ${text} not null check (part in ('author', 'approver')),
      official ${text},
      approval ${text},
      at ${integer} not null,
      primary key (draft, person),
      unique (draft, official),
      check ((part = 'approver') = (official is not null and approval is not null))
    )${tableEnd}`,
  ],
}
