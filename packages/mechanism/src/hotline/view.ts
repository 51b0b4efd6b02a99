// The state of one call, from the acts of both halves. SPEC.md [HL] rules it. It knows no clock: what a claimed time is worth
// is the review's business.

import { isVisible, orderActs, type Act } from '../act.ts'
import { codeLists, type Code } from '../codes.ts'
import { assert } from '../error.ts'
import { firstRungs, type Rung } from './ladder.ts'
import { isHotlineAct, type HotlineAct, type HotlineData, type HotlineType } from './shapes.ts'

type Entry = { readonly entry: string }
/** Who of a side has the call in hand. */
export type Handler = Entry & { readonly position: Code<'officePosition'>; readonly office?: string }
/** One thing that was tried: a ring, or what became of one. */
export type Attempt = Entry & { readonly type: HotlineType; readonly by: string; readonly rung: Rung }

export type HotlineState = {
  readonly status: Code<'hotlineStatus'>
  readonly from: string
  readonly to: string
  readonly level: Code<'hotlineLevel'>
  readonly reason: Code<'hotlineReason'>
  readonly purpose: Code<'hotlinePurpose'>
  readonly request?: string
  /** The office that raised the call. */
  readonly office?: string
  readonly exercise: boolean
  /** The highest rung that has been rung. */
  readonly rung: Rung
  /** Rings and what became of them, in the order that everybody computes. */
  readonly attempts: readonly Attempt[]
  /** The entry that the status follows from. */
  readonly since: string
  /** The first taking, with the rung that had been reached: what the review counts. */
  readonly taken?: Entry & { readonly rung: Rung }
  /** Who has the call: on the side that was called, and on the raising side where it was handed over. */
  readonly called?: Handler
  readonly raising?: Handler
  readonly declined?: Entry & HotlineData<'hotline.declined'>
  readonly messages: readonly (Entry & { readonly by: string })[]
  readonly ended?: Entry & HotlineData<'hotline.closed'> & { readonly by: string }
  /** Takings that the end had not seen, and that had not seen it. Not empty: both sides think otherwise of the call. */
  readonly crossed: readonly Entry[]
}

/**
 * The state of a call. The acts are valid, of one subject, in any order; its raising is among them. Acts of other topics are
 * passed over.
 */
export function viewHotline(acts: readonly Act[]): HotlineState {
  const ordered = orderActs(acts.filter(isHotlineAct)).filter(isHotlineAct)
  const list = <T extends HotlineType>(...types: readonly T[]) =>
    ordered.filter((act) => (types as readonly string[]).includes(act.type)) as HotlineAct<T>[]
  const [raised] = list('hotline.raised')
  assert(raised !== undefined, 'the acts of a call hold its raising')

  const rings = list('hotline.raised', 'hotline.rung', 'hotline.escalated')
  const takings = list('hotline.taken')
  const end = list('hotline.closed').at(-1)
  const crossed = end === undefined ? [] : takings.filter((act) => !isVisible(act, end))
  const answer = statusOf(rings, takings, list('hotline.declined', 'hotline.unanswered'))
  const declined = list('hotline.declined').at(-1)
  const resumed = end !== undefined && list('hotline.said').some((act) => isVisible(end, act))
  const { status, since } = ((): Pick<HotlineState, 'status' | 'since'> => {
    if (end === undefined || (crossed.length > 0 && resumed)) return answer
    return { status: crossed.length > 0 ? 'conflict' : 'stood-down', since: end.digest }
  })()
  const taking = takings[0]
  const handlers = list('hotline.taken', 'hotline.handed')
  const called = handlers.findLast(({ party }) => party === raised.data.to)
  const caller = handlers.findLast(({ party }) => party === raised.party)

  return {
    status,
    from: raised.party,
    ...raised.data,
    exercise: raised.exercise,
    rung: highest(rings),
    attempts: list('hotline.raised', 'hotline.rung', 'hotline.escalated', 'hotline.unanswered', 'hotline.declined').map(
      (act) => ({ entry: act.digest, type: act.type, by: act.party, rung: rungOf(act, rings) }),
    ),
    since,
    ...(taking === undefined ? {} : { taken: { entry: taking.digest, rung: rungSeenBy(taking, rings) } }),
    ...(called === undefined ? {} : { called: { entry: called.digest, ...called.data } }),
    ...(caller === undefined ? {} : { raising: { entry: caller.digest, ...caller.data } }),
    ...(declined === undefined ? {} : { declined: { entry: declined.digest, ...declined.data } }),
    messages: list('hotline.said').map((act) => ({ entry: act.digest, by: act.party })),
    ...(status === 'stood-down' || status === 'conflict'
      ? { ended: { entry: end!.digest, by: end!.party, ...end!.data } }
      : {}),
    crossed: status === 'conflict' ? crossed.map((act) => ({ entry: act.digest })) : [],
  }
}

type Ring = HotlineAct<'hotline.raised' | 'hotline.rung' | 'hotline.escalated'>
type Silence = HotlineAct<'hotline.declined' | 'hotline.unanswered'>

/** What became of the rings: a ring stands over what it had seen, and over nothing else. */
function statusOf(
  rings: readonly Ring[],
  takings: readonly HotlineAct<'hotline.taken'>[],
  silences: readonly Silence[],
): Pick<HotlineState, 'status' | 'since'> {
  const stands = (act: HotlineAct): boolean => !rings.some((ring) => isVisible(act, ring))
  const taken = takings.findLast(stands)
  if (taken !== undefined) return { status: 'taken', since: taken.digest }
  const declined = silences.findLast((act) => act.type === 'hotline.declined' && stands(act))
  if (declined !== undefined) return { status: 'declined', since: declined.digest }
  const unanswered = silences.findLast((act) => act.type === 'hotline.unanswered' && stands(act))
  if (unanswered !== undefined) return { status: 'unanswered', since: unanswered.digest }
  return { status: 'ringing', since: rings.at(-1)!.digest }
}

function rungOf(act: HotlineAct, rings: readonly Ring[]): Rung {
  switch (act.type) {
    case 'hotline.raised':
      return firstRungs[act.data.level]
    case 'hotline.rung':
    case 'hotline.escalated':
    case 'hotline.unanswered':
      return act.data.rung
    case 'hotline.declined':
    case 'hotline.taken':
    case 'hotline.handed':
    case 'hotline.said':
    case 'hotline.closed':
      return rungSeenBy(act, rings)
  }
}

function rungSeenBy(act: HotlineAct, rings: readonly Ring[]): Rung {
  return highest(rings.filter((ring) => isVisible(ring, act)))
}

function highest(rings: readonly Ring[]): Rung {
  const { hotlineRung } = codeLists
  const reached = rings.map((ring) => hotlineRung.indexOf(rungOf(ring, rings)))
  return hotlineRung[Math.max(0, ...reached)]!
}
