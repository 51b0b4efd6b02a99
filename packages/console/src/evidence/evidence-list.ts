// The evidence of a channel, page by page: a query of its own, because only the pages of evidence ask it.

import { infiniteQueryOptions } from '@tanstack/react-query'
import { client } from '../data/client.ts'

/** The evidence of a channel, or of one request of it, what changed last first. */
export function evidenceList(channel: string, request: string | undefined) {
  const asked = { params: { channel }, query: request === undefined ? {} : { request } }
  return infiniteQueryOptions({
    queryKey: ['listEvidence', asked],
    queryFn: ({ signal, pageParam }) =>
      client.listEvidence(
        { ...asked, query: { ...asked.query, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
}
