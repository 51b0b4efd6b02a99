// The state of one request, from the acts of its two halves. SPEC.md [RQ] rules it. It knows no clock: how long things
// took is the review's business.

import { isVisible, orderActs, type Act } from '../act.ts'
import { assert } from '../error.ts'
import type { Code } from '../codes.ts'
import { isRequestAct, isRequesting, type RequestAct, type RequestData, type RequestType } from './shapes.ts'

type Entry = { readonly entry: string }

export type RequestState = {
  readonly status: Code<'requestStatus'>
  /** Who is to act next. */
  readonly turn: Code<'turn'>
  readonly from: string
  readonly to: string
  readonly kind: Code<'requestKind'>
  /** As opened, or as the latest supplement has it. */
  readonly urgency: Code<'urgency'>
  readonly urgencyGrounds: readonly Code<'urgencyGround'>[]
  readonly offences: readonly Code<'offence'>[]
  readonly languages: readonly string[]
  readonly handling: Code<'handling'>
  /** As opened, with those that supplements add. */
  readonly cites: readonly string[]
  readonly related: readonly string[]
  readonly office?: string
  readonly wantedBy?: number
  readonly exercise: boolean
  readonly supplements: readonly (Entry & { readonly particulars: readonly Code<'particular'>[] })[]
  readonly chases: readonly Entry[]
  readonly acknowledged?: Entry & { readonly office?: string }
  readonly returns: readonly (Entry & RequestData<'request.returned'> & { readonly settled: boolean })[]
  readonly accepted?: Entry & RequestData<'request.accepted'>
  readonly refused?: Entry & RequestData<'request.refused'>
  readonly extensions: readonly (Entry & RequestData<'request.extended'>)[]
  readonly updates: readonly (Entry & RequestData<'request.updated'>)[]
  readonly answers: readonly (Entry & RequestData<'request.answered'>)[]
  /** The requesting party's latest assessment. */
  readonly assessed?: Entry & RequestData<'request.assessed'>
  /** The latest withdrawal or closing. */
  readonly ended?: Entry & RequestEnd
  /** What the requested party sent while the end was under way, unseen by it. Not empty: the request is in conflict. */
  readonly crossed: readonly Entry[]
}

export type RequestEnd =
  | { readonly by: 'withdrawn'; readonly ground: Code<'withdrawalGround'> }
  | { readonly by: 'closed'; readonly outcome: Code<'closingOutcome'> }

/**
 * The state of a request. The acts are valid, of one subject, in any order; its opening is among them. Acts of other
 * topics are passed over.
 */
export function viewRequest(acts: readonly Act[]): RequestState {
  const ordered = orderActs(acts.filter(isRequestAct)).filter(isRequestAct)
  const list = <T extends RequestType>(type: T) => ordered.filter((act) => act.type === type) as RequestAct<T>[]
  const entries = <T extends RequestType>(type: T): readonly (Entry & RequestData<T>)[] =>
    list(type).map((act) => ({ entry: act.digest, ...(act.data as RequestData<T>) }))
  const [opened] = list('request.opened')
  assert(opened !== undefined, 'the acts of a request hold its opening')

  const supplements = list('request.supplemented')
  const first = ordered.find(({ type }) => !isRequesting(type))
  const accepted = entries('request.accepted').at(-1)
  const refused = entries('request.refused').at(-1)
  const answers = entries('request.answered')
  const assessed = entries('request.assessed').at(-1)
  const returns = list('request.returned').map((act) => ({
    entry: act.digest,
    ...act.data,
    settled: isSettled(act, ordered),
  }))
  const end = ordered.findLast((act) => act.type === 'request.withdrawn' || act.type === 'request.closed')
  const crossed = end === undefined ? [] : ordered.filter((act) => concludes(act) && !isVisible(act, end))
  const urgent = supplements.findLast(({ data }) => data.urgency !== undefined)?.data ?? opened.data
  const { to, kind, offences, languages, handling, office, wantedBy } = opened.data

  const status = ((): RequestState['status'] => {
    if (end !== undefined && crossed.length > 0) return 'conflict'
    if (end !== undefined) return end.type === 'request.withdrawn' ? 'withdrawn' : 'closed'
    if (refused !== undefined) return 'refused'
    if (answers.some(({ outcome }) => outcome !== 'part')) return 'answered'
    if (returns.some(({ settled }) => !settled)) return 'returned'
    if (answers.length > 0) return 'answered-in-part'
    if (accepted !== undefined) return 'accepted'
    return first === undefined ? 'open' : 'acknowledged'
  })()

  return {
    status,
    turn: turns[status],
    from: opened.party,
    to,
    kind,
    urgency: urgent.urgency ?? opened.data.urgency,
    urgencyGrounds: urgent.urgencyGrounds ?? [],
    offences,
    languages,
    handling,
    cites: union(opened.data.cites, ...supplements.map(({ data }) => data.cites)),
    related: union(opened.data.related, ...supplements.map(({ data }) => data.related)),
    ...(office === undefined ? {} : { office }),
    ...(wantedBy === undefined ? {} : { wantedBy }),
    exercise: opened.exercise,
    supplements: supplements.map((act) => ({ entry: act.digest, particulars: act.data.particulars ?? [] })),
    chases: entries('request.chased'),
    ...(first === undefined ? {} : { acknowledged: { entry: first.digest, ...officeOf(first) } }),
    returns,
    ...(accepted === undefined ? {} : { accepted }),
    ...(refused === undefined ? {} : { refused }),
    extensions: entries('request.extended'),
    updates: entries('request.updated'),
    answers,
    ...(assessed === undefined ? {} : { assessed }),
    ...(end === undefined ? {} : { ended: viewEnd(end) }),
    crossed: crossed.map((act) => ({ entry: act.digest })),
  }
}

const turns: Readonly<Record<RequestState['status'], Code<'turn'>>> = {
  open: 'requested',
  acknowledged: 'requested',
  returned: 'requesting',
  accepted: 'requested',
  'answered-in-part': 'requested',
  answered: 'requesting',
  refused: 'requesting',
  withdrawn: 'nobody',
  closed: 'nobody',
  conflict: 'requesting',
}

/** A return is settled by a supplement whose author had seen it, or by the requested party going on all the same. */
function isSettled(returned: RequestAct, acts: readonly RequestAct[]): boolean {
  return acts.some((act) => {
    return (
      (act.type === 'request.supplemented' || act.type === 'request.accepted' || concludes(act)) &&
      isVisible(returned, act)
    )
  })
}

function concludes(act: RequestAct): boolean {
  return act.type === 'request.answered' || act.type === 'request.refused'
}

function viewEnd(end: RequestAct<'request.withdrawn' | 'request.closed'>): RequestEnd & { readonly entry: string } {
  return end.type === 'request.withdrawn'
    ? { entry: end.digest, by: 'withdrawn', ...end.data }
    : { entry: end.digest, by: 'closed', ...end.data }
}

function officeOf(act: RequestAct): { readonly office?: string } {
  const named = act.type === 'request.acknowledged' || act.type === 'request.accepted' ? act.data.office : undefined
  return named === undefined ? {} : { office: named }
}

function union(...lists: readonly (readonly string[] | undefined)[]): readonly string[] {
  return [...new Set(lists.flatMap((list) => list ?? []))]
}
