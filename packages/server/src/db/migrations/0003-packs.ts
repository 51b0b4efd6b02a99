// Packs by their digest, each as it was compiled: an agreement can be amended, and what was done under an earlier pack is
// judged by that one for ever.

import type { Migration } from './migration.ts'

export const packs: Migration = {
  name: 'packs',
  statements: ({ integer, tableEnd, text }) => [
    `create table packs (digest ${text} primary key, pack ${text} not null, added ${integer} not null)${tableEnd}`,
  ],
}
