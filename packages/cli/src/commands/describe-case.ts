// What binds a request to others, what it lacks, what was said of it before the substance, what it relies on, and under what
// limits each of its texts was given: the lines of `parley request show`, drafts and releases.

import { findType, limitsOf, wordOf } from '@parley/mechanism'
import type { RequestState, RequestType } from '@parley/mechanism'
import type { ActView, AgreementView, AlsoAsked, Clock, ContentChecks, RequestLink, RequestSummary } from '@parley/api'
import type { StateObject } from '@parley/api'
import { showMoment } from '../moment.ts'
import type { Terminal } from '../terminal.ts'

type Key = Parameters<typeof wordOf>[1]

function wordsOf({ language }: Terminal, list: string, codes: readonly string[]): string {
  return codes.map((code) => wordOf(language, `${list}.${code}` as Key)).join(', ')
}

function refer({ id, kind, requested, requesting, status, title }: RequestSummary, terminal: Terminal): string {
  const name = title ?? wordsOf(terminal, 'requestKind', [kind])
  return `${id.slice(0, 16)}  ${requesting} → ${requested}  ${wordsOf(terminal, 'requestStatus', [status])}  ${name}`
}

export function describeMissing(missing: readonly string[], terminal: Terminal): string[] {
  if (missing.length === 0) return []
  return [terminal.say('request.missing', { particulars: wordsOf(terminal, 'particular', missing) })]
}

export function describeAlsoAsked(others: readonly AlsoAsked[], terminal: Terminal): string[] {
  return others.map(({ request, shared }) =>
    terminal.say('case.also-asked', { request: refer(request, terminal), count: shared }),
  )
}

export function describeLinks(links: readonly RequestLink[], terminal: Terminal): string[] {
  return links.map(({ by, direction, id, kind, office, request }) => {
    const list = kind === 'forwarded' ? 'officeKind' : 'formalChannel'
    const through = by === undefined ? '' : wordsOf(terminal, list, [by])
    const to = request === null ? [through, office, id].filter(Boolean).join(' ') : refer(request, terminal)
    return `${terminal.say(`case.${direction}-${kind}`)}  ${to}`
  })
}

/** The triage answers, apart from the substance: what was said, when, and by when the substance is to come. */
export function describeTriage(state: StateObject, acts: readonly ActView[], terminal: Terminal): string[] {
  const { triages } = state as unknown as Pick<RequestState, 'triages'>
  return triages.map(({ entry, expected, form, will }) => {
    const at = acts.find((act) => act.entry.digest === entry)?.at
    return [
      terminal.say('case.triage'),
      wordsOf(terminal, 'will', [will]),
      ...(form === undefined ? [] : [wordsOf(terminal, 'answerForm', [form])]),
      ...(expected === undefined ? [] : [terminal.say('case.expected', { at: showMoment(expected) })]),
      ...(at === undefined ? [] : [`[${showMoment(at)}]`]),
    ].join('  ')
  })
}

/** The commitments and norms that a request relies on, in their own words. */
export function describeCited(state: StateObject, agreement: AgreementView | undefined, terminal: Terminal): string[] {
  const { cites, norms } = state as unknown as Pick<RequestState, 'cites' | 'norms'>
  const quotesOf = (id: string) =>
    agreement?.pack.commitments.find((commitment) => commitment.id === id)?.anchors.map(({ exact }) => exact) ?? []
  return [
    ...cites.flatMap((id) => [terminal.say('case.cites', { id }), ...quotesOf(id).map((quote) => `  “${quote}”`)]),
    ...norms.map((norm) => terminal.say('case.norm', { norm: wordsOf(terminal, 'norm', [norm]) })),
  ]
}

/** Under what limits the text of an act was given, and whether its marking is above what the channel may carry. */
export function describeLimits(act: ActView, state: StateObject, terminal: Terminal): string[] {
  const { aboveCeiling, body, data, type, verdict } = act
  const above =
    aboveCeiling === undefined
      ? []
      : [terminal.say('case.above-ceiling', { ceiling: wordsOf(terminal, 'handling', [aboveCeiling]) })]
  if (body === undefined || verdict !== 'valid' || !type.startsWith('request.') || findType(type) === undefined) {
    return above
  }
  const { conditions, handling, use } = limitsOf(
    { type: type as RequestType, data },
    state as unknown as Pick<RequestState, 'accepted' | 'handling'>,
  )
  const parts = [
    wordsOf(terminal, 'handling', [handling]),
    ...(use === undefined ? [] : [wordsOf(terminal, 'use', [use])]),
    ...(conditions.length === 0 ? [] : [wordsOf(terminal, 'condition', conditions)]),
  ]
  return [...above, `(${parts.join('; ')})`]
}

/** What the node says of content before it leaves. */
export function describeChecks(checks: ContentChecks, terminal: Terminal): string[] {
  const { aboveCeiling, alsoAsked, ceiling, loose, missing } = checks
  return [
    ...(aboveCeiling && ceiling !== null
      ? [terminal.say('case.above-ceiling', { ceiling: wordsOf(terminal, 'handling', [ceiling]) })]
      : []),
    ...describeMissing(missing, terminal),
    ...describeAlsoAsked(alsoAsked, terminal),
    ...loose.map((name) => terminal.say('case.loose', { name: JSON.stringify(name) })),
  ]
}

/** What is owed, by whom, by when, and how it stands. A target that is not one moment is shown from its first to its last. */
export function describeClock({ owedBy, state, target, what }: Clock, { language }: Terminal): string {
  const { notAfter, notBefore } = target
  const ends = [notBefore, notAfter].map((at) => (at === null ? '…' : showMoment(at)))
  const span = ends[0] === ends[1] ? ends[0] : ends.join(' – ')
  return `${owedBy}  ${wordOf(language, `clock.${what}`)}  ${span}  [${wordOf(language, `clockState.${state}`)}]`
}
