// The arithmetic of edwards25519 (RFC 8032 section 5.1) that judging a public key takes: decoding and multiplication.
// Over public values only and not constant in time; nothing here may ever see a private key.

const fieldPrime = 2n ** 255n - 19n
/** The order of the large prime subgroup. */
export const groupOrder = 2n ** 252n + 27742317777372353535851937790883648493n

const curveD = mod(-121665n * power(121666n, fieldPrime - 2n))
const squareRootOfMinusOne = power(2n, (fieldPrime - 1n) / 4n)

/** A point in extended coordinates: x = X/Z, y = Y/Z, T = XY/Z. */
export interface EdwardsPoint {
  readonly X: bigint
  readonly Y: bigint
  readonly Z: bigint
  readonly T: bigint
}

const identity: EdwardsPoint = { X: 0n, Y: 1n, Z: 1n, T: 0n }

/**
 * The point that 32 bytes encode, and whether this is its one canonical encoding (y below the prime, no sign on x = 0).
 * Undefined when no point of the curve has that y.
 */
export function decodePoint(bytes: Uint8Array): { point: EdwardsPoint; canonical: boolean } | undefined {
  let encoded = 0n
  for (let i = 31; i >= 0; i--) encoded = encoded * 256n + BigInt(bytes[i]!)
  const sign = encoded >> 255n
  const y = encoded & (2n ** 255n - 1n)
  const ySquared = mod(y * y)
  const u = mod(ySquared - 1n)
  const v = mod(curveD * ySquared + 1n)
  let x = mod(u * power(v, 3n) * power(u * power(v, 7n), (fieldPrime - 5n) / 8n))
  if (mod(v * x * x) !== u) x = mod(x * squareRootOfMinusOne)
  if (mod(v * x * x) !== u) return undefined
  const canonical = y < fieldPrime && !(x === 0n && sign === 1n)
  if ((x & 1n) !== sign) x = mod(-x)
  return { point: { X: x, Y: mod(y), Z: 1n, T: mod(x * y) }, canonical }
}

/** `scalar` times the point, for a scalar that is not negative. */
export function multiplyPoint(point: EdwardsPoint, scalar: bigint): EdwardsPoint {
  let product = identity
  let doubled = point
  for (let rest = scalar; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) product = addPoints(product, doubled)
    doubled = addPoints(doubled, doubled)
  }
  return product
}

/** True for the neutral point. */
export function isIdentity(point: EdwardsPoint): boolean {
  return mod(point.X) === 0n && mod(point.Y - point.Z) === 0n
}

// The unified formulas are complete on this curve, so doubling and the neutral point need no case of their own.
function addPoints(p: EdwardsPoint, q: EdwardsPoint): EdwardsPoint {
  const a = mod((p.Y - p.X) * (q.Y - q.X))
  const b = mod((p.Y + p.X) * (q.Y + q.X))
  const c = mod(2n * curveD * p.T * q.T)
  const d = mod(2n * p.Z * q.Z)
  const e = b - a
  const f = d - c
  const g = d + c
  const h = b + a
  return { X: mod(e * f), Y: mod(g * h), Z: mod(f * g), T: mod(e * h) }
}

function mod(value: bigint): bigint {
  const rest = value % fieldPrime
  return rest < 0n ? rest + fieldPrime : rest
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  let square = mod(base)
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = mod(result * square)
    square = mod(square * square)
  }
  return result
}
