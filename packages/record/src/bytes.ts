// Bytes as text and back: hex, strict base64, strict UTF-8. Every decoder accepts exactly the one canonical spelling,
// because two spellings of the same bytes are two digests.

import { RecordError } from './error.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Joins byte strings into a new one. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const joined = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/** True when both have the same length and bytes. Not constant in time: for public values only. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Text as UTF-8. */
export function formatUtf8(text: string): Uint8Array {
  return encoder.encode(text)
}

/** @throws RecordError `bytes.utf8` when the bytes are not well-formed UTF-8. */
export function parseUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch (cause) {
    throw new RecordError('bytes.utf8', 'the bytes are not well-formed UTF-8', { cause })
  }
}

/** Lower-case hexadecimal. */
export function formatHex(bytes: Uint8Array): string {
  return bytes.toHex()
}

const hexForm = /^(?:[0-9a-f]{2})*$/

/** @throws RecordError `bytes.hex` unless the text is lower-case hexadecimal of an even length. */
export function parseHex(text: string): Uint8Array {
  if (!hexForm.test(text)) throw new RecordError('bytes.hex', 'not lower-case hexadecimal of an even length')
  return Uint8Array.fromHex(text)
}

/** Standard base64 with padding (RFC 4648 section 4). */
export function formatBase64(bytes: Uint8Array): string {
  return bytes.toBase64()
}

/** @throws RecordError `bytes.base64` unless the text is the one canonical padded spelling of some bytes. */
export function parseBase64(text: string): Uint8Array {
  let bytes: Uint8Array
  try {
    bytes = Uint8Array.fromBase64(text, { lastChunkHandling: 'strict' })
  } catch (cause) {
    throw new RecordError('bytes.base64', 'not standard base64', { cause })
  }
  // The decoder skips white space; a canonical text has none.
  if (bytes.toBase64() !== text) throw new RecordError('bytes.base64', 'not the canonical spelling of base64')
  return bytes
}
