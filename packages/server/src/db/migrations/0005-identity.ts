// People: their accounts, what they may do and where, what they sign in with, who decided a change of it, and the security
// log of the node, in which each row carries the digest of the one before it.

import type { Migration } from './migration.ts'

export const identity: Migration = {
  name: 'identity',
  statements: ({ integer, bytes, text, tableEnd }) => [
    `create table accounts (
      id ${text} primary key,
      name ${text} not null,
      state ${text} not null check (state in ('invited', 'active', 'ended')),
      created ${integer} not null
    )${tableEnd}`,

    // A role for the whole node has an empty channel.
    `create table account_roles (
      account ${text} not null references accounts (id),
      role ${text} not null,
      channel ${text} not null,
      primary key (account, role, channel)
    )${tableEnd}`,

    `create table passkeys (
      id ${text} primary key,
      account ${text} not null references accounts (id),
      algorithm ${text} not null check (algorithm in ('ed25519', 'es256')),
      key ${bytes} not null,
      counter ${integer} not null check (counter >= 0),
      label ${text} not null,
      created ${integer} not null,
      last_used ${integer}
    )${tableEnd}`,
    `create index passkeys_account on passkeys (account)`,

    `create table officials (
      official ${text} primary key,
      account ${text} not null references accounts (id),
      passkey ${text},
      enrolled ${integer} not null
    )${tableEnd}`,
    `create index officials_account on officials (account)`,

    `create table oidc_links (
      issuer ${text} not null,
      subject ${text} not null,
      account ${text} not null references accounts (id),
      created ${integer} not null,
      primary key (issuer, subject)
    )${tableEnd}`,

    `create table invitations (
      hash ${bytes} primary key check (length(hash) = 32),
      account ${text} not null references accounts (id),
      created ${integer} not null,
      expires ${integer} not null,
      used ${integer}
    )${tableEnd}`,

    // Whoever proposed a change does not also approve it, whatever the program above this table thinks.
    `create table account_changes (
      id ${text} primary key,
      kind ${text} not null,
      account ${text} not null,
      data ${text} not null,
      proposed_by ${text} not null,
      proposed ${integer} not null,
      expires ${integer} not null,
      settled ${integer},
      settled_by ${text},
      outcome ${text} check (outcome in ('applied', 'rejected')),
      check ((settled is null) = (outcome is null)),
      check (outcome <> 'applied' or settled_by <> proposed_by)
    )${tableEnd}`,
    `create index account_changes_open on account_changes (proposed) where settled is null`,

    `create table security_events (
      number ${integer} primary key,
      at ${integer} not null,
      kind ${text} not null,
      actor ${text} not null,
      account ${text},
      detail ${text} not null,
      previous ${bytes} not null check (length(previous) = 32),
      digest ${bytes} not null check (length(digest) = 32)
    )${tableEnd}`,
    `create index security_events_account on security_events (account, number)`,
  ],
}
