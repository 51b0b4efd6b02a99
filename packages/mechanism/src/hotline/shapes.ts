// The types of the hotline's entries and the shapes of their data. Every attempt is an entry: a ring that nobody answers, and
// one that is declined, are facts as much as a conversation is. What is said is in the sealed bodies.

import type { Act } from '../act.ts'
import { codes, digest, moment, object, party, token, type Infer } from '../shape.ts'
import type { Demand, EntryType, Intent } from '../topic.ts'

/** Entries of the raising half. */
const raising = {
  'hotline.raised': object(
    {
      to: party(),
      level: codes('hotlineLevel'),
      reason: codes('hotlineReason'),
      /** A test of the line is counted apart from its use. */
      purpose: codes('hotlinePurpose'),
    },
    {
      /** The request that the call is about, by its subject id. */
      request: digest(),
      /** The office that calls. */
      office: token(),
    },
  ),
  'hotline.rung': object({ rung: codes('hotlineRung') }),
  'hotline.unanswered': object({ rung: codes('hotlineRung') }),
} as const

/** Entries of the half that is called. */
const called = {
  'hotline.declined': object({ reason: codes('declineReason') }, { callBack: moment() }),
  'hotline.taken': object({ position: codes('officePosition') }, { office: token() }),
} as const

/** Entries of either half. */
const shared = {
  'hotline.escalated': object({ rung: codes('hotlineRung'), ground: codes('escalationGround') }),
  'hotline.handed': object({ position: codes('officePosition') }, { office: token() }),
  'hotline.said': object({}),
  'hotline.closed': object({ outcome: codes('hotlineOutcome') }),
} as const

const shapes = { ...raising, ...called, ...shared } as const

export type HotlineType = keyof typeof shapes
export type HotlineData<T extends HotlineType> = Infer<(typeof shapes)[T]>
/** An act of a call, its data typed by its type. */
export type HotlineAct<T extends HotlineType = HotlineType> = {
  [K in T]: Act & { readonly type: K; readonly data: HotlineData<K> }
}[T]
/** What somebody means to do on a call, its data typed by its type. */
export type HotlineIntent<T extends HotlineType = HotlineType> = {
  [K in T]: Omit<Intent, 'type' | 'data'> & { readonly type: K; readonly data: HotlineData<K> }
}[T]

export function isHotlineAct(act: Act): act is HotlineAct {
  return Object.hasOwn(shapes, act.type)
}

/** True for the types that only the raising party may write. */
export function isRaising(type: HotlineType): boolean {
  return Object.hasOwn(raising, type)
}

/** True for the types that only the party that is called may write. */
export function isCalled(type: HotlineType): boolean {
  return Object.hasOwn(called, type)
}

// At three in the morning one officer is there: nothing on the line waits for a second one.
const demand: Demand = {
  count: 1,
  roles: ['duty', 'liaison', 'releasing', 'policy', 'cochair', 'operator'],
  alone: true,
}

const bodies: Partial<Record<HotlineType, EntryType['body']>> = {
  'hotline.said': 'required',
  'hotline.rung': 'none',
  'hotline.unanswered': 'none',
}

export const hotlineTypes: readonly EntryType[] = Object.entries(shapes).map(([type, shape]) => ({
  type,
  place: type === 'hotline.raised' ? 'founding' : 'following',
  shape,
  demand,
  body: bodies[type as HotlineType] ?? 'optional',
}))
