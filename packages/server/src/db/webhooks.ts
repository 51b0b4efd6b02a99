// The addresses of the party's own that are told when there is something to look at.

import { write } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

export interface Webhook {
  readonly id: string
  readonly url: string
  /** The key of the signatures; 32 bytes. */
  readonly secret: Uint8Array
  readonly createdBy: string
  /** Unix milliseconds. */
  readonly created: number
}

export function addWebhook({ createdBy, ...webhook }: Webhook): Statement {
  return write((db) => db.insertInto('webhooks').values({ ...webhook, created_by: createdBy }))
}

/** Refused (`db.conflict`) when there is none; what was still to be sent there is dropped. */
export function removeWebhook(id: string): Statement[] {
  return [
    write((db) => db.deleteFrom('webhooks').where('id', '=', id), 1),
    write((db) => db.deleteFrom('notices').where('way', '=', 'webhook').where('target', '=', id)),
  ]
}

export function listWebhooks(reader: Reader): Promise<Webhook[]> {
  return reader
    .selectFrom('webhooks')
    .select(['id', 'url', 'secret', 'created_by as createdBy', 'created'])
    .orderBy('created')
    .orderBy('id')
    .execute()
}
