// What an inbox needs: a request's row without a look at its history, the index of what bodies say, and what each person
// has been given, watches, has read and wants to hear of.

import type { Migration } from './migration.ts'

export const inbox: Migration = {
  name: 'inbox',
  statements: ({ integer, bytes, text, tableEnd, textIndex }) => [
    // What nothing is due of comes behind everything that something is due of.
    `alter table subjects add column due_at ${integer} not null default 9007199254740991`,
    `alter table subjects add column due ${text}`,
    `alter table subjects add column steps ${text}`,
    `create index subjects_due on subjects (topic, due_at, changed desc)`,
    `create index subjects_status_due on subjects (topic, status, due_at, changed desc)`,
    `create index subjects_requested_due on subjects (topic, requested, due_at, changed desc)`,

    `create table texts (
      document ${integer} primary key,
      channel ${text} not null,
      subject ${text} not null,
      title ${text},
      missing ${integer} not null check (missing in (0, 1)),
      unique (channel, subject)
    )${tableEnd}`,
    `create index texts_missing on texts (document) where missing = 1`,
    ...textIndex,

    `create table assignments (
      channel ${text} not null,
      subject ${text} not null,
      account ${text} not null,
      assigned_by ${text} not null,
      assigned ${integer} not null,
      primary key (channel, subject)
    )${tableEnd}`,
    `create index assignments_account on assignments (account)`,

    `create table watches (
      account ${text} not null,
      channel ${text} not null,
      subject ${text} not null,
      primary key (account, channel, subject)
    )${tableEnd}`,
    `create index watches_subject on watches (channel, subject)`,

    `create table read_marks (
      account ${text} not null,
      channel ${text} not null,
      subject ${text} not null,
      changed ${integer} not null,
      primary key (account, channel, subject)
    )${tableEnd}`,

    `create table saved_filters (
      account ${text} not null,
      name ${text} not null,
      filter ${text} not null,
      saved ${integer} not null,
      primary key (account, name)
    )${tableEnd}`,

    `create table notice_preferences (
      account ${text} primary key,
      mail ${text} not null check (mail in ('never', 'digest', 'each')),
      address ${text},
      language ${text} not null,
      time_zone ${text} not null,
      digest_minute ${integer} not null check (digest_minute between 0 and 1439),
      every_request ${integer} not null check (every_request in (0, 1)),
      digest_next ${integer}
    )${tableEnd}`,
    `create index notice_preferences_digest on notice_preferences (digest_next) where digest_next is not null`,

    `create table calendar_feeds (
      hash ${bytes} primary key check (length(hash) = 32),
      account ${text} not null,
      created ${integer} not null,
      revoked ${integer}
    )${tableEnd}`,
    `create index calendar_feeds_account on calendar_feeds (account)`,

    `create table webhooks (
      id ${text} primary key,
      url ${text} not null,
      secret ${bytes} not null check (length(secret) = 32),
      created_by ${text} not null,
      created ${integer} not null
    )${tableEnd}`,

    `create table notices (
      id ${text} primary key,
      way ${text} not null check (way in ('mail', 'webhook')),
      target ${text} not null,
      message ${text} not null,
      created ${integer} not null,
      attempts ${integer} not null,
      next_attempt ${integer} not null,
      last_error ${text}
    )${tableEnd}`,
    `create index notices_due on notices (next_attempt)`,
  ],
}
