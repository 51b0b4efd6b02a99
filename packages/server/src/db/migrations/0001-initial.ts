// The first schema: logs with their entries and tiles, what others cosigned, sealed bodies, subjects, peers.
// Released: never changes.

import type { Migration } from './migration.ts'

export const initialSchema: Migration = {
  name: 'initial',
  statements: ({ integer, bytes, text, tableEnd }) => [
    `create table node_settings (
      name ${text} primary key,
      value ${text} not null
    )${tableEnd}`,

    `create table logs (
      id ${integer} primary key,
      origin ${text} not null unique,
      party ${text} not null,
      channel ${text} not null,
      own ${integer} not null check (own in (0, 1)),
      size ${integer} not null check (size >= 0),
      root ${bytes} not null check (length(root) = 32),
      frontier ${bytes} not null,
      head_note ${bytes},
      head_size ${integer} not null check (head_size >= 0),
      head_root ${bytes} check (length(head_root) = 32),
      frozen ${bytes},
      effective_seen ${text} not null
    )${tableEnd}`,

    `create table entries (
      log ${integer} not null references logs (id),
      position ${integer} not null check (position >= 0),
      digest ${bytes} check (length(digest) = 32),
      type ${text},
      subject ${text},
      at ${integer},
      verdict ${text} not null check (verdict in ('valid', 'invalid', 'unknown', 'waiting')),
      code ${text},
      body_ciphertext ${bytes} check (length(body_ciphertext) = 32),
      bytes ${bytes} not null,
      primary key (log, position)
    )${tableEnd}`,
    // Not unique: an entry that its author appended twice stays in the tree twice.
    `create index entries_digest on entries (log, digest)`,
    `create index entries_subject on entries (subject, log, position)`,

    `create table tiles (
      log ${integer} not null references logs (id),
      level ${integer} not null check (level between 0 and 6),
      position ${integer} not null check (position >= 0),
      width ${integer} not null check (width between 1 and 256),
      hashes ${bytes} not null check (length(hashes) = 32 * width),
      primary key (log, level, position)
    )${tableEnd}`,

    `create table heads (
      log ${integer} not null references logs (id),
      size ${integer} not null check (size >= 0),
      root ${bytes} not null check (length(root) = 32),
      note ${bytes} not null,
      found ${integer} not null,
      primary key (log, size, root)
    )${tableEnd}`,

    ...['cosignatures', 'newest_cosignatures'].map(
      (table) => `create table ${table} (
        log ${integer} not null references logs (id),
        cosigner ${text} not null,
        role ${text} not null check (role in ('witness', 'mirror')),
        size ${integer} not null check (size >= 0),
        time ${integer} not null,
        root ${bytes} not null check (length(root) = 32),
        signature ${bytes} not null,
        primary key (log, cosigner, role${table === 'cosignatures' ? ', size, time' : ''})
      )${tableEnd}`,
    ),
    `create index cosignatures_size on cosignatures (log, size)`,

    `create table bodies (
      digest ${bytes} primary key check (length(digest) = 32),
      log ${integer} not null references logs (id),
      position ${integer} not null,
      state ${text} not null check (state in ('held', 'missing', 'erased')),
      bytes ${bytes},
      ground ${text},
      check ((state = 'held') = (bytes is not null))
    )${tableEnd}`,
    `create index bodies_missing on bodies (log, position) where state = 'missing'`,

    `create table channels (
      channel ${text} primary key,
      genesis ${bytes} not null,
      pack ${text},
      agreement ${text}
    )${tableEnd}`,

    `create table peers (
      party ${text} primary key,
      card ${bytes} not null,
      address ${text} not null,
      transport ${text} not null,
      last_attempt ${integer},
      last_contact ${integer},
      last_error ${text},
      clock_offset ${integer}
    )${tableEnd}`,

    `create table subjects (
      channel ${text} not null,
      id ${text} not null,
      topic ${text} not null,
      acts ${text} not null,
      state ${text} not null,
      status ${text} not null,
      changed ${integer} not null unique,
      primary key (channel, id)
    )${tableEnd}`,
    `create index subjects_topic on subjects (channel, topic, changed)`,

    `create table outbox (
      peer ${text} not null,
      log ${integer} not null references logs (id),
      have ${integer} not null check (have >= 0),
      receipted ${integer} not null check (receipted >= 0),
      attempts ${integer} not null,
      next_attempt ${integer} not null,
      last_error ${text},
      primary key (peer, log)
    )${tableEnd}`,
    `create index outbox_due on outbox (next_attempt)`,

    `create table tokens (
      hash ${bytes} primary key check (length(hash) = 32),
      name ${text} not null,
      roles ${text} not null,
      created ${integer} not null,
      expires ${integer},
      last_used ${integer},
      revoked ${integer}
    )${tableEnd}`,

    `create table forks (
      log ${integer} not null references logs (id),
      digest ${bytes} not null check (length(digest) = 32),
      proof ${bytes} not null,
      found ${integer} not null,
      primary key (log, digest)
    )${tableEnd}`,

    `create table idempotency (
      key ${text} primary key,
      log ${integer} not null references logs (id),
      position ${integer} not null,
      created ${integer} not null
    )${tableEnd}`,
    `create index idempotency_created on idempotency (created)`,
  ],
}
