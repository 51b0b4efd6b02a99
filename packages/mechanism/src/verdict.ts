// The verdict on an act: a function of its own log before it and of what its author had seen, so nothing that arrives
// later changes it. SPEC.md [VD] rules it.

import { listVisible, type Act } from './act.ts'
import type { AgreementRefusal } from './agreement.ts'
import type { DirectoryRefusal } from './directory/rules.ts'
import type { ErasureRefusal } from './erasure.ts'
import type { HotlineRefusal } from './hotline/rules.ts'
import type { Pack } from './pack.ts'
import type { EvidenceRefusal } from './evidence/rules.ts'
import type { PingRefusal } from './ping.ts'
import type { ReceiptRefusal } from './receipt.ts'
import type { RequestRefusal } from './request/refusals.ts'
import { checkShape } from './shape.ts'
import type { Intent, Known } from './topic.ts'
import { findType, isStanding, topicOf } from './table.ts'

/** Raised whenever some entry would get another verdict or another meaning; which version rules is itself agreed. */
export const rulesVersion = 1

/** Why something may not be done, by a topic's rules. */
export type RuleRefusal =
  | AgreementRefusal
  | DirectoryRefusal
  | ErasureRefusal
  | EvidenceRefusal
  | HotlineRefusal
  | PingRefusal
  | ReceiptRefusal
  | RequestRefusal

/** Why an entry is not what its type says it is. */
export type FormRefusal =
  | 'data.malformed'
  | 'body.missing'
  | 'body.forbidden'
  | 'party.unknown'
  | 'subject.missing'
  | 'subject.forbidden'
  | 'subject.unknown'
  | 'subject.topic'
  | 'exercise.standing'
  | 'exercise.differs'

export type Refusal = FormRefusal | RuleRefusal

export type Verdict =
  | { readonly kind: 'valid' }
  /** `pointer` says where in the data, for `data.malformed`. */
  | { readonly kind: 'invalid'; readonly code: Refusal; readonly pointer?: string }
  /** The type is not known to this version: carried, counted, never guessed at. */
  | { readonly kind: 'unknown' }
  /** Something is needed that is not here yet. Not final, and the only verdict that is not. */
  | { readonly kind: 'waiting'; readonly code: 'seen.missing' | 'pack.missing' }

/** What a verdict looks at. Acts that the author could not see may be among them; they are not looked at. */
export interface Context {
  /** The parties of the channel, as its genesis names them. */
  readonly parties: readonly string[]
  /** Valid acts of the same subject. */
  readonly subject: readonly Act[]
  /** Valid acts of the standing subject `agreement`. */
  readonly agreement: readonly Act[]
  /** The pack with this digest, when it is at hand. */
  readonly pack: (digest: string) => Pack | undefined
}

/**
 * The verdict on an act whose signatures the record has verified and whose `seen` is replicated here. Everything that is
 * visible to the act has been judged before.
 */
export function judge(act: Act, context: Context): Verdict {
  const type = findType(act.type)
  if (type === undefined) return { kind: 'unknown' }
  const refusal = refuseForm(act, context.parties)
  if (refusal !== undefined) return { kind: 'invalid', ...refusal }
  const known: Known = {
    parties: context.parties,
    subject: listVisible(context.subject, act),
    agreement: listVisible(context.agreement, act),
    pack: context.pack,
  }
  const code = may(
    {
      party: act.party,
      type: act.type,
      ...(type.place === 'founding' ? {} : { subject: act.subject }),
      data: act.data,
      body: act.body !== undefined,
      exercise: act.exercise,
    },
    known,
  )
  if (code === 'pack.missing') return { kind: 'waiting', code }
  return code === undefined ? { kind: 'valid' } : { kind: 'invalid', code }
}

function refuseForm(act: Act, parties: readonly string[]): { code: FormRefusal; pointer?: string } | undefined {
  const type = findType(act.type)!
  if (!parties.includes(act.party)) return { code: 'party.unknown' }
  const checked = checkShape(type.shape, act.data)
  if (checked.kind === 'refused') return { code: 'data.malformed', pointer: checked.reasons[0].pointer }
  if (type.body === 'required' && act.body === undefined) return { code: 'body.missing' }
  if (type.body === 'none' && act.body !== undefined) return { code: 'body.forbidden' }
  return undefined
}

/**
 * Why an intent may not be, by the same rules as the verdict, or undefined when it may. For servers and consoles before
 * anything is signed: `known` holds all they have. The intent's data has the shape of its type; whether it has a body as its
 * type demands is not asked.
 */
export function may(intent: Intent, known: Known): Refusal | undefined {
  const topic = topicOf(intent.type)
  const type = findType(intent.type)!
  if (type.place === 'founding') return topic.may(intent, known)
  if (isStanding(intent.subject)) {
    if (intent.exercise) return 'exercise.standing'
    if (type.place === 'following') return 'subject.topic'
    return topic.may(intent, known)
  }
  const founding = known.subject.find((act) => act.digest === intent.subject)
  if (founding === undefined) return 'subject.unknown'
  if (type.place !== 'attached' && topicOf(founding.type) !== topic) return 'subject.topic'
  if (founding.exercise !== intent.exercise) return 'exercise.differs'
  return topic.may(intent, known)
}
