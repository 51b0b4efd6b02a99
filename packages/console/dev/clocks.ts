// The clocks of a request in the development record, as a node might have computed them. Development only.

import type { Clock, RequestRow } from '@parley/api'
import type { Act } from '@parley/mechanism'

const hour = 3_600_000

/** The acts are those of the request, its opening first. */
export function clocksOf({ due, requested }: RequestRow, acts: readonly Act[]): Clock[] {
  const opening = acts[0]!
  const acknowledged = acts.find((act) => act.type === 'request.acknowledged')
  const from = { notBefore: opening.at, notAfter: opening.at + 3000 }
  const after = (hours: number) => ({
    notBefore: from.notBefore + hours * hour,
    notAfter: from.notAfter + hours * hour,
  })
  const owed = { owedBy: requested, entry: opening.digest, from }
  const acknowledgement: Clock = {
    ...owed,
    what: 'acknowledgement',
    target: after(24),
    state: acknowledged === undefined ? 'in-time' : 'met',
    done: acknowledged === undefined ? null : { notBefore: acknowledged.at, notAfter: acknowledged.at },
  }
  if (due === null) return [acknowledgement]
  const final = { notBefore: due.at + 12 * hour, notAfter: null }
  return [
    acknowledgement,
    { ...owed, what: 'first-answer', target: due.target, state: due.state, done: null },
    { ...owed, what: 'triage', target: after(7 * 24), state: 'disputed', done: null },
    { ...owed, what: 'final-answer', target: final, state: 'in-time', done: null },
  ]
}
