// The table of all topics and types of entries. It knows what exists, not what it means.

import { agreementTopic } from './agreement.ts'
import { directoryTopic } from './directory/directory.ts'
import { erasureTopic } from './erasure.ts'
import { assert, MechanismError } from './error.ts'
import { evidenceTopic } from './evidence/evidence.ts'
import { hotlineTopic } from './hotline/hotline.ts'
import { pingTopic } from './ping.ts'
import { receiptTopic } from './receipt.ts'
import { requestTopic } from './request/request.ts'
import { codeLists } from './codes.ts'
import type { Shape } from './shape.ts'
import type { Demand, EntryType, StandingSubject } from './topic.ts'

/** Every topic, in the order of the documents. */
export const topics = [
  agreementTopic,
  directoryTopic,
  pingTopic,
  requestTopic,
  evidenceTopic,
  hotlineTopic,
  receiptTopic,
  erasureTopic,
] as const

type AnyTopic = (typeof topics)[number]

const rows = topics.flatMap((topic) => topic.types.map((type) => [type.type, { topic, type }] as const))
const table: ReadonlyMap<string, { readonly topic: AnyTopic; readonly type: EntryType }> = new Map(rows)
assert(table.size === rows.length, 'each type belongs to one topic')

/** Every type of entry, in the order of the topics. */
export const entryTypes: readonly EntryType[] = rows.map(([, { type }]) => type)

/** The type of this name, or undefined when this version does not know it. */
export function findType(type: string): EntryType | undefined {
  return table.get(type)?.type
}

/** The topic of a known type. @throws MechanismError `type.unknown` */
export function topicOf(type: string): AnyTopic {
  return row(type).topic
}

/** Who must have approved entries of a known type. @throws MechanismError `type.unknown` */
export function demandsOf(type: string): Demand {
  return row(type).type.demand
}

/** The shape of the data of a known type. @throws MechanismError `type.unknown` */
export function shapeOf(type: string): Shape<unknown> {
  return row(type).type.shape
}

function row(type: string): { readonly topic: AnyTopic; readonly type: EntryType } {
  const found = table.get(type)
  if (found === undefined) throw new MechanismError('type.unknown', `there is no type of entry named ${type}`)
  return found
}

/** True for the name of a standing subject. */
export function isStanding(subject: string | undefined): subject is StandingSubject {
  return subject !== undefined && (codeLists.standingSubject as readonly string[]).includes(subject)
}
