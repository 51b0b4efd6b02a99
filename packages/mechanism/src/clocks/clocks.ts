// The clocks of a request: what is owed, from when, by when, whether it was done. Computed from the acts of the request,
// the guidelines in force when it was opened, and a moment that the caller names. SPEC.md [CL] rules it.

import { orderActs, type Act } from '../act.ts'
import type { Code } from '../codes.ts'
import { assert } from '../error.ts'
import { calendarOf, findTarget } from '../guidelines/look-up.ts'
import type { Guidelines, Span, TargetName, WorkingCalendar } from '../guidelines/shape.ts'
import { addSpan, countedTime, moveOn } from '../guidelines/working-time.ts'
import { isRequestAct, isRequesting, type RequestAct } from '../request/shapes.ts'
import { intervalOf, receiptOf } from '../time/evidence.ts'
import { earlier, exactly, later, mapInterval, type Interval } from '../time/interval.ts'
import { stateOfClock } from './clock-state.ts'
import { lengthOfPauses, listPauses, type Pause } from './pauses.ts'

/** One clock. Plain JSON. */
export interface Clock {
  readonly what: Code<'clock'>
  /** The party that owes it. */
  readonly owedBy: string
  /** The entry that it runs from. */
  readonly entry: string
  readonly from: Interval
  readonly target: Interval
  readonly done: Interval | null
  readonly state: Code<'clockState'>
}

const requestedSteps = ['acknowledgement', 'triage', 'decision', 'first-answer', 'final-answer'] as const
type RequestedStep = (typeof requestedSteps)[number]
const dayMilliseconds = 86_400_000

/**
 * The clocks of a request at a moment, in Unix milliseconds. The acts are the valid ones of the request, in any order, its
 * opening among them; the guidelines are those of the pack in force as the author of the opening had seen.
 */
export function viewClocks(acts: readonly Act[], guidelines: Guidelines, now: number): readonly Clock[] {
  const ordered = orderActs(acts.filter(isRequestAct)).filter(isRequestAct)
  const opened = ordered.find((act): act is RequestAct<'request.opened'> => act.type === 'request.opened')
  assert(opened !== undefined, 'the acts of a request hold its opening')
  const at: Request = { acts, ordered, opened, guidelines, now, pauses: [] }
  const request = { ...at, pauses: listPauses(ordered, { evidence: acts, on: guidelines.pauses.while }) }
  return [
    ...requestedSteps.flatMap((step) => viewRequestedStep(request, step)),
    ...request.pauses.flatMap((pause) => viewClarification(request, pause)),
    ...viewPreservationEnd(request),
  ]
}

interface Request {
  readonly acts: readonly Act[]
  readonly ordered: readonly RequestAct[]
  readonly opened: RequestAct<'request.opened'>
  readonly guidelines: Guidelines
  readonly now: number
  readonly pauses: readonly Pause[]
}

/** The acts by which a step is done. */
const doing: Readonly<Record<RequestedStep, (act: RequestAct) => boolean>> = {
  acknowledgement: (act) => !isRequesting(act.type),
  triage: (act) => act.type === 'request.triaged' || isDecision(act),
  decision: isDecision,
  'first-answer': isSubstance,
  'final-answer': (act) => isSubstance(act) && !(act.type === 'request.answered' && act.data.outcome === 'part'),
}

function isSubstance({ type }: RequestAct): boolean {
  return type === 'request.answered' || type === 'request.refused' || type === 'request.preserved'
}

function isDecision(act: RequestAct): boolean {
  return act.type === 'request.accepted' || isSubstance(act)
}

function viewRequestedStep(request: Request, step: RequestedStep): readonly Clock[] {
  const { acts, guidelines, now, opened, ordered, pauses } = request
  const stops = guidelines.pauses.stops.includes(step) ? pauses : []
  const moved = findMovedTarget(request, step, stops)
  if (moved === undefined) return []
  const from = receiptOf(opened, acts, opened.data.to)
  const act = ordered.find(doing[step])
  const done = act === undefined ? undefined : intervalOf(act, acts)
  const target = step === 'acknowledgement' || step === 'triage' ? moved : extend(request, moved)
  return [
    {
      what: step,
      owedBy: opened.data.to,
      entry: opened.digest,
      from,
      target,
      done: done ?? null,
      state: stateOfClock(
        {
          target,
          done,
          warning: lastQuarter(from, target),
          isPaused: stops.some(({ until }) => until === undefined),
          isStopped: hasEnded(ordered),
        },
        now,
      ),
    },
  ]
}

/**
 * The target without extensions: as opened, or by a raise of the urgency where that comes to an earlier moment; moved by
 * the pauses.
 */
function findMovedTarget(
  { acts, guidelines, now, opened, ordered }: Request,
  step: TargetName,
  stops: readonly Pause[],
): Interval | undefined {
  const { kind, to, urgency } = opened.data
  const calendar = calendarOf(guidelines, to)
  const raises = ordered.flatMap((act) => {
    return act.type === 'request.supplemented' && act.data.urgency !== undefined
      ? [{ act, urgency: act.data.urgency }]
      : []
  })
  return [{ act: opened, urgency }, ...raises].reduce<Interval | undefined>((earliest, stated) => {
    const span = findTarget(guidelines, { kind, urgency: stated.urgency, step })
    if (span === undefined) return earliest
    const plain = mapInterval(receiptOf(stated.act, acts, to), (moment) => addSpan(moment, span, calendar))
    const target = moveByPauses(plain, { stops, now, unit: span.unit, calendar })
    return earliest === undefined ? target : earlier(earliest, target)
  }, undefined)
}

/** What did not count while the asking side owed something counts later, in the same kind of time. */
function moveByPauses(
  { notAfter, notBefore }: Interval,
  by: {
    readonly stops: readonly Pause[]
    readonly now: number
    readonly unit: Span['unit']
    readonly calendar: WorkingCalendar
  },
): Interval {
  const { calendar, now, stops, unit } = by
  const { least, most } = lengthOfPauses(stops, now, (from, until) => countedTime(from, until, unit, calendar))
  return {
    notBefore: notBefore === null ? null : moveOn(notBefore, least, unit, calendar),
    notAfter: notAfter === null || most === null ? null : moveOn(notAfter, most, unit, calendar),
  }
}

/**
 * The target with the extensions that count: agreed by the asking side where the guidelines demand it, no more than they
 * admit, not longer than they admit unless it was agreed, and not made when the target had certainly passed.
 */
function extend({ acts, guidelines, opened, ordered }: Request, target: Interval): Interval {
  const { agreement, atMost, times } = guidelines.extension
  const calendar = calendarOf(guidelines, opened.data.to)
  const latest = mapInterval(target, (moment) => addSpan(moment, atMost, calendar))
  const isAgreed = (entry: string): boolean => {
    return ordered.some((act) => act.type === 'request.agreed' && act.data.extension === entry)
  }
  let extended = target
  let used = 0
  for (const act of ordered) {
    if (act.type !== 'request.extended') continue
    const agreed = isAgreed(act.digest)
    if (!agreed && (agreement || used >= times)) continue
    const made = intervalOf(act, acts).notBefore
    if (!agreed && made !== null && extended.notAfter !== null && made > extended.notAfter) continue
    if (!agreed) used++
    const until = exactly(act.data.until)
    extended = later(extended, agreed ? until : earlier(until, latest))
  }
  return extended
}

function viewClarification({ acts, guidelines, now, opened, ordered }: Request, pause: Pause): readonly Clock[] {
  const { kind, urgency } = opened.data
  const span = findTarget(guidelines, { kind, urgency, step: 'clarification' })
  if (span === undefined) return []
  const from = receiptOf(pause.act, acts, opened.party)
  const target = mapInterval(from, (moment) => addSpan(moment, span, calendarOf(guidelines, opened.party)))
  const standing = { target, done: pause.until, warning: lastQuarter(from, target), isPaused: false }
  return [
    {
      what: 'clarification',
      owedBy: opened.party,
      entry: pause.act.digest,
      from,
      target,
      done: pause.until ?? null,
      state: stateOfClock({ ...standing, isStopped: hasEnded(ordered) }, now),
    },
  ]
}

/** The end of what is preserved by the latest undertaking, which the asking side lets pass or has renewed. */
function viewPreservationEnd({ acts, guidelines, now, opened, ordered }: Request): readonly Clock[] {
  const kept = ordered.findLast((act) => act.type === 'request.preserved')
  if (kept === undefined) return []
  const released = ordered.some((act) => act.type === 'request.released')
  const [firstAlarm] = guidelines.preservation.alarmDays
  const target = exactly(kept.data.until)
  const warning = kept.data.until - (firstAlarm ?? 0) * dayMilliseconds
  const standing = { target, done: undefined, warning, isPaused: false, isStopped: released || hasEnded(ordered) }
  return [
    {
      what: 'preservation',
      owedBy: opened.party,
      entry: kept.digest,
      from: intervalOf(kept, acts),
      target,
      done: null,
      state: stateOfClock(standing, now),
    },
  ]
}

function hasEnded(ordered: readonly RequestAct[]): boolean {
  return ordered.some(({ type }) => type === 'request.withdrawn' || type === 'request.closed')
}

/** When three quarters of the time are over. */
function lastQuarter(from: Interval, target: Interval): number | null {
  if (from.notBefore === null || target.notBefore === null) return null
  return target.notBefore - Math.floor((target.notBefore - from.notBefore) / 4)
}
