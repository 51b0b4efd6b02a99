// What the list of requests is narrowed to, as it stands in the address of the page.

import { codeLists } from '@parley/mechanism'

export interface ListQuery {
  readonly direction?: 'incoming' | 'outgoing'
  readonly status?: string
  readonly q?: string
}

const queryLengthMax = 200

/** Reads the search part of an address; what it does not understand is left out. */
export function parseListQuery(search: Record<string, unknown>): ListQuery {
  const { direction, status, q } = search
  return {
    ...(direction === 'incoming' || direction === 'outgoing' ? { direction } : {}),
    ...(typeof status === 'string' && (codeLists.requestStatus as readonly string[]).includes(status)
      ? { status }
      : {}),
    ...(typeof q === 'string' && q.trim() !== '' ? { q: q.slice(0, queryLengthMax) } : {}),
  }
}
