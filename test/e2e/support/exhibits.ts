// Files of evidence made through the interface of a node, by the console's own sender.

import { setTimeout as sleep } from 'node:timers/promises'
import { beginUpload, sendFile } from '../../../packages/console/src/data/send-file.ts'
import { until } from './two-nodes.ts'
import type { Desk } from './two-nodes.ts'

/** Seals a file; resolves to the item. */
export async function sealFile(
  { channel, client }: Desk,
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  request?: string,
): Promise<string> {
  const said = { filename: name, media: 'log-files', handling: 'amber', request }
  const id = await beginUpload(client, channel, bytes.length, said)
  return sendFile(client, { channel, id }, new Blob([bytes]), {
    signal: new AbortController().signal,
    onSent: () => undefined,
    onLost: () => undefined,
    wait: (seconds) => sleep(seconds * 1000),
  })
}

/** Records an act about an item. */
export async function actOnItem({ channel, client }: Desk, item: string, type: string, data: object): Promise<void> {
  await client.appendAct({ params: { channel }, body: { type, subject: item, data } as never })
}

/** Waits until a desk sees a party's copy of an item stand so. */
export async function untilCustody(
  { channel, client }: Desk,
  item: string,
  party: string,
  status: string,
): Promise<void> {
  await until(`${party} has ${status} the item`, async () => {
    const { item: row } = await client.viewEvidence({ params: { channel, id: item } })
    return row.custody.some((one) => one.party === party && one.status === status) ? true : undefined
  })
}
