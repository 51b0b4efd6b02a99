// The origin strings of logs: which party's log of what, as c2sp.org/tlog-checkpoint asks (a schema-less URL). The origin
// is the identity of a log; keys come and go.

import { formatHex, formatUtf8 } from './bytes.ts'
import type { Crypto } from './crypto.ts'
import { RecordError } from './error.ts'

/** The `channel` of an entry in a governance log. */
export const governanceChannel = 'governance'

export const prefixLengthMax = 128
export const originLengthMax = prefixLengthMax + '/c/'.length + 32

const channelForm = /^[0-9a-f]{32}$/
const hostForm = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*(:[1-9][0-9]{0,4})?$/
const segmentForm = /^[a-z0-9][a-z0-9._~-]*$/

export type Origin =
  | { readonly prefix: string; readonly kind: 'governance' }
  | { readonly prefix: string; readonly kind: 'channel'; readonly channel: string }

/** True for the form of a channel id: 128 bits in lower-case hexadecimal. */
export function isChannel(text: string): boolean {
  return channelForm.test(text)
}

/** True for a host in lower case, perhaps a port, perhaps path segments: nothing that a URL parser would rewrite. */
export function isPrefix(text: string): boolean {
  if (text.length > prefixLengthMax) return false
  const [host, ...segments] = text.split('/')
  return hostForm.test(host!) && segments.every((segment) => segmentForm.test(segment))
}

/** `<prefix>/governance`. */
export function governanceOrigin(prefix: string): string {
  return `${prefix}/${governanceChannel}`
}

/** `<prefix>/c/<channel>`. */
export function channelOrigin(prefix: string, channel: string): string {
  return `${prefix}/c/${channel}`
}

/**
 * Takes an origin apart.
 *
 * @throws RecordError `checkpoint.origin` for anything that is neither a governance origin nor a channel origin.
 */
export function parseOrigin(text: string): Origin {
  const last = text.lastIndexOf('/')
  const [before, name] = [text.slice(0, Math.max(last, 0)), text.slice(last + 1)]
  if (name === governanceChannel && isPrefix(before)) return { prefix: before, kind: 'governance' }
  if (isChannel(name) && before.endsWith('/c') && isPrefix(before.slice(0, -2))) {
    return { prefix: before.slice(0, -2), kind: 'channel', channel: name }
  }
  throw new RecordError('checkpoint.origin', 'not the origin of a governance log or a channel log')
}

/** The name of a log in URLs (c2sp.org/tlog-witness): the hexadecimal SHA-256 of its origin. */
export function logId(crypto: Crypto, origin: string): string {
  return formatHex(crypto.sha256(formatUtf8(origin)))
}
