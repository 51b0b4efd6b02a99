// Canonical JSON (RFC 8785): one value, one byte string. Two profiles: `parley`, in which everything of ours is written
// (integers only, no null), and `rfc8785`, the whole standard, for other people's documents. It knows nothing of entries.

import { formatUtf8, parseUtf8 } from './bytes.ts'
import { RecordError } from './error.ts'

/** What `parley` admits, and null and any finite number besides in `rfc8785`. */
export type CanonicalValue = null | boolean | number | string | readonly CanonicalValue[] | CanonicalObject
export type CanonicalObject = { readonly [key: string]: CanonicalValue }

export type CanonicalProfile = 'parley' | 'rfc8785'

/** A scalar has depth 0, an empty array or object depth 1. */
export interface CanonicalLimits {
  readonly bytesMax: number
  readonly depthMax: number
  /** `parley` when absent. */
  readonly profile?: CanonicalProfile
}

/** How deep any value may be that this package writes: a cycle ends here and not with the stack. */
export const canonicalDepthMax = 64

// No quote, no reverse solidus, no control and no surrogate: neither to be escaped nor ill formed.
const plain = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/

function quote(text: string): string {
  if (plain.test(text)) return `"${text}"`
  if (!text.isWellFormed()) throw new RecordError('json.malformed', 'a string holds half of a surrogate pair')
  return JSON.stringify(text)
}

function formatNumber(value: number, profile: CanonicalProfile): string {
  if (profile === 'parley' ? !Number.isSafeInteger(value) : !Number.isFinite(value)) {
    throw new RecordError('json.malformed', 'a number is not an integer within 2^53 - 1')
  }
  // ECMAScript prints numbers as RFC 8785 demands, and prints negative zero as 0.
  return String(value)
}

function isSorted(keys: readonly string[]): boolean {
  for (let i = 1; i < keys.length; i++) if (keys[i - 1]! > keys[i]!) return false
  return true
}

function formatObject(value: object, profile: CanonicalProfile, depthLeft: number): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    throw new RecordError('json.malformed', 'an object is not a plain one')
  }
  const keys = Object.keys(value)
  // JavaScript compares strings by UTF-16 code units, which is the order of RFC 8785.
  if (!isSorted(keys)) keys.sort()
  let text = '{'
  for (const key of keys) {
    // The adversary hopes that somebody copies this key by assignment.
    if (key === '__proto__') throw new RecordError('json.malformed', 'the key __proto__ is refused')
    if (text.length > 1) text += ','
    text += `${quote(key)}:${formatValue((value as Record<string, unknown>)[key], profile, depthLeft)}`
  }
  return `${text}}`
}

function formatArray(items: readonly unknown[], profile: CanonicalProfile, depthLeft: number): string {
  let text = '['
  for (let i = 0; i < items.length; i++) {
    if (i > 0) text += ','
    text += formatValue(items[i], profile, depthLeft)
  }
  return `${text}]`
}

function formatValue(value: unknown, profile: CanonicalProfile, depthLeft: number): string {
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'number') return formatNumber(value, profile)
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (value === null) {
    if (profile === 'rfc8785') return 'null'
    throw new RecordError('json.malformed', 'null is refused: an absent field is left out')
  }
  if (typeof value !== 'object') throw new RecordError('json.malformed', `a ${typeof value} has no JSON form`)
  if (depthLeft === 0) throw new RecordError('json.limit', 'a value is nested too deep')
  if (Array.isArray(value)) return formatArray(value, profile, depthLeft - 1)
  return formatObject(value, profile, depthLeft - 1)
}

/**
 * The canonical text of a value. The parameter is `unknown` so that interfaces fit; what has no place in the profile is
 * refused when met, undefined included.
 *
 * @throws RecordError `json.malformed`, `json.limit` (deeper than `canonicalDepthMax`).
 */
export function canonicalText(value: unknown, profile: CanonicalProfile = 'parley'): string {
  return formatValue(value, profile, canonicalDepthMax)
}

/** {@link canonicalText} as UTF-8. */
export function formatCanonical(value: unknown, profile: CanonicalProfile = 'parley'): Uint8Array {
  return formatUtf8(canonicalText(value, profile))
}

/**
 * True for a parsed value that the runtime's own `JSON.stringify` writes as we do, if none of its strings needs an escape:
 * the keys of each object in order, no null, and integers only.
 */
function isPlain(value: CanonicalValue): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value)
  if (typeof value !== 'object') return true
  if (value === null) return false
  if (Array.isArray(value)) return value.every(isPlain)
  const keys = Object.keys(value)
  return isSorted(keys) && keys.every((key) => key !== '__proto__' && isPlain((value as CanonicalObject)[key]!))
}

/** Whether the text is the one that `canonicalText` writes for the value that was parsed from it. */
function isCanonical(text: string, value: CanonicalValue, profile: CanonicalProfile | undefined): boolean {
  // Nearly every entry: no escapes in the text, so none in its strings. Writing it ourselves costs three times as much.
  if (profile !== 'rfc8785' && !text.includes('\\') && isPlain(value) && JSON.stringify(value) === text) return true
  return canonicalText(value, profile) === text
}

/** Depth by brackets outside strings: meaningful for JSON, harmless for anything else. */
function verifyDepth(bytes: Uint8Array, depthMax: number): void {
  let depth = 0
  let quoted = false
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (quoted) {
      if (byte === 0x5c) i++
      else if (byte === 0x22) quoted = false
    } else if (byte === 0x22) quoted = true
    else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > depthMax) throw new RecordError('json.limit', `deeper than ${depthMax}`)
    } else if (byte === 0x7d || byte === 0x5d) depth--
  }
}

/**
 * The value of canonical bytes. Accepts exactly the bytes that `formatCanonical` writes for that value, so a duplicate
 * key, another order, a space or another spelling of a number is refused. The value is fresh and belongs to the caller;
 * its type is read-only. No key is `__proto__`; objects are plain, so read only own keys of an object with free keys.
 *
 * @throws RecordError `json.limit`, `bytes.utf8`, `json.malformed` (not JSON, or outside the profile), `json.not-canonical`.
 */
export function parseCanonical(bytes: Uint8Array, limits: CanonicalLimits): CanonicalValue {
  if (bytes.length > limits.bytesMax) throw new RecordError('json.limit', `longer than ${limits.bytesMax} bytes`)
  verifyDepth(bytes, Math.min(limits.depthMax, canonicalDepthMax))
  const text = parseUtf8(bytes)
  let value: CanonicalValue
  try {
    value = JSON.parse(text) as CanonicalValue
  } catch (cause) {
    throw new RecordError('json.malformed', 'not JSON', { cause })
  }
  // Strict decoding of UTF-8 is one to one, so equal texts are equal bytes.
  if (!isCanonical(text, value, limits.profile)) {
    throw new RecordError('json.not-canonical', 'not the canonical spelling of its value')
  }
  return value
}
