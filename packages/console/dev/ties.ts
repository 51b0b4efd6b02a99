// What binds the requests of the development record to each other. Development only.

import type { RequestLink, RequestSummary, RequestView } from '@parley/api'
import { listSameMatter, view } from '@parley/mechanism'
import type { Act, SameMatter } from '@parley/mechanism'

const stateOf = (acts: readonly Act[], parties: readonly string[], id: string) =>
  view(
    'request',
    acts.filter(({ subject }) => subject === id),
    parties,
  )

const listOpened = (acts: readonly Act[]) => acts.filter(({ type }) => type === 'request.opened')

export function listShared(acts: readonly Act[], parties: readonly string[], id: string): readonly SameMatter[] {
  const matterOf = (one: string) => ({ id: one, matter: stateOf(acts, parties, one).matter })
  return listSameMatter(
    matterOf(id),
    listOpened(acts).map(({ subject }) => matterOf(subject)),
  )
}

export function ties(
  acts: readonly Act[],
  parties: readonly string[],
  id: string,
  summaryOf: (id: string) => RequestSummary,
): Pick<RequestView, 'alsoAsked' | 'links'> {
  const { conversions, earlier, forwards, related, relation } = stateOf(acts, parties, id)
  const names = (kind: RequestLink['kind'], other?: string, by?: string): RequestLink => ({
    kind,
    direction: 'names',
    request: other === undefined ? null : summaryOf(other),
    ...(other === undefined ? {} : { id: other }),
    ...(by === undefined ? {} : { by }),
  })
  return {
    alsoAsked: listShared(acts, parties, id).map(({ id: other, shared }) => ({
      request: summaryOf(other),
      shared: shared.length,
    })),
    links: [
      ...(earlier === undefined ? [] : [names(relation === 'new' ? 'related' : relation, earlier)]),
      ...related.map((other) => names('related', other)),
      ...conversions.map(({ by, request }) => names('converted', request, by)),
      ...forwards.map(({ authority }) => names('forwarded', undefined, authority)),
      ...listOpened(acts)
        .filter(({ data }) => data['earlier'] === id)
        .map(({ subject }): RequestLink => ({ ...names('follow-up', subject), direction: 'named' })),
    ],
  }
}
