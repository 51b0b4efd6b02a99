// The state of one request, from the acts of its two halves. SPEC.md [RQ] rules it. It knows no clock: how long things
// took is the review's business.

import { isVisible, orderActs, type Act } from '../act.ts'
import { assert } from '../error.ts'
import type { Code } from '../codes.ts'
import { viewPreservation, type Preservation } from './preservation.ts'
import { isRequestAct, isRequesting, type RequestAct, type RequestData, type RequestType } from './shapes.ts'
import { viewUndertaking, type Undertaking } from './undertaking.ts'

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
  readonly norms: readonly Code<'norm'>[]
  readonly related: readonly string[]
  readonly relation: Code<'relation'>
  /** The request that this one extends or follows. */
  readonly earlier?: string
  /** The particulars that the opening and the supplements say their bodies give. */
  readonly particulars: readonly Code<'particular'>[]
  /** Keyed digests of the identifiers that it is about. */
  readonly matter: readonly string[]
  readonly office?: string
  readonly wantedBy?: number
  readonly exercise: boolean
  readonly supplements: readonly (Entry & { readonly particulars: readonly Code<'particular'>[] })[]
  readonly chases: readonly Entry[]
  readonly acknowledged?: Entry & { readonly office?: string }
  /** The triage answers; the first is what its clock asks for, the latest what is held to. */
  readonly triages: readonly (Entry & RequestData<'request.triaged'>)[]
  readonly returns: readonly (Entry & RequestData<'request.returned'> & { readonly settled: boolean })[]
  readonly queries: readonly (Entry & RequestData<'request.queried'> & { readonly settled: boolean })[]
  readonly accepted?: Entry & RequestData<'request.accepted'>
  readonly postponements: readonly (Entry & RequestData<'request.postponed'>)[]
  readonly refused?: Entry & RequestData<'request.refused'>
  readonly forwards: readonly (Entry & RequestData<'request.forwarded'>)[]
  /** `agreed` is the entry by which the requesting party agrees. */
  readonly extensions: readonly (Entry & RequestData<'request.extended'> & { readonly agreed?: string })[]
  readonly updates: readonly (Entry & RequestData<'request.updated'>)[]
  readonly answers: readonly (Entry & RequestData<'request.answered'> & { readonly use: Code<'use'> })[]
  /** What the requested party has last said it expects. */
  readonly undertaking?: Undertaking
  readonly preservation?: Preservation
  readonly conversions: readonly (Entry & RequestData<'request.converted'>)[]
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
  // Most restrictive when it is not said: nobody may take for evidence what was not given as such.
  const answers = entries('request.answered').map((answer) => ({ ...answer, use: answer.use ?? 'intelligence-only' }))
  const assessed = entries('request.assessed').at(-1)
  const returns = list('request.returned').map((act) => ({
    entry: act.digest,
    ...act.data,
    settled: isSettled(act, ordered),
  }))
  const queries = list('request.queried').map((act) => ({
    entry: act.digest,
    ...act.data,
    settled: isSettled(act, ordered),
  }))
  const agreements = list('request.agreed')
  const preservation = viewPreservation(ordered)
  const undertaking = viewUndertaking(ordered)
  const end = ordered.findLast((act) => act.type === 'request.withdrawn' || act.type === 'request.closed')
  const crossed = end === undefined ? [] : ordered.filter((act) => isResponse(act, ordered) && !isVisible(act, end))
  const urgent = supplements.findLast(({ data }) => data.urgency !== undefined)?.data ?? opened.data
  const { to, kind, offences, languages, handling, relation, earlier, office, wantedBy } = opened.data

  const status = ((): RequestState['status'] => {
    if (end !== undefined && crossed.length > 0) return 'conflict'
    if (end !== undefined) return statusOfEnd(end)
    if (refused !== undefined) return 'refused'
    if (answers.some(({ outcome }) => outcome !== 'part')) return 'answered'
    if (preservation !== undefined) return preservation.released === undefined ? 'preserved' : 'released'
    if (returns.some(({ settled }) => !settled)) return 'returned'
    if (queries.some(({ settled }) => !settled)) return 'queried'
    if (isPostponed(ordered)) return 'postponed'
    if (answers.length > 0) return 'answered-in-part'
    if (accepted !== undefined) return 'accepted'
    if (ordered.some(({ type }) => type === 'request.forwarded')) return 'forwarded'
    return first === undefined ? 'open' : 'acknowledged'
  })()

  return {
    status,
    turn: status === 'preserved' && preservation?.renewal !== undefined ? 'requested' : turns[status],
    from: opened.party,
    to,
    kind,
    urgency: urgent.urgency ?? opened.data.urgency,
    urgencyGrounds: urgent.urgencyGrounds ?? [],
    offences,
    languages,
    handling,
    cites: union(opened.data.cites, ...supplements.map(({ data }) => data.cites)),
    norms: union(opened.data.norms, ...supplements.map(({ data }) => data.norms)),
    related: union(opened.data.related, ...supplements.map(({ data }) => data.related)),
    relation: relation ?? 'new',
    ...(earlier === undefined ? {} : { earlier }),
    particulars: union(opened.data.particulars, ...supplements.map(({ data }) => data.particulars)),
    matter: union(opened.data.matter, ...supplements.map(({ data }) => data.matter)),
    ...(office === undefined ? {} : { office }),
    ...(wantedBy === undefined ? {} : { wantedBy }),
    exercise: opened.exercise,
    supplements: supplements.map((act) => ({ entry: act.digest, particulars: act.data.particulars ?? [] })),
    chases: entries('request.chased'),
    ...(first === undefined ? {} : { acknowledged: { entry: first.digest, ...officeOf(first) } }),
    triages: entries('request.triaged'),
    returns,
    queries,
    ...(accepted === undefined ? {} : { accepted }),
    postponements: entries('request.postponed'),
    ...(refused === undefined ? {} : { refused }),
    forwards: entries('request.forwarded'),
    extensions: entries('request.extended').map((extension) => {
      const agreed = agreements.find(({ data }) => data.extension === extension.entry)
      return agreed === undefined ? extension : { ...extension, agreed: agreed.digest }
    }),
    updates: entries('request.updated'),
    answers,
    ...(undertaking === undefined ? {} : { undertaking }),
    ...(preservation === undefined ? {} : { preservation }),
    conversions: entries('request.converted'),
    ...(assessed === undefined ? {} : { assessed }),
    ...(end === undefined ? {} : { ended: viewEnd(end) }),
    crossed: crossed.map((act) => ({ entry: act.digest })),
  }
}

const turns: Readonly<Record<RequestState['status'], Code<'turn'>>> = {
  open: 'requested',
  acknowledged: 'requested',
  forwarded: 'requested',
  returned: 'requesting',
  queried: 'requesting',
  accepted: 'requested',
  postponed: 'requested',
  'answered-in-part': 'requested',
  answered: 'requesting',
  preserved: 'requesting',
  released: 'requesting',
  refused: 'requesting',
  withdrawn: 'nobody',
  closed: 'nobody',
  abandoned: 'nobody',
  lapsed: 'nobody',
  conflict: 'requesting',
}

/** What was asked back is settled by a supplement whose author had seen it, or by the requested party going on all the same. */
function isSettled(asked: RequestAct, acts: readonly RequestAct[]): boolean {
  return acts.some((act) => {
    const goesOn = act.type === 'request.supplemented' || act.type === 'request.accepted' || isResponse(act, acts)
    return goesOn && isVisible(asked, act)
  })
}

/** A postponement stands until the requested party takes the request up again or postpones it anew. */
function isPostponed(ordered: readonly RequestAct[]): boolean {
  return ordered.findLast(({ type }) => type === 'request.postponed' || resumes.has(type))?.type === 'request.postponed'
}

const resumes: ReadonlySet<RequestType> = new Set([
  'request.accepted',
  'request.forwarded',
  'request.updated',
  'request.answered',
])

/** What answers the request: an answer, a refusal, or that what it asks to preserve is preserved; a renewal is not one. */
function isResponse(act: RequestAct, ordered: readonly RequestAct[]): boolean {
  if (act.type === 'request.answered' || act.type === 'request.refused') return true
  return act.type === 'request.preserved' && ordered.find(({ type }) => type === act.type) === act
}

function statusOfEnd(end: RequestAct<'request.withdrawn' | 'request.closed'>): RequestState['status'] {
  if (end.type === 'request.withdrawn') return 'withdrawn'
  const { outcome } = end.data
  return outcome === 'abandoned' || outcome === 'lapsed' ? outcome : 'closed'
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

function union<T extends string>(...lists: readonly (readonly T[] | undefined)[]): readonly T[] {
  return [...new Set(lists.flatMap((list) => list ?? []))]
}
