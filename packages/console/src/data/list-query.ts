// What the inbox is narrowed to, as it stands in the address of the page, and the same as the node keeps it under a name.

import type { InboxFilter } from '@parley/api'
import { codeLists } from '@parley/mechanism'

export interface ListQuery {
  readonly direction?: 'incoming' | 'outgoing'
  readonly status?: string
  readonly q?: string
  /** `me`, `nobody`, or an account. */
  readonly assigned?: string
  readonly watched?: true
  readonly unread?: true
  /** Due within so many hours. */
  readonly due?: number
}

const queryLengthMax = 200
const accountLengthMax = 64
const dueHoursMax = 8784

/** Reads the search part of an address; what it does not understand is left out. */
export function parseListQuery(search: Record<string, unknown>): ListQuery {
  const { assigned, direction, due, q, status, unread, watched } = search
  const who = typeof assigned === 'string' && assigned !== '' ? assigned.slice(0, accountLengthMax) : undefined
  const hours = typeof due === 'number' && Number.isSafeInteger(due) && due >= 0 && due <= dueHoursMax ? due : undefined
  return {
    ...(direction === 'incoming' || direction === 'outgoing' ? { direction } : {}),
    ...(typeof status === 'string' && (codeLists.requestStatus as readonly string[]).includes(status)
      ? { status }
      : {}),
    ...(typeof q === 'string' && q.trim() !== '' ? { q: q.slice(0, queryLengthMax) } : {}),
    ...(who === undefined ? {} : { assigned: who }),
    ...(watched === true ? { watched } : {}),
    ...(unread === true ? { unread } : {}),
    ...(hours === undefined ? {} : { due: hours }),
  }
}

/** The query of the operation. */
export function toInboxQuery({ status, unread, watched, ...rest }: ListQuery) {
  return {
    ...rest,
    ...(status === undefined ? {} : { statuses: status }),
    ...(watched === undefined ? {} : { watched: 'true' as const }),
    ...(unread === undefined ? {} : { unread: 'true' as const }),
  }
}

/** As the node keeps it. */
export function toFilter({ due, status, ...rest }: ListQuery): InboxFilter {
  return {
    ...rest,
    ...(status === undefined ? {} : { statuses: [status] }),
    ...(due === undefined ? {} : { dueHours: due }),
  }
}

/** A kept filter as an address; of several statuses the first. */
export function fromFilter({ dueHours, statuses, ...rest }: InboxFilter): ListQuery {
  return parseListQuery({ ...rest, status: statuses?.[0], due: dueHours })
}
