// Pings: one party asks "are you there", and a person of the other side answers. Each is a subject of its own, so that an
// unanswered one stays visible. SPEC.md [PG] rules it. When to ask is the asking node's own affair.

import { orderActs, type Act } from './act.ts'
import { assert } from './error.ts'
import { codes, object, party, token, type Infer } from './shape.ts'
import type { EntryType, Intent, Known, Topic } from './topic.ts'
import type { Code } from './codes.ts'

const sent = object({ to: party(), contact: codes('contactKind') }, { office: token() })
const answered = object({ position: codes('officePosition') }, { office: token() })

export type PingType = 'ping.sent' | 'ping.answered'
type Sent = Infer<typeof sent>
type Answered = Infer<typeof answered>

const types: readonly EntryType[] = [
  {
    type: 'ping.sent',
    place: 'founding',
    shape: sent,
    demand: { count: 1, roles: ['duty', 'liaison', 'administrator', 'operator'], alone: true },
    body: 'none',
  },
  {
    type: 'ping.answered',
    place: 'following',
    shape: answered,
    demand: { count: 1, roles: ['duty', 'liaison', 'operator'], alone: true },
    body: 'none',
  },
]

export type PingRefusal =
  | 'ping.addressee-self'
  | 'ping.addressee-unknown'
  | 'ping.not-addressee'
  | 'ping.answered-already'

export type PingState = {
  readonly status: Code<'pingStatus'>
  readonly from: string
  readonly to: string
  readonly contact: Code<'contactKind'>
  readonly office?: string
  readonly exercise: boolean
  readonly answered?: Answered & { readonly entry: string }
}

function viewPing(acts: readonly Act[]): PingState {
  const ordered = orderActs(acts)
  const asking = ordered.find(({ type }) => type === 'ping.sent')
  assert(asking !== undefined, 'the acts of a ping hold its sending')
  const answer = ordered.find(({ type }) => type === 'ping.answered')
  return {
    status: answer === undefined ? 'unanswered' : 'answered',
    from: asking.party,
    ...(asking.data as Sent),
    exercise: asking.exercise,
    ...(answer === undefined ? {} : { answered: { entry: answer.digest, ...(answer.data as Answered) } }),
  }
}

function mayPing(intent: Intent, known: Known): PingRefusal | undefined {
  if (intent.type === 'ping.sent') {
    const { to } = intent.data as Sent
    if (to === intent.party) return 'ping.addressee-self'
    return known.parties.includes(to) ? undefined : 'ping.addressee-unknown'
  }
  const { status, to } = viewPing(known.subject)
  if (to !== intent.party) return 'ping.not-addressee'
  return status === 'answered' ? 'ping.answered-already' : undefined
}

/** What one party's contact points made of the pings to them. Exercises are not counted. */
export interface PingFigures {
  readonly to: string
  readonly sent: number
  readonly answered: number
}

/** The figures for each addressee, sorted by party. */
export function countPings(pings: readonly PingState[]): readonly PingFigures[] {
  const real = pings.filter(({ exercise }) => !exercise)
  return [...new Set(real.map(({ to }) => to))].sort().map((to) => {
    const those = real.filter((ping) => ping.to === to)
    return { to, sent: those.length, answered: those.filter(({ status }) => status === 'answered').length }
  })
}

export const pingTopic: Topic<PingState, PingRefusal> = { name: 'ping', types, may: mayPing, view: viewPing }
