// The size classes of sealed evidence, by Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files", 2019):
// lengths are rounded up so that a length says O(log log n) bits, for at most 12 % more bytes. Integers only.

/** How long an evidence file may be before it is padded: 10 GiB. */
export const evidenceBytesMax = 10 * 1024 ** 3

/** The least class that holds `length` bytes. */
export function evidenceSizeClass(length: number): number {
  if (length < 2) return length
  const exponent = bitsOf(length) - 1
  const lowBits = exponent - bitsOf(exponent)
  const unit = 2 ** Math.max(0, lowBits)
  const rest = length % unit
  return rest === 0 ? length : length - rest + unit
}

function bitsOf(value: number): number {
  let bits = 0
  for (let bound = 1; bound <= value; bound *= 2) bits++
  return bits
}
