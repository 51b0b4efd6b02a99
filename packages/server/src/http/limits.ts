// The bounds of the HTTP shell that are not the contract's: how often, how deep, how many at once.

import type { Rate } from '@parley/api'

/** A bucket of `burst` calls that refills at `perMinute`. */
export interface RateLimit {
  readonly burst: number
  readonly perMinute: number
}

/**
 * `refused` counts wrong credentials by client and `refused-all` those of all clients; `account` counts attempts on one account
 * from places where its owner has not signed in. The others count calls by client and account.
 */
export type RateName = Rate | 'refused' | 'refused-all' | 'account'

export const rateLimits: Readonly<Record<RateName, RateLimit>> = {
  probe: { burst: 60, perMinute: 120 },
  'sign-in': { burst: 30, perMinute: 30 },
  refused: { burst: 10, perMinute: 10 },
  'refused-all': { burst: 300, perMinute: 300 },
  account: { burst: 20, perMinute: 1 },
  read: { burst: 300, perMinute: 1200 },
  write: { burst: 60, perMinute: 240 },
  /** Pieces of 4 MiB: as fast as a disk takes them. */
  upload: { burst: 600, perMinute: 6000 },
  heavy: { burst: 10, perMinute: 20 },
  stream: { burst: 20, perMinute: 30 },
}
/** Buckets kept at once; the oldest go first. */
export const rateKeysMax = 20_000

export const jsonDepthMax = 16
export const jsonMembersMax = 1_000
export const jsonValuesMax = 2_000
/** Field problems told in one answer, and the length of each pointer. */
export const fieldProblemsMax = 20
export const pointerLengthMax = 256
export const queryLengthMax = 4 * 1024
/** Bytes of request bodies held at once, for all clients together. */
export const bodyBytesInHandMax = 192 * 1024 * 1024
/** A body up to this length counts with all of it from its first byte on: 512 slow ones leave room for others. */
export const bodyBytesAtOnceMax = 64 * 1024

export const sessionIdleMillisecondsMax = 15 * 60 * 1000
/** On the command line nothing shows that somebody is still there between two commands. */
export const commandLineIdleMillisecondsMax = 60 * 60 * 1000
export const sessionMillisecondsMax = 8 * 60 * 60 * 1000
/** So long after a passkey or an official's key verified the person, a step that needs it is open. */
export const verifiedMillisecondsMax = 60 * 1000
export const sessionsMax = 1_000

export const subscribersMax = 256
export const subscribersAccountMax = 32
/** Events that wait for one slow reader before the stream is closed. */
export const eventQueueMax = 64
export const heartbeatMilliseconds = 15_000

export const staticFilesMax = 2_000
export const staticBytesMax = 128 * 1024 * 1024
