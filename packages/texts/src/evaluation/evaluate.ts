// Holds what the extractor finds against what a reader labelled: precision and recall by kind, and how often force, actor,
// times and qualifiers of what was rightly found are right.

import { proposalKinds } from '../proposal.ts'
import type { Proposal, ProposalKind } from '../proposal.ts'
import { readText } from '../read-text.ts'
import { formatTimeRule } from '../time/time-rule.ts'
import type { Expected, Labelled } from './labelled-set.ts'

/** Counts, never shares: a test holds them to the unit. */
export interface Counts {
  readonly right: number
  /** Proposed and not labelled, or of another kind. */
  readonly invented: number
  /** Labelled and not proposed, or of another kind. */
  readonly missed: number
}

/** How often a detail of a commitment that was rightly found is right, of so many times that it is labelled. */
export interface Detail {
  readonly right: number
  readonly of: number
}

export interface Evaluation {
  readonly sentences: number
  /** Whether there is a commitment at all, whatever its kind. */
  readonly found: Counts
  readonly byKind: Readonly<Record<ProposalKind, Counts>>
  /** The kinds together. */
  readonly kinds: Counts
  readonly details: Readonly<Record<'force' | 'actor' | 'time' | 'qualifiers', Detail>>
  /** The sentences that are not as labelled, for whoever writes rules. */
  readonly wrong: readonly {
    readonly text: string
    readonly expected: readonly string[]
    readonly proposed: readonly string[]
  }[]
}

type Sum = { right: number; invented: number; missed: number }

/** Reads every sentence of a set by itself and counts. */
export function evaluate(set: readonly Labelled[]): Evaluation {
  const zero = (): Sum => ({ right: 0, invented: 0, missed: 0 })
  const found = zero()
  const byKind = Object.fromEntries(proposalKinds.map((kind) => [kind, zero()])) as Record<ProposalKind, Sum>
  const details = {
    force: { right: 0, of: 0 },
    actor: { right: 0, of: 0 },
    time: { right: 0, of: 0 },
    qualifiers: { right: 0, of: 0 },
  }
  const wrong: Evaluation['wrong'][number][] = []
  for (const { expect, text } of set) {
    const proposals = readQuietly(text)
    const both = Math.min(proposals.length, expect.length)
    found.right += both
    found.invented += proposals.length - both
    found.missed += expect.length - both
    const left = [...proposals]
    let sound = proposals.length === expect.length
    for (const expected of expect) {
      const place = left.findIndex(({ kind }) => kind === expected.kind)
      const [match] = place === -1 ? [] : left.splice(place, 1)
      if (match === undefined) {
        byKind[expected.kind].missed += 1
        sound = false
      } else {
        byKind[expected.kind].right += 1
        sound = compare(expected, match, details) && sound
      }
    }
    for (const { kind } of left) byKind[kind].invented += 1
    if (!sound) wrong.push({ text, expected: expect.map(describeExpected), proposed: proposals.map(describeProposal) })
  }
  const kinds = Object.values(byKind).reduce<Sum>(
    (sum, { invented, missed, right }) => ({
      right: sum.right + right,
      invented: sum.invented + invented,
      missed: sum.missed + missed,
    }),
    zero(),
  )
  return { sentences: set.length, found, byKind, kinds, details, wrong }
}

/** A sentence that is refused proposes nothing. */
function readQuietly(text: string): readonly Proposal[] {
  return readText(text).proposals
}

type Details = Record<keyof Evaluation['details'], { right: number; of: number }>

function compare(expected: Expected, proposal: Proposal, details: Details): boolean {
  const count = (name: keyof Details, right: boolean): boolean => {
    details[name].of += 1
    if (right) details[name].right += 1
    return right
  }
  const same = (one: readonly string[], other: readonly string[]): boolean =>
    one.toSorted().join('|') === other.toSorted().join('|')
  const outcomes = [count('force', proposal.force === expected.force)]
  if (expected.actor !== undefined) outcomes.push(count('actor', proposal.actor.kind === expected.actor))
  if (expected.time !== undefined) outcomes.push(count('time', same(expected.time, proposal.times.map(formatTimeRule))))
  if (expected.qualifiers !== undefined) {
    outcomes.push(
      count('qualifiers', same(expected.qualifiers, [...new Set(proposal.qualifiers.map(({ code }) => code))])),
    )
  }
  return outcomes.every(Boolean)
}

const describeExpected = ({ actor, force, kind, qualifiers, time }: Expected): string =>
  [kind, force, actor, ...(qualifiers ?? []), ...(time ?? [])].filter((part) => part !== undefined).join(' ')

function describeProposal({ actor, force, kind, qualifiers, rule, times }: Proposal): string {
  return [
    kind,
    force,
    actor.kind,
    ...qualifiers.map(({ code }) => code),
    ...times.map(formatTimeRule),
    `(${rule})`,
  ].join(' ')
}
