// What binds requests to each other: the digests that they are about, and the requests that they name. An index over their
// states, so that a tie is found from either end.

import type { Migration } from './migration.ts'

export const requestTies: Migration = {
  name: 'request-ties',
  statements: ({ tableEnd, text }) => [
    `create table request_ties (
      channel ${text} not null,
      subject ${text} not null,
      kind ${text} not null,
      value ${text} not null,
      primary key (channel, subject, kind, value)
    )${tableEnd}`,
    `create index request_ties_value on request_ties (channel, value)`,
  ],
}
