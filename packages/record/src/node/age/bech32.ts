// Bech32 (BIP 173) as the age specification uses it: without the limit of 90 characters, either case but not both.
// It does not know what the bytes are for.

import { RecordError } from '../../error.ts'

const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]
const checksumLength = 6

function checksumOf(values: readonly number[]): number {
  let sum = 1
  for (const value of values) {
    const top = sum >>> 25
    sum = ((sum & 0x1ffffff) << 5) ^ value
    for (let i = 0; i < 5; i++) if (((top >>> i) & 1) === 1) sum ^= generators[i]!
  }
  return sum
}

function spreadPrefix(prefix: string): number[] {
  const codes = Array.from(prefix, (character) => character.charCodeAt(0))
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)]
}

/** Five bits to a number. The last number is padded with zero bits. */
function toFives(bytes: Uint8Array): number[] {
  const fives: number[] = []
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = ((held & 0xff) << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      fives.push((held >> bits) & 31)
    }
  }
  if (bits > 0) fives.push((held << (5 - bits)) & 31)
  return fives
}

/** The bytes of numbers of five bits each, or undefined when the padding is longer than needed or not zero. */
function fromFives(fives: readonly number[]): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor((fives.length * 5) / 8))
  let held = 0
  let bits = 0
  let length = 0
  for (const five of fives) {
    held = ((held & 0xff) << 5) | five
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes[length++] = (held >> bits) & 0xff
    }
  }
  return bits < 5 && (held & ((1 << bits) - 1)) === 0 ? bytes : undefined
}

/** `prefix` in lower case, the separator, the bytes and the checksum, all in lower case. */
export function formatBech32(prefix: string, bytes: Uint8Array): string {
  const fives = toFives(bytes)
  const sum = checksumOf([...spreadPrefix(prefix), ...fives, ...Array.from({ length: checksumLength }, () => 0)]) ^ 1
  for (let i = 0; i < checksumLength; i++) fives.push((sum >>> (5 * (checksumLength - 1 - i))) & 31)
  return `${prefix}1${fives.map((five) => alphabet[five]!).join('')}`
}

/**
 * The bytes behind a text that must have the given prefix (in lower case). The caller checks the case it wants.
 *
 * @throws RecordError `age.key` for another prefix, mixed case, a character outside the alphabet, a wrong checksum or padding.
 */
export function parseBech32(prefix: string, text: string): Uint8Array {
  const lower = text.toLowerCase()
  if (text !== lower && text !== text.toUpperCase())
    throw new RecordError('age.key', 'the key mixes upper and lower case')
  if (!lower.startsWith(`${prefix}1`)) throw new RecordError('age.key', `the key does not begin with ${prefix}1`)
  const fives = Array.from(lower.slice(prefix.length + 1), (character) => alphabet.indexOf(character))
  if (fives.length < checksumLength || fives.includes(-1)) throw new RecordError('age.key', 'the key is not Bech32')
  // The texts are secrets as often as not, so no message repeats one.
  if (checksumOf([...spreadPrefix(prefix), ...fives]) !== 1)
    throw new RecordError('age.key', 'the checksum of the key is wrong')
  const bytes = fromFives(fives.slice(0, -checksumLength))
  if (bytes === undefined) throw new RecordError('age.key', 'the padding of the key is wrong')
  return bytes
}
