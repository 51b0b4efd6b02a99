// What the pages read, each under a key made of its operation's name and input, so that a change can be told to every
// page that shows it without any page knowing of another.

import { infiniteQueryOptions, MutationCache, QueryCache, QueryClient, queryOptions } from '@tanstack/react-query'
import { toInboxQuery } from './list-query.ts'
import type { ListQuery } from './list-query.ts'
import { ApiProblem } from '@parley/api/client'
import type { Client } from '@parley/api/client'
import type { OperationName } from '@parley/api'
import { client } from './client.ts'

type InputOf<N extends OperationName> = NonNullable<Parameters<Client[N]>[0]>
type AnswerOf<N extends OperationName> = Awaited<ReturnType<Client[N]>>
type InputArgument<N extends OperationName> = undefined extends Parameters<Client[N]>[0]
  ? [input?: InputOf<N>]
  : [input: InputOf<N>]

const freshSeconds = 30
const retriesMax = 2

/** What a page reads: `view('viewRequest', { params: { channel, id } })`. */
export function view<N extends OperationName>(name: N, ...[input]: InputArgument<N>) {
  return queryOptions({
    queryKey: [name, input ?? {}],
    queryFn: ({ signal }) =>
      (client[name] as (input: unknown, options: object) => Promise<AnswerOf<N>>)(input, { signal }),
  })
}

/** The inbox, of one channel or of all, page by page, by the cursors that the node gives. */
export function inboxList(channel: string | undefined, query: ListQuery) {
  const asked = { ...toInboxQuery(query), ...(channel === undefined ? {} : { channel }) }
  return infiniteQueryOptions({
    queryKey: ['listInbox', asked],
    queryFn: ({ signal, pageParam }) =>
      client.listInbox({ query: { ...asked, ...(pageParam === null ? {} : { cursor: pageParam }) } }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
}

/** The signatures over a log's heads, newest first. */
export function signatureList(log: string) {
  return infiniteQueryOptions({
    queryKey: ['listCosignatures', { params: { log } }],
    queryFn: ({ signal, pageParam }) =>
      client.listCosignatures(
        { params: { log }, ...(pageParam === null ? {} : { query: { cursor: pageParam } }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
}

/** True for the problem that means: sign in first. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === 'http.credentials'
}

/** The cache. `onSignedOut` is called when an answer shows that the session has ended. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      // The question after the session itself needs no telling: whoever asked it sees the answer.
      onError: (error, { queryKey }) => {
        if (isSignedOut(error) && queryKey[0] !== 'viewSession') onSignedOut()
      },
    }),
    mutationCache: new MutationCache({
      onError: (error) => {
        if (isSignedOut(error)) onSignedOut()
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: freshSeconds * 1000,
        // A refusal stays a refusal; only a link that failed is tried again.
        retry: (count, error) => count < retriesMax && error instanceof ApiProblem && error.status === 0,
      },
    },
  })
}
