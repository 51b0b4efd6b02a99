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
const labelForm = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/
// A URL parser takes a last label that starts with a digit for part of an address, and rewrites it.
const topLabelForm = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/
const octetForm = /^(0|[1-9][0-9]{0,2})$/
const portForm = /^[1-9][0-9]{0,4}$/
const segmentForm = /^[a-z0-9][a-z0-9._~-]*$/

export type Origin =
  | { readonly prefix: string; readonly kind: 'governance' }
  | { readonly prefix: string; readonly kind: 'channel'; readonly channel: string }

/** True for the form of a channel id: 128 bits in lower-case hexadecimal. */
export function isChannel(text: string): boolean {
  return channelForm.test(text)
}

function isHost(text: string): boolean {
  const labels = text.split('.')
  if (labels.length === 4 && labels.every((label) => octetForm.test(label) && Number(label) <= 255)) return true
  return labels.every((label) => labelForm.test(label)) && topLabelForm.test(labels.at(-1)!)
}

function isPort(text: string): boolean {
  // 443 is the port that a URL leaves out.
  return portForm.test(text) && Number(text) <= 65_535 && text !== '443'
}

/** True for a host in lower case, perhaps a port, perhaps path segments: nothing that a URL parser would rewrite. */
export function isPrefix(text: string): boolean {
  if (text.length > prefixLengthMax) return false
  const [authority, ...segments] = text.split('/')
  const [host, ...ports] = authority!.split(':')
  if (ports.length > 1 || !ports.every(isPort)) return false
  return isHost(host!) && segments.every((segment) => segmentForm.test(segment))
}

/** `<prefix>/governance`. */
export function governanceOrigin(prefix: string): string {
  return `${prefix}/${governanceChannel}`
}

/** `<prefix>/c/<channel>`. */
export function channelOrigin(prefix: string, channel: string): string {
  return `${prefix}/c/${channel}`
}

function matchOrigin(text: string): Origin | undefined {
  const last = text.lastIndexOf('/')
  if (last < 0 || text.length > originLengthMax) return undefined
  const before = text.slice(0, last)
  const name = text.slice(last + 1)
  if (name === governanceChannel) return isPrefix(before) ? { prefix: before, kind: 'governance' } : undefined
  if (!isChannel(name) || !before.endsWith('/c')) return undefined
  const prefix = before.slice(0, -2)
  return isPrefix(prefix) ? { prefix, kind: 'channel', channel: name } : undefined
}

/** Origins that were found to be of the form: every entry names the few of its channel. */
const knownOrigins = new Set<string>()
const knownOriginsMax = 256

/** True for the origin of a governance log or a channel log. */
export function isOrigin(text: string): boolean {
  if (knownOrigins.has(text)) return true
  if (matchOrigin(text) === undefined) return false
  if (knownOrigins.size >= knownOriginsMax) knownOrigins.clear()
  knownOrigins.add(text)
  return true
}

/**
 * Takes an origin apart.
 *
 * @throws RecordError `checkpoint.origin` for anything that is neither a governance origin nor a channel origin.
 */
export function parseOrigin(text: string): Origin {
  const origin = matchOrigin(text)
  if (origin === undefined) {
    throw new RecordError('checkpoint.origin', 'not the origin of a governance log or a channel log')
  }
  return origin
}

/** The name of a log in URLs (c2sp.org/tlog-witness): the hexadecimal SHA-256 of its origin. */
export function logId(crypto: Crypto, origin: string): string {
  return formatHex(crypto.sha256(formatUtf8(origin)))
}
