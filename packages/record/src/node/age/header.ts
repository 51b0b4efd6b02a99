// The header of an age v1 file (c2sp.org/age, "Header"): version line, stanzas, and the MAC that ties them to the file key.
// It does not know how a stanza wraps the file key.

import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { RecordError } from '../../error.ts'
import { formatStanza, formatUnpadded, parseStanza, parseUnpadded } from './stanza.ts'
import type { Stanza } from './stanza.ts'

/** What claims a longer header is refused before it is held. */
export const ageHeaderBytesMax = 65_536
/** One for each of 200 parties, and some. Each costs whoever opens the file an exchange of keys. */
export const stanzasMax = 256
export const fileKeyBytes = 16

const versionLine = 'age-encryption.org/v1'
const macMark = '---'
const macBytes = 32
const lineFeed = 0x0a
const hyphen = 0x2d

export interface Header {
  readonly stanzas: readonly Stanza[]
  readonly mac: Uint8Array
  /** What the MAC covers: everything up to and with the mark `---`. */
  readonly covered: Uint8Array
}

function macOf(fileKey: Uint8Array, covered: Uint8Array | string): Buffer {
  const key = new Uint8Array(hkdfSync('sha256', fileKey, '', 'header', 32))
  return createHmac('sha256', key).update(covered).digest()
}

/** The bytes of a header for the given stanzas, with its MAC under the file key. */
export function formatHeader(stanzas: readonly Stanza[], fileKey: Uint8Array): Uint8Array {
  let covered = `${versionLine}\n`
  for (const stanza of stanzas) covered += formatStanza(stanza)
  covered += macMark
  return Buffer.from(`${covered} ${formatUnpadded(macOf(fileKey, covered))}\n`, 'latin1')
}

/**
 * Where the header ends: the offset of the first byte after its MAC line, or undefined when that line is not there yet.
 *
 * @throws RecordError `age.malformed` when the limit is passed without a MAC line.
 */
export function headerEnd(bytes: Uint8Array): number | undefined {
  const within = bytes.length > ageHeaderBytesMax ? bytes.subarray(0, ageHeaderBytesMax) : bytes
  for (let start = 0; ;) {
    const end = within.indexOf(lineFeed, start)
    if (end === -1) break
    if (within[start] === hyphen && within[start + 1] === hyphen && within[start + 2] === hyphen) return end + 1
    start = end + 1
  }
  if (within.length === ageHeaderBytesMax)
    throw new RecordError('age.malformed', 'the age header is longer than its limit')
  return undefined
}

/**
 * Reads exactly the bytes of a header, MAC line included. Nothing of it is authenticated yet.
 *
 * @throws RecordError `age.malformed`.
 */
export function parseHeader(bytes: Uint8Array): Header {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  const lines = text.split('\n')
  const macLine = lines.at(-2) ?? ''
  if (lines.at(-1) !== '' || lines[0] !== versionLine) throw new RecordError('age.malformed', 'not an age v1 header')
  if (!/^--- [A-Za-z0-9+/]{43}$/.test(macLine)) throw new RecordError('age.malformed', 'the age header has no MAC line')
  const stanzas: Stanza[] = []
  const body = lines.slice(1, -2)
  for (let index = 0; index < body.length;) {
    const { stanza, next } = parseStanza(body, index)
    if (stanzas.length === stanzasMax) throw new RecordError('age.malformed', 'the age header has too many stanzas')
    stanzas.push(stanza)
    index = next
  }
  if (stanzas.length === 0) throw new RecordError('age.malformed', 'the age header has no stanza')
  // A passphrase beside a key would let anyone who knows the weaker of the two replace the payload for both.
  if (stanzas.length > 1 && stanzas.some((stanza) => stanza.arguments[0] === 'scrypt')) {
    throw new RecordError('age.malformed', 'a passphrase stanza stands beside others')
  }
  const mac = parseUnpadded(macLine.slice(macMark.length + 1))
  return { stanzas, mac, covered: bytes.subarray(0, bytes.length - 1 - macLine.length + macMark.length) }
}

/**
 * Checks the header against the file key that one of its stanzas gave.
 *
 * @throws RecordError `age.header` when the MAC is another.
 */
export function verifyHeader(header: Header, fileKey: Uint8Array): void {
  if (header.mac.length !== macBytes || !timingSafeEqual(macOf(fileKey, header.covered), header.mac)) {
    throw new RecordError('age.header', 'the age header was changed after it was made')
  }
}
