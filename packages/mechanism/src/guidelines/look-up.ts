// What the guidelines say of one kind of request at one urgency. A kind's own word goes before that for every kind.

import type { Code } from '../codes.ts'
import type { Guidelines, KindGuideline, Target, TargetName, WorkingCalendar } from './shape.ts'

/** What is said of a kind, or undefined where the guidelines say nothing of it. */
export function findKind(guidelines: Guidelines, kind: Code<'requestKind'>): KindGuideline | undefined {
  return guidelines.kinds.find((each) => each.kind === kind)
}

/** The particulars without which a request of this kind is incomplete; none where nothing is said of the kind. */
export function listRequired(guidelines: Guidelines, kind: Code<'requestKind'>): readonly Code<'particular'>[] {
  return findKind(guidelines, kind)?.required ?? []
}

/** By when a step is due, or undefined where the guidelines set no target for it. */
export function findTarget(
  guidelines: Guidelines,
  { kind, urgency, step }: { kind: Code<'requestKind'>; urgency: Code<'urgency'>; step: TargetName },
): Target | undefined {
  const own = findKind(guidelines, kind)?.targets?.[step]
  return own ?? guidelines.urgencies.find((each) => each.urgency === urgency)?.targets[step]
}

/** The grounds on which a request of this kind may be refused. */
export function listRefusalGrounds(
  guidelines: Guidelines,
  kind: Code<'requestKind'>,
): readonly Code<'refusalGround'>[] {
  return (findKind(guidelines, kind)?.refusal ?? guidelines.refusal).grounds
}

/** The grounds on which the execution of a request of this kind may be put off. */
export function listPostponementGrounds(
  guidelines: Guidelines,
  kind: Code<'requestKind'>,
): readonly Code<'postponementGround'>[] {
  return (findKind(guidelines, kind)?.postponement ?? guidelines.postponement).grounds
}

/** How a party works that the pack does not name, such as one that joined a channel under it: at every hour. */
const everyHour: WorkingCalendar = {
  zone: 'UTC',
  ahead: 0,
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  hours: [{ from: 0, until: 1440 }],
}

/** The calendar of a party. The parties of a compiled pack have one each; any other works at every hour. */
export function calendarOf(guidelines: Guidelines, party: string): WorkingCalendar {
  return guidelines.calendars.find((each) => each.party === party) ?? everyHour
}
