// What binds a request to others, as clients see it: who else asks about the same, and which requests name each other.

import type { RequestState, SubjectState } from '@parley/mechanism'
import type { AlsoAsked, RequestLink, RequestSummary } from '@parley/api'
import { limits } from '@parley/api'
import { listNaming, listSharing } from '../db/request-ties.ts'
import type { TieKind } from '../db/request-ties.ts'
import { readSubjects } from '../db/subjects.ts'
import { listTitles } from '../db/texts.ts'
import type { ParleyNode } from '../node.ts'

type Store = Pick<ParleyNode, 'database'>

/** The requests of a channel that carry one of these keyed digests, but for the one with the id. */
export async function viewAlsoAsked(
  node: Store,
  channel: string,
  matter: readonly string[],
  id?: string,
): Promise<AlsoAsked[]> {
  const sharing = (await listSharing(node.database.reader, channel, matter))
    .filter(({ subject }) => subject !== id)
    .slice(0, limits.tiesMax)
  const summaries = await viewSummaries(
    node,
    channel,
    sharing.map(({ subject }) => subject),
  )
  return sharing.flatMap(({ shared, subject }) => {
    const request = summaries.get(subject)
    return request === undefined ? [] : [{ request, shared }]
  })
}

/** The links of a request in both directions: what it says of others first, then what others say of it. */
export async function viewLinks(node: Store, channel: string, id: string, state: RequestState): Promise<RequestLink[]> {
  const naming = (await listNaming(node.database.reader, channel, id)).slice(0, limits.tiesMax)
  const { conversions, earlier, forwards, related, relation } = state
  const named = [earlier, ...related, ...conversions.map(({ request }) => request)].filter((one) => one !== undefined)
  const ids = [...new Set([...named, ...naming.map(({ subject }) => subject)])]
  const summaries = await viewSummaries(node, channel, ids)
  const relations = await readRelations(node, channel, naming)
  const link = (
    kind: RequestLink['kind'],
    other: string | undefined,
    more: Partial<RequestLink> = {},
  ): RequestLink => ({
    kind,
    direction: 'names',
    request: (other === undefined ? undefined : summaries.get(other)) ?? null,
    ...(other === undefined ? {} : { id: other }),
    ...more,
  })
  return [
    ...(earlier === undefined || relation === 'new' ? [] : [link(relation, earlier)]),
    ...related.map((other) => link('related', other)),
    ...conversions.map(({ by, request }) => link('converted', request, { by })),
    ...forwards.map(({ authority, office }) =>
      link('forwarded', undefined, { by: authority, ...(office === undefined ? {} : { office }) }),
    ),
    ...naming.map(({ kind, subject }) => link(kindOf(kind, relations.get(subject)), subject, { direction: 'named' })),
  ]
}

function kindOf(kind: TieKind, relation: RequestState['relation'] | undefined): RequestLink['kind'] {
  if (kind === 'converted') return 'converted'
  if (kind === 'related' || relation === undefined || relation === 'new') return 'related'
  return relation
}

/** What those that name it as the earlier one are to it. */
async function readRelations(
  node: Store,
  channel: string,
  naming: readonly { readonly subject: string; readonly kind: TieKind }[],
): Promise<ReadonlyMap<string, RequestState['relation']>> {
  const ids = naming.filter(({ kind }) => kind === 'earlier').map(({ subject }) => subject)
  const states = await readStates(node, channel, ids)
  return new Map([...states].map(([id, { relation }]) => [id, relation]))
}

async function readStates(
  { database }: Store,
  channel: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RequestState>> {
  const rows = await readSubjects(database.reader, channel, ids)
  const requests = rows.filter(({ topic }) => topic === 'request')
  return new Map(
    requests.map(({ id, state }) => [id, (JSON.parse(state) as Extract<SubjectState, { topic: 'request' }>).state]),
  )
}

async function viewSummaries(
  node: Store,
  channel: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RequestSummary>> {
  const [states, titles] = await Promise.all([
    readStates(node, channel, ids),
    listTitles(node.database.reader, channel, ids),
  ])
  return new Map(
    [...states].map(([id, { from, kind, status, to }]) => [
      id,
      { id, channel, requesting: from, requested: to, kind, status, title: titles.get(id) ?? null },
    ]),
  )
}
