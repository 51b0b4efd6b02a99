// What binds a request to others, out of its computed state.

import type { SubjectState } from '@parley/mechanism'
import type { RequestTie } from '../db/request-ties.ts'
import type { Subject } from '../db/subjects.ts'

export function listTies({
  channel,
  id,
  state,
  topic,
}: Pick<Subject, 'channel' | 'id' | 'state' | 'topic'>): RequestTie[] {
  if (topic !== 'request') return []
  const viewed = JSON.parse(state) as Extract<SubjectState, { topic: 'request' }>
  const { conversions, earlier, matter, related } = viewed.state
  const converted = conversions.flatMap(({ request }) => (request === undefined ? [] : [request]))
  const named = {
    matter,
    earlier: earlier === undefined ? [] : [earlier],
    related,
    converted: [...new Set(converted)],
  }
  return (Object.keys(named) as (keyof typeof named)[]).flatMap((kind) =>
    named[kind].map((value) => ({ channel, subject: id, kind, value })),
  )
}
