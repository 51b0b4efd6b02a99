// Where a list goes on: a number that only this node reads.

import { HttpError } from '../http/error.ts'

export function formatCursor(position: number): string {
  return Buffer.from(String(position)).toString('base64url')
}

/** @throws HttpError `cursor.malformed` */
export function parseCursor(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined
  const text = Buffer.from(cursor, 'base64url').toString()
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text))
    throw new HttpError('cursor.malformed', 'This cursor was not given by this list')
  return Number(text)
}
