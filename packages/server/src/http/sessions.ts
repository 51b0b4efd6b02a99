// Sessions of the console: a random secret in a cookie, its digest here. They live in memory: a restart signs everybody
// out, and no disk or backup ever holds one.

import type { SessionView } from '@parley/api'
import type { Account } from './handler.ts'
import { sessionIdleMillisecondsMax, sessionMillisecondsMax, sessionsAccountMax, sessionsMax } from './limits.ts'
import { hashToken } from './tokens.ts'

export interface OpenSession {
  /** The digest of the secret, in hexadecimal: names the session without being it. */
  readonly id: string
  readonly account: Account
  readonly view: SessionView
}

export interface Sessions {
  /** Begins a session and gives its secret, once. */
  begin(account: Account): OpenSession & { readonly secret: string }
  /** The session of a secret, unless it has ended. With `touch`, the idle time starts again. */
  open(secret: string, touch: boolean): OpenSession | undefined
  /** Whether the session of this identifier still runs; does not touch it. */
  runs(id: string): boolean
  end(id: string): void
  /** Ends every session of an account, as when its token is revoked. Gives their identifiers. */
  endAccount(name: string): string[]
}

interface Record {
  readonly account: Account
  readonly since: number
  touched: number
}

/**
 * Makes the sessions of one node.
 *
 * @param options.random gives that many bytes nobody can guess
 * @param options.now milliseconds since the epoch
 */
export function createSessions(options: {
  readonly random: (bytes: number) => Uint8Array
  readonly now: () => number
}): Sessions {
  const { random, now } = options
  // Looked up by digest: whoever times the look-up learns about digests, and cannot choose one.
  const records = new Map<string, Record>()

  function running(id: string): Record | undefined {
    const record = records.get(id)
    if (record === undefined) return undefined
    const { idleUntil, absoluteUntil } = viewOf(record)
    // A clock that was set back must not prolong a session either.
    if (now() < idleUntil && now() < absoluteUntil && now() >= record.since) return record
    records.delete(id)
    return undefined
  }

  function makeRoom({ name }: Account): void {
    for (const id of records.keys()) running(id)
    const own = [...records].filter(([, record]) => record.account.name === name)
    if (own.length >= sessionsAccountMax) records.delete(own[0]![0])
    if (records.size >= sessionsMax) records.delete(records.keys().next().value!)
  }

  return {
    begin(account) {
      makeRoom(account)
      const secret = Buffer.from(random(32)).toString('base64url')
      const id = idOf(secret)
      const record = { account, since: now(), touched: now() }
      records.set(id, record)
      return { id, secret, account, view: viewOf(record) }
    },
    open(secret, touch) {
      const id = idOf(secret)
      const record = running(id)
      if (record === undefined) return undefined
      if (touch) record.touched = now()
      return { id, account: record.account, view: viewOf(record) }
    },
    runs: (id) => running(id) !== undefined,
    end(id) {
      records.delete(id)
    },
    endAccount(name) {
      const ended = [...records].filter(([, record]) => record.account.name === name).map(([id]) => id)
      for (const id of ended) records.delete(id)
      return ended
    },
  }
}

function idOf(secret: string): string {
  return Buffer.from(hashToken(secret)).toString('hex')
}

function viewOf({ account, since, touched }: Record): SessionView {
  return {
    account: account.name,
    since,
    idleUntil: touched + sessionIdleMillisecondsMax,
    absoluteUntil: since + sessionMillisecondsMax,
  }
}
