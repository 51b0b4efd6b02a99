// The custody of one item as a document that stands by itself: what each party says it did with its copy, and with each entry
// the proof that it is in its author's log, signed and cosigned. `parley verify` checks it offline.

import { formatCanonical, formatTlogProof, parseUtf8 } from '@parley/record'
import type { CanonicalObject } from '@parley/record'
import { listEntriesOfSubject } from '../db/entries.ts'
import type { ParleyNode } from '../node.ts'
import { pageRowsMax } from '../db/page.ts'
import { readItem } from './evidence.ts'
import { proveStored } from './prove-stored.ts'
import { ServerError } from '../error.ts'

/**
 * The certificate as canonical JSON.
 *
 * @throws ServerError `evidence.unknown`; `entry.unpublished` while a signed head does not cover one of the entries.
 */
export async function formatCertificate(node: ParleyNode, channel: string, id: string): Promise<string> {
  const { custody, ...item } = await readItem(node, channel, id)
  const rows = await listEntriesOfSubject(node.database.reader, { channel, subject: id, limit: pageRowsMax })
  const entries: CanonicalObject[] = []
  for (const row of rows) {
    const log = node.registry.logs().find(({ origin }) => node.shelf.numberOf(origin) === row.log)
    if (log === undefined || row.verdict !== 'valid' || row.type?.startsWith('evidence.') !== true) continue
    const proven = await proveStored(node, log, row)
    if (proven === undefined) throw new ServerError('entry.unpublished', 'no signed checkpoint covers an entry yet')
    entries.push({
      origin: log.origin,
      position: row.position,
      type: row.type,
      proof: parseUtf8(
        formatTlogProof({ index: row.position, hashes: proven.hashes, note: proven.note, extra: row.bytes }),
      ),
    })
  }
  return parseUtf8(
    formatCanonical({
      v: 1,
      kind: 'parley.custody',
      channel,
      item: id,
      facts: item as unknown as CanonicalObject,
      custody: custody as unknown as CanonicalObject[],
      entries,
    }),
  )
}
