// How often: a bucket for each named limit, client and account. What an attacker can choose freely, such as an account's
// name that was not proven, is never part of a key.

import { rateKeysMax, rateLimits, type RateLimit, type RateName } from './limits.ts'

export type RateVerdict =
  | { readonly kind: 'admitted' }
  | { readonly kind: 'refused'; readonly retryAfterSeconds: number }

export interface RateLimiter {
  /** Takes one call out of the bucket of this limit and key. */
  take(name: RateName, key: string): RateVerdict
}

interface Bucket {
  calls: number
  at: number
}

/**
 * Makes a limiter.
 *
 * @param now milliseconds since the epoch; running backwards refills nothing
 */
export function createRateLimiter(options: {
  readonly now: () => number
  readonly limits?: Partial<Readonly<Record<RateName, RateLimit>>>
}): RateLimiter {
  const limits = { ...rateLimits, ...options.limits }
  const buckets = new Map<string, Bucket>()
  return {
    take(name, key) {
      const { burst, perMinute } = limits[name]
      const now = options.now()
      const bucketKey = `${name} ${key}`
      const bucket = buckets.get(bucketKey) ?? { calls: burst, at: now }
      // Set anew, the bucket is the youngest of the map: what is dropped below has been silent for longest.
      buckets.delete(bucketKey)
      buckets.set(bucketKey, bucket)
      if (buckets.size > rateKeysMax) buckets.delete(buckets.keys().next().value!)
      bucket.calls = Math.min(burst, bucket.calls + (Math.max(0, now - bucket.at) * perMinute) / 60_000)
      bucket.at = now
      if (bucket.calls < 1) {
        return { kind: 'refused', retryAfterSeconds: Math.max(1, Math.ceil(((1 - bucket.calls) * 60) / perMinute)) }
      }
      bucket.calls -= 1
      return { kind: 'admitted' }
    },
  }
}
