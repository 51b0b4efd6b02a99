// Which P-256 public keys may be enrolled: uncompressed points (SEC 1 section 2.3.3) that lie on the curve. The curve has
// a prime order, so every point but infinity is a sound key, and infinity has no such encoding.

import { formatHex } from './bytes.ts'
import { RecordError } from './error.ts'

export const p256PointBytes = 65

// FIPS 186-5 and SP 800-186: y² = x³ - 3x + b over the field of this prime.
const prime = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn

/**
 * Accepts the bytes of a public key for `es256`.
 *
 * @throws RecordError `key.malformed`.
 */
export function parseP256Point(bytes: Uint8Array): Uint8Array {
  if (bytes.length !== p256PointBytes || bytes[0] !== 4) {
    throw new RecordError('key.malformed', `a P-256 public key is ${p256PointBytes} bytes that start with 4`)
  }
  const x = BigInt(`0x${formatHex(bytes.subarray(1, 33))}`)
  const y = BigInt(`0x${formatHex(bytes.subarray(33))}`)
  if (x >= prime || y >= prime || (y * y - (x * x * x - 3n * x + b)) % prime !== 0n) {
    throw new RecordError('key.malformed', 'the bytes are no point of P-256')
  }
  return bytes.slice()
}
