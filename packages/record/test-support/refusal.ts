// How tests state a refusal: by its stable code, and never by its words.

import * as fc from 'fast-check'
import { RecordError } from '../src/error.ts'

/** The code that `attempt` is refused with, or 'accepted'. Any other kind of failure is rethrown: it is a crash. */
export function refusalOf(attempt: () => unknown): string {
  try {
    attempt()
    return 'accepted'
  } catch (error) {
    if (error instanceof RecordError) return error.code
    throw error
  }
}

/** As {@link refusalOf}, for what answers later. */
export async function refusalOfAsync(attempt: () => Promise<unknown>): Promise<string> {
  try {
    await attempt()
    return 'accepted'
  } catch (error) {
    if (error instanceof RecordError) return error.code
    throw error
  }
}

/** Arbitrary copies of `bytes` with exactly one byte changed to another value. */
export function flippedByte(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }))
    .map(([position, change]) => bytes.map((byte, i) => (i === position ? byte ^ change : byte)))
}
