// A labelled set: sentences with the commitments that a reader finds in them, as people write it in YAML.

import { parse } from 'yaml'
import { TextsError } from '../error.ts'
import { actorKinds, proposalKinds, qualifierCodes } from '../proposal.ts'
import type { ActorKind, Force, ProposalKind, QualifierCode } from '../proposal.ts'

const forces: readonly Force[] = ['shall', 'commit', 'agree', 'decide', 'intend', 'affirm', 'welcome']
const labelledMax = 5000

export interface Expected {
  readonly kind: ProposalKind
  readonly force: Force
  readonly actor?: ActorKind
  readonly qualifiers?: readonly QualifierCode[]
  /** Time rules as `formatTimeRule` writes them. */
  readonly time?: readonly string[]
  readonly hosts?: true
}

export interface Labelled {
  readonly text: string
  /** Where the sentence is quoted from, when it was not written for the set. */
  readonly source?: string
  readonly expect: readonly Expected[]
}

/** @throws TextsError `labelled.malformed` with the number of the sentence. */
export function parseLabelledSet(yaml: string): readonly Labelled[] {
  const value: unknown = parse(yaml)
  if (!Array.isArray(value) || value.length > labelledMax) throw malformed('it is no list, or too long a one')
  return value.map((item: unknown, i) => {
    const { expect, text } = (item ?? {}) as { expect?: unknown; text?: unknown }
    if (typeof text !== 'string' || text === '' || !Array.isArray(expect))
      throw malformed(`number ${i + 1} lacks its text or its labels`)
    for (const each of expect as readonly Expected[]) checkExpected(each, i + 1)
    return item as Labelled
  })
}

function checkExpected({ actor, force, kind, qualifiers = [] }: Expected, number: number): void {
  const sound =
    proposalKinds.includes(kind) &&
    forces.includes(force) &&
    (actor === undefined || actorKinds.includes(actor)) &&
    qualifiers.every((code) => qualifierCodes.includes(code))
  if (!sound) throw malformed(`number ${number} has a label that does not exist`)
}

function malformed(why: string): TextsError {
  return new TextsError('labelled.malformed', `the labelled set is not of its form: ${why}`)
}
