// The 14 encodings of the eight points of edwards25519 whose order divides the cofactor. Verifiers disagree about
// signatures that use them, from one release of a library to the next, so every verifier here refuses them first.

const lowOrderEncodings: ReadonlySet<string> = new Set([
  // order 1, and its other spellings
  '0100000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000080',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  // order 2
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  // order 4
  '0000000000000000000000000000000000000000000000000000000000000000',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000080',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  // order 8
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
])

/** True when these 32 bytes are one of the 14 encodings. */
export function isLowOrderEncoding(point: Uint8Array): boolean {
  return lowOrderEncodings.has(point.toHex())
}

/**
 * True when an Ed25519 signature has to be refused before any library is asked: its key or its first half is not 32 bytes,
 * or has low order. A signer with a sound key can make the first half the neutral point on purpose, and then one release
 * of a library says yes and the next says no: two honest sides would read one entry differently.
 */
export function isRefusedBeforehand(publicKey: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return true
  return isLowOrderEncoding(publicKey) || isLowOrderEncoding(signature.subarray(0, 32))
}
