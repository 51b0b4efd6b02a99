// Pages of requests for the lists of the contract: the cursor, the page, and the question that somebody typed.

import { listRequestRows } from '../db/request-rows.ts'
import type { RequestFilter, RequestPlace, StoredRequestRow } from '../db/request-rows.ts'
import { pageRowsMax } from '../db/page.ts'
import { HttpError } from '../http/error.ts'
import type { ParleyNode } from '../node.ts'
import { parseQuestion } from '../search/words.ts'

const limitDefault = 50

export interface RequestPage {
  readonly rows: readonly StoredRequestRow[]
  readonly next: string | null
}

/** @throws HttpError `cursor.malformed` */
export async function readRequestPage(
  node: ParleyNode,
  filter: RequestFilter,
  asked: { readonly cursor?: string | undefined; readonly limit?: number | undefined },
): Promise<RequestPage> {
  const limit = asked.limit ?? limitDefault
  const after = parsePlace(asked.cursor)
  // One row more than the page says whether another page follows; the store gives so many at the most.
  const found = await listRequestRows(node.database, filter, {
    limit: Math.min(limit + 1, pageRowsMax),
    ...(after === undefined ? {} : { after }),
  })
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  const isFull = found.length > limit || found.length === pageRowsMax
  return { rows, next: isFull && last !== undefined ? formatPlace(last) : null }
}

/** What to look for. @throws HttpError `filter.malformed` when there is no word in it */
export function parseMatch(q: string): NonNullable<RequestFilter['match']> {
  const question = parseQuestion(q)
  if (question === undefined) throw new HttpError('filter.malformed', 'There is no word in what is to be searched for')
  return question
}

function formatPlace({ changed, document, dueAt }: RequestPlace): string {
  return Buffer.from([dueAt, changed, document].join(' ')).toString('base64url')
}

function parsePlace(cursor: string | undefined): RequestPlace | undefined {
  if (cursor === undefined) return undefined
  const numbers = Buffer.from(cursor, 'base64url').toString().split(' ')
  if (numbers.length !== 3 || !numbers.every((number) => /^(0|[1-9][0-9]{0,15})$/.test(number))) {
    throw new HttpError('cursor.malformed', 'This cursor was not given by this list')
  }
  const [dueAt = 0, changed = 0, document = 0] = numbers.map(Number)
  if (![dueAt, changed, document].every((number) => Number.isSafeInteger(number))) {
    throw new HttpError('cursor.malformed', 'This cursor was not given by this list')
  }
  return { dueAt, changed, document }
}
