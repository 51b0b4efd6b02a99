// Who read and took out what: each text that is opened and each file that is made for somebody is an event of the security log
// before it is shown, and much at once takes a second person and a delay. The adversary is one person with every right to read,
// or under somebody's hand (T-14, T-17).

import { listAppliedChanges } from '../db/account-changes.ts'
import { listAccounts } from '../db/accounts.ts'
import { listEventDetails } from '../db/security-events.ts'
import { isAdministrator } from './account.ts'
import { parseChange } from './changes.ts'
import { IdentityError } from './error.ts'
import type { IdentityStore } from './identity-store.ts'

/** Files of so many cases in a day are what a person's work takes; more is an export in bulk. */
export const caseFilesDayMax = 20
/** A copy of channel logs with more entries than this is an export in bulk. */
export const exportEntriesMax = 1_000
/** Between the approval of an export in bulk and its opening, where the settings say nothing else. */
export const exportDelayHoursDefault = 24
/** So long an approved export stays open. */
const exportOpenMilliseconds = 24 * 60 * 60_000
const dayMilliseconds = 24 * 60 * 60_000
/** Opened again within so long, a text is no second event. */
const readingMilliseconds = 15 * 60_000
const readingsRememberedMax = 10_000

/** A person by their account, or the machine by its token's name. */
export interface Reader {
  readonly account: string
  readonly isMachine: boolean
}

export interface Readings {
  /** Resolves when the log says that somebody opened a text. */
  noteOpened(account: string, subject: string): Promise<void>
  /** Resolves when the log says that a file of a case is made. @throws IdentityError `export.not-approved` */
  noteCaseFile(reader: Reader, channel: string, subject: string): Promise<void>
  /** Resolves when the log says that a copy of a channel is made. @throws IdentityError `export.not-approved` */
  noteCopy(reader: Reader, channel: string, entries: number): Promise<void>
}

/** @param delayHours between the approval of an export in bulk and its opening */
export function createReadings(store: IdentityStore, delayHours: number): Readings {
  const { clock } = store
  const noted = new Map<string, number>()

  async function checkBulk({ account, isMachine }: Reader, channel: string): Promise<void> {
    const now = clock()
    const delay = delayHours * 60 * 60_000
    const applied = await listAppliedChanges(store.reader, 'export', now - delay - exportOpenMilliseconds)
    const own = applied.filter(({ account: asked, data }) => {
      const change = parseChange(data)
      return change.kind === 'export' && change.channel === channel && (isMachine || asked === account)
    })
    if (own.some(({ settled }) => now >= settled + delay && now < settled + delay + exportOpenMilliseconds)) return
    // A node that has only its machine has nobody to ask.
    if (isMachine && !(await listAccounts(store.reader)).some(isAdministrator)) return
    throw new IdentityError('export.not-approved', 'So much is taken out only when a second person approved it', {
      reason: own.some(({ settled }) => now < settled + delay) ? 'export.waiting' : 'export.bulk',
    })
  }

  return {
    async noteOpened(account, subject) {
      const now = clock()
      const key = `${account} ${subject}`
      const before = noted.get(key)
      if (before !== undefined && now >= before && now - before < readingMilliseconds) return
      await store.commit([], [{ kind: 'text.opened', actor: account, account: null, detail: { subject } }])
      noted.delete(key)
      noted.set(key, now)
      if (noted.size > readingsRememberedMax) noted.delete(noted.keys().next().value!)
    },
    async noteCaseFile(reader, channel, subject) {
      const { account } = reader
      const day = { actor: account, kind: 'file.made', since: clock() - dayMilliseconds, limit: 1_000 }
      const made = (await listEventDetails(store.reader, day)).map(
        (detail) => (JSON.parse(detail) as { subject: string }).subject,
      )
      if (new Set([...made, subject]).size > caseFilesDayMax) await checkBulk(reader, channel)
      await store.commit([], [{ kind: 'file.made', actor: account, account: null, detail: { channel, subject } }])
    },
    async noteCopy(reader, channel, entries) {
      if (entries > exportEntriesMax) await checkBulk(reader, channel)
      const detail = { channel, entries: String(entries) }
      await store.commit([], [{ kind: 'export.made', actor: reader.account, account: null, detail }])
    },
  }
}
