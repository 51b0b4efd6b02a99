// How alike two proposals of different texts are, in whole hundredths: what they have in common beside what each has.

import type { Proposal } from '../proposal.ts'
import type { Signature } from './signature.ts'

export interface Item {
  readonly proposal: Proposal
  readonly signature: Signature
  /** Where it stands among the items of its text, in thousandths. */
  readonly place: number
}

/** Two items below this are not the same commitment. */
export const likenessMin = 260

/** From 0; the terms weigh most, then times, bodies and numbers, then kind, force and place. */
export function likeness(one: Item, other: Item): number {
  const [a, b] = [one.signature, other.signature]
  const same = a.chinese === b.chinese
  let sum = share(a.terms, b.terms, 400)
  if (same) sum += share(a.words, b.words, 400)
  sum += share(a.numbers, b.numbers, 100) + share(a.bodies, b.bodies, 200)
  if (a.times.length > 0 && b.times.length > 0) sum += a.times.join() === b.times.join() ? 200 : 50
  if (sum === 0) return 0
  if (one.proposal.kind === other.proposal.kind) sum += 100
  if (one.proposal.force === other.proposal.force) sum += 50
  if (one.proposal.negative === other.proposal.negative) sum += 50
  if (one.proposal.number !== undefined && one.proposal.number === other.proposal.number) sum += 50
  return sum + Math.trunc((1000 - Math.abs(one.place - other.place)) / 10)
}

/** The part that two sets share of what both have, times a weight, in whole numbers. */
function share(one: ReadonlySet<string>, other: ReadonlySet<string>, weight: number): number {
  if (one.size === 0 || other.size === 0) return 0
  let common = 0
  for (const each of one) if (other.has(each)) common += 1
  return Math.trunc((common * weight) / (one.size + other.size - common))
}
