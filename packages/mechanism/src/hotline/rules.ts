// What either half of a call may do, and the reason when it may not. SPEC.md [HL] rules it.

import { codeLists } from '../codes.ts'
import type { Intent, Known } from '../topic.ts'
import { isCalled, isRaising, type HotlineIntent } from './shapes.ts'
import { viewHotline, type HotlineState } from './view.ts'

/** Messages of one side in one call. A line that is used for more than this is used for something else. */
export const messagesPerSideMax = 200
/** Rings of one side in one call, escalations among them: what rings for ever is no call. */
export const ringsPerSideMax = 40

export type HotlineRefusal =
  | 'hotline.addressee-self'
  | 'hotline.addressee-unknown'
  | 'hotline.not-raising-party'
  | 'hotline.not-called-party'
  | 'hotline.not-of-the-call'
  | 'hotline.ended'
  | 'hotline.conflict'
  | 'hotline.taken-already'
  | 'hotline.not-taken'
  | 'hotline.not-ringing'
  | 'hotline.rung-not-higher'
  | 'hotline.rung-not-reached'
  | 'hotline.messages-max'
  | 'hotline.rings-max'

/** Why this act on a call may not be, or undefined. The data has the shape of its type, the subject is a call. */
export function mayHotline(intent: Intent, known: Known): HotlineRefusal | undefined {
  const act = intent as unknown as HotlineIntent
  if (act.type === 'hotline.raised') {
    if (act.data.to === act.party) return 'hotline.addressee-self'
    return known.parties.includes(act.data.to) ? undefined : 'hotline.addressee-unknown'
  }
  const state = viewHotline(known.subject)
  if (isRaising(act.type) && act.party !== state.from) return 'hotline.not-raising-party'
  if (isCalled(act.type) && act.party !== state.to) return 'hotline.not-called-party'
  if (act.party !== state.from && act.party !== state.to) return 'hotline.not-of-the-call'
  if (state.status === 'stood-down') return 'hotline.ended'
  // Who has seen both the taking and the end decides: stand down once more, or go on speaking.
  if (state.status === 'conflict' && act.type !== 'hotline.closed' && act.type !== 'hotline.said') {
    return 'hotline.conflict'
  }
  return mayAct(act, state)
}

function mayAct(act: HotlineIntent, state: HotlineState): HotlineRefusal | undefined {
  const isCaller = act.party === state.from
  const rings = state.attempts.filter(({ by, type }) => by === act.party && type !== 'hotline.declined').length
  switch (act.type) {
    case 'hotline.raised':
      return undefined
    case 'hotline.rung':
      if (rings >= ringsPerSideMax) return 'hotline.rings-max'
      if (state.status === 'taken') return 'hotline.taken-already'
      return rank(act.data.rung) > rank(state.rung) ? 'hotline.rung-not-reached' : undefined
    case 'hotline.unanswered':
      if (rings >= ringsPerSideMax) return 'hotline.rings-max'
      if (state.status !== 'ringing') return 'hotline.not-ringing'
      return act.data.rung === state.rung ? undefined : 'hotline.rung-not-reached'
    case 'hotline.escalated':
      if (rings >= ringsPerSideMax) return 'hotline.rings-max'
      return rank(act.data.rung) > rank(state.rung) ? undefined : 'hotline.rung-not-higher'
    case 'hotline.declined':
      if (state.status === 'taken') return 'hotline.taken-already'
      return state.status === 'declined' ? 'hotline.not-ringing' : undefined
    case 'hotline.taken':
      return state.status === 'taken' ? 'hotline.taken-already' : undefined
    case 'hotline.handed':
      return isCaller || state.called !== undefined ? undefined : 'hotline.not-taken'
    case 'hotline.said':
      return state.messages.filter(({ by }) => by === act.party).length < messagesPerSideMax
        ? undefined
        : 'hotline.messages-max'
    case 'hotline.closed':
      return isCaller || state.called !== undefined ? undefined : 'hotline.not-taken'
  }
}

function rank(rung: HotlineState['rung']): number {
  return codeLists.hotlineRung.indexOf(rung)
}
