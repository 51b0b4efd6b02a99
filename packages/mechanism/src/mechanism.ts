// From verified entries to states: what an entry acts on, and the state of each subject. The verdict between the two is in
// `verdict.ts`, all of it at a cut in `replay.ts`.

import type { Entry } from '@parley/record'
import type { Act } from './act.ts'
import { agreementTopic, type AgreementState } from './agreement.ts'
import { directoryTopic } from './directory/directory.ts'
import type { DirectoryState } from './directory/view.ts'
import { erasureTopic, type Erasure, type ErasureState } from './erasure.ts'
import { assert, MechanismError } from './error.ts'
import { hotlineTopic } from './hotline/hotline.ts'
import type { HotlineState } from './hotline/view.ts'
import { pingTopic, type PingState } from './ping.ts'
import { evidenceTopic } from './evidence/evidence.ts'
import type { EvidenceState } from './evidence/view.ts'
import { receiptTopic, type Receipt, type ReceiptState } from './receipt.ts'
import { requestTopic } from './request/request.ts'
import type { RequestState } from './request/view.ts'
import { findType, isStanding, topicOf } from './table.ts'
import type { StandingSubject, TopicName } from './topic.ts'

/** The parts of an entry that the mechanism reads. */
export type EntryPart = Pick<Entry, 'from' | 'type' | 'subject' | 'at' | 'data' | 'body' | 'exercise'>

/** Where an entry stands, as the record has found it. */
export interface EntryPlace {
  readonly index: number
  /** The entry digest, hexadecimal. */
  readonly digest: string
  /** Effective seen sizes of the other parties' channel logs, by party. */
  readonly seen: Readonly<Record<string, number>>
  /** Unix seconds of the author's cosignatures over those heads, by party; 0 where it made none. */
  readonly seenTimes?: Readonly<Record<string, number>>
}

/** What an entry is to the mechanism. */
export type Reading =
  | { readonly kind: 'act'; readonly act: Act }
  | { readonly kind: 'invalid'; readonly code: SubjectRefusal }
  | { readonly kind: 'unknown' }

export type SubjectRefusal = 'subject.missing' | 'subject.forbidden'

/** Reads an entry whose signatures the record has verified. Whether the act is valid, `judge` says. */
export function readAct(entry: EntryPart, place: EntryPlace): Reading {
  const found = subjectOf(entry, place.digest)
  if (found.kind !== 'subject') return found
  return {
    kind: 'act',
    act: {
      party: entry.from,
      index: place.index,
      digest: place.digest,
      type: entry.type,
      subject: found.subject,
      data: entry.data,
      at: entry.at,
      seen: place.seen,
      ...(place.seenTimes === undefined ? {} : { seenTimes: place.seenTimes }),
      ...(entry.body === undefined ? {} : { body: entry.body }),
      exercise: entry.exercise === true,
    },
  }
}

export type SubjectFound =
  | { readonly kind: 'subject'; readonly subject: string }
  | { readonly kind: 'invalid'; readonly code: SubjectRefusal }
  | { readonly kind: 'unknown' }

/** The subject that an entry with this digest belongs to. */
export function subjectOf(entry: Pick<Entry, 'type' | 'subject' | 'data'>, digest: string): SubjectFound {
  const type = findType(entry.type)
  if (type === undefined) return { kind: 'unknown' }
  const named = entry.subject
  const unnamed = ((): string | undefined => {
    switch (type.place) {
      case 'founding':
        return digest
      case 'standing':
        return topicOf(entry.type).standing
      case 'attached': {
        const standing = Object.hasOwn(entry.data, 'standing') ? entry.data['standing'] : undefined
        return typeof standing === 'string' && isStanding(standing) ? standing : undefined
      }
      case 'following':
        return undefined
    }
  })()
  if (named !== undefined && unnamed !== undefined) return { kind: 'invalid', code: 'subject.forbidden' }
  const subject = named ?? unnamed
  return subject === undefined ? { kind: 'invalid', code: 'subject.missing' } : { kind: 'subject', subject }
}

/** The state that each topic computes. */
export interface States {
  readonly agreement: AgreementState
  readonly directory: DirectoryState
  readonly request: RequestState
  readonly evidence: EvidenceState
  readonly hotline: HotlineState
  readonly ping: PingState
  readonly receipt: ReceiptState
  readonly erasure: ErasureState
}

const views: { readonly [T in TopicName]: (acts: readonly Act[], parties: readonly string[]) => States[T] } = {
  agreement: agreementTopic.view,
  directory: directoryTopic.view,
  request: requestTopic.view,
  evidence: evidenceTopic.view,
  hotline: hotlineTopic.view,
  ping: pingTopic.view,
  receipt: receiptTopic.view,
  erasure: erasureTopic.view,
}

/** What one topic makes of the valid acts of one subject, in whatever order they come. */
export function view<T extends TopicName>(topic: T, acts: readonly Act[], parties: readonly string[]): States[T] {
  return views[topic](acts, parties)
}

/** The whole state of one subject: plain JSON, the same bytes on every side. */
export type SubjectState = SubjectBody & {
  readonly opened: readonly Receipt[]
  readonly erased: readonly Erasure[]
}
/** Topics whose subjects are founded by an entry. */
type FoundedTopic = 'evidence' | 'hotline' | 'ping' | 'request'
type SubjectTopic = StandingSubject | FoundedTopic
type SubjectBody = { [T in SubjectTopic]: { readonly topic: T; readonly state: States[T] } }[SubjectTopic]

/**
 * The state of a subject from its valid acts in any order. A standing subject has a state before its first act; any other
 * has its founding act among the acts.
 */
export function viewSubject(subject: string, acts: readonly Act[], parties: readonly string[]): SubjectState {
  return { ...viewBody(subject, acts, parties), ...views.receipt(acts, parties), ...views.erasure(acts, parties) }
}

function viewBody(subject: string, acts: readonly Act[], parties: readonly string[]): SubjectBody {
  if (subject === 'agreement') return { topic: subject, state: views.agreement(acts, parties) }
  if (subject === 'directory') return { topic: subject, state: views.directory(acts, parties) }
  const founding = acts.find(({ digest }) => digest === subject)
  assert(founding !== undefined, 'a subject has its founding act')
  const topic = topicOf(founding.type).name
  switch (topic) {
    case 'evidence':
      return { topic, state: views.evidence(acts, parties) }
    case 'hotline':
      return { topic, state: views.hotline(acts, parties) }
    case 'ping':
      return { topic, state: views.ping(acts, parties) }
    case 'request':
      return { topic, state: views.request(acts, parties) }
    case 'agreement':
    case 'directory':
    case 'erasure':
    case 'receipt':
      throw new MechanismError('type.unknown', `no entry of the topic ${topic} founds a subject`)
  }
}
