// What the person said of a file when they began to upload it, for the same person who goes on with it later. It is kept
// sealed to our archive key; the upload itself knows bytes only.

import { parseUtf8 } from '@parley/record'
import { open } from '@parley/record/node'
import { readUpload } from '../db/evidence-uploads.ts'
import type { ParleyNode } from '../node.ts'
import type { EvidenceOrder } from './evidence.ts'

/** The caller has checked that the upload is theirs. Undefined when it went away meanwhile. */
export async function readUploadOrder(
  { database, keyring }: ParleyNode,
  id: string,
): Promise<EvidenceOrder | undefined> {
  const row = await readUpload(database.reader, id)
  if (row === undefined) return undefined
  const { said } = JSON.parse(parseUtf8(open(row.said, [keyring.archive]))) as { said: string }
  return (JSON.parse(said) as { order: EvidenceOrder }).order
}
