// Sessions of people: a random secret in a browser's cookie or a command line's token, its digest here. They live in memory: a restart signs everybody
// out, and no disk or backup ever holds one.

import { limits } from '@parley/api'
import type { SessionMeans, SessionView, StepUp } from '@parley/api'
import type { Account } from './handler.ts'
import {
  commandLineIdleMillisecondsMax,
  sessionIdleMillisecondsMax,
  sessionMillisecondsMax,
  sessionsMax,
  verifiedMillisecondsMax,
} from './limits.ts'
import { hashToken } from './tokens.ts'

const { sessionsAccountMax } = limits

export interface OpenSession {
  /** The digest of the secret, in hexadecimal: names the session without being it. */
  readonly id: string
  readonly account: Account
  readonly view: SessionView
  /** What verified the person so short a time ago that a step that needs it is open. */
  readonly verified: StepUp | undefined
}

export interface BegunSession extends OpenSession {
  /** What the cookie or the token carries. It is not kept. */
  readonly secret: string
}

export interface Sessions {
  /** Begins a session and gives its secret, once. A person who signs in with a passkey is verified by it. */
  begin(account: Account, means: SessionMeans): BegunSession
  /**
   * The person of a session was verified by their passkey just now: the session goes on under a new secret, as long as it
   * would have gone on.
   */
  verify(id: string): BegunSession | undefined
  /** The holder of an official's key was there just now: the session of the command line goes on as it is. */
  verifyByKey(id: string): OpenSession | undefined
  /** The session of a secret, unless it has ended. With `touch`, the idle time starts again. */
  open(secret: string, touch: boolean): OpenSession | undefined
  /** Whether the session of this identifier still runs; does not touch it. */
  runs(id: string): boolean
  /** Whether this was the secret of a session that has gone on under another: a call that was under way carries it. */
  wasReplaced(secret: string): boolean
  /** The sessions that run, of one account or of all, oldest first. */
  list(account?: string): OpenSession[]
  end(id: string): void
  /** Ends every session of an account, as when its roles change. Gives their identifiers. */
  endAccount(account: string): string[]
}

interface Record {
  readonly account: Account
  readonly means: SessionMeans
  readonly since: number
  /** When and by what the person was last verified. */
  verified: { readonly at: number; readonly by: StepUp } | undefined
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
  /** The names of secrets that a step up replaced, the newest last. */
  const replaced = new Set<string>()

  function running(id: string): Record | undefined {
    const record = records.get(id)
    if (record === undefined) return undefined
    const { idleUntil, absoluteUntil } = viewOf(record)
    // A clock that was set back must not prolong a session either.
    if (now() < idleUntil && now() < absoluteUntil && now() >= record.since) return record
    records.delete(id)
    return undefined
  }

  function makeRoom(account: Account): void {
    for (const id of records.keys()) running(id)
    const own = [...records].filter(([, record]) => record.account.id === account.id)
    if (own.length >= sessionsAccountMax) records.delete(own[0]![0])
    if (records.size >= sessionsMax) records.delete(records.keys().next().value!)
  }

  function put(record: Record): BegunSession {
    const secret = Buffer.from(random(32)).toString('base64url')
    const id = idOf(secret)
    records.set(id, record)
    return { ...show(id, record), secret }
  }

  function show(id: string, record: Record): OpenSession {
    const { account, verified } = record
    const ago = verified === undefined ? Infinity : now() - verified.at
    const isFresh = ago >= 0 && ago < verifiedMillisecondsMax
    return { id, account, view: viewOf(record), verified: isFresh ? verified?.by : undefined }
  }

  return {
    begin(account, means) {
      makeRoom(account)
      const verified = means === 'passkey' ? ({ at: now(), by: 'passkey' } as const) : undefined
      return put({ account, means, since: now(), verified, touched: now() })
    },
    verify(id) {
      const record = running(id)
      if (record === undefined) return undefined
      records.delete(id)
      if (replaced.size >= sessionsMax) replaced.delete(replaced.values().next().value!)
      replaced.add(id)
      return put({ ...record, verified: { at: now(), by: 'passkey' }, touched: now() })
    },
    verifyByKey(id) {
      const record = running(id)
      if (record?.means !== 'command-line') return undefined
      record.verified = { at: now(), by: 'key' }
      record.touched = now()
      return show(id, record)
    },
    open(secret, touch) {
      const id = idOf(secret)
      const record = running(id)
      if (record === undefined) return undefined
      if (touch) record.touched = now()
      return show(id, record)
    },
    runs: (id) => running(id) !== undefined,
    wasReplaced: (secret) => replaced.has(idOf(secret)),
    list: (account) =>
      [...records.keys()].flatMap((id) => {
        const record = running(id)
        return record === undefined || (account ?? record.account.id) !== record.account.id ? [] : [show(id, record)]
      }),
    end(id) {
      records.delete(id)
    },
    endAccount(account) {
      const ended = [...records].filter(([, record]) => record.account.id === account).map(([id]) => id)
      for (const id of ended) records.delete(id)
      return ended
    },
  }
}

function idOf(secret: string): string {
  return Buffer.from(hashToken(secret)).toString('hex')
}

function viewOf({ account, means, since, touched }: Record): SessionView {
  return {
    account: account.id,
    grants: account.grants.map((grant) => ({ ...grant })),
    means,
    since,
    idleUntil: touched + (means === 'command-line' ? commandLineIdleMillisecondsMax : sessionIdleMillisecondsMax),
    absoluteUntil: since + sessionMillisecondsMax,
  }
}
