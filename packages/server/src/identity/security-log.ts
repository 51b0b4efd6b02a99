// The security log of the node: who signed in, who changed what about whom. Each event carries the digest of the one before
// it, and the digest of the newest is all that must be kept elsewhere to notice any later change.

import { createHash } from 'node:crypto'
import { addSecurityEvent, listSecurityEventsFrom, readNewestSecurityEvent } from '../db/security-events.ts'
import type { SecurityEventRow } from '../db/security-events.ts'
import type { Reader, Statement } from '../db/statement.ts'

export const securityEventKinds = [
  'account.added',
  'account.ended',
  'account.recovered',
  'account.roles',
  'case.disclosed',
  'change.approved',
  'change.proposed',
  'change.rejected',
  'code.drawn',
  'export.approved',
  'export.made',
  'file.made',
  'official.enrolled',
  'override.asked',
  'override.done',
  'passkey.enrolled',
  'passkey.removed',
  'session.began',
  'session.ended',
  'session.verified',
  'text.opened',
] as const
export type SecurityEventKind = (typeof securityEventKinds)[number]

export interface SecurityEvent {
  readonly kind: SecurityEventKind
  /** The account that did it, or the name of a program's token. */
  readonly actor: string
  /** The person it was done to. */
  readonly account: string | null
  /** Coded; no name, no address, nothing secret. */
  readonly detail?: Readonly<Record<string, string | readonly string[]>>
}

const context = 'parley/security-event/v1\n'
const pageRows = 500
const beginning = new Uint8Array(32)

function digestOf({ digest: _digest, previous, ...row }: SecurityEventRow): Uint8Array {
  const fields = [row.number, row.at, row.kind, row.actor, row.account, row.detail]
  return createHash('sha256').update(context).update(JSON.stringify(fields)).update(previous).digest()
}

/**
 * Writes events behind the newest one. The statements go into one batch with what the events tell of, and no other batch may
 * come between: the caller takes turns.
 */
export async function appendSecurityEvents(
  reader: Reader,
  at: number,
  events: readonly SecurityEvent[],
): Promise<Statement[]> {
  let last = await readNewestSecurityEvent(reader)
  return events.map(({ account, actor, detail = {}, kind }) => {
    const number = (last?.number ?? -1) + 1
    const previous = last?.digest ?? beginning
    const row = { number, at, kind, actor, account, detail: JSON.stringify(detail), previous, digest: beginning }
    last = { ...row, digest: new Uint8Array(digestOf(row)) }
    return addSecurityEvent(last)
  })
}

/** What is wrong in a log: the first event whose digest, predecessor or number is not what it must be. */
export interface SecurityLogCheck {
  readonly events: number
  readonly broken: number | undefined
}

/** Follows the chain from its beginning. */
export async function checkSecurityLog(reader: Reader): Promise<SecurityLogCheck> {
  let events = 0
  let previous: Uint8Array = beginning
  for (;;) {
    const rows = await listSecurityEventsFrom(reader, events, pageRows)
    for (const row of rows) {
      const sound = row.number === events && sameBytes(row.previous, previous) && sameBytes(row.digest, digestOf(row))
      if (!sound) return { events, broken: events }
      previous = row.digest
      events++
    }
    if (rows.length < pageRows) return { events, broken: undefined }
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
