// Which files of evidence must go along with a bundle, as a running node says.

import type { Client } from '@parley/api/client'
import type { EvidenceState } from '@parley/mechanism'
import type { FileBeside } from '@parley/server'

/** Files that the node holds and that the party was handed and has not received; without one, every file that it holds. */
export async function listBeside(client: Client, channel: string, to: string | undefined): Promise<FileBeside[]> {
  const files: FileBeside[] = []
  for (let cursor: string | undefined; ;) {
    const query = cursor === undefined ? {} : { cursor }
    const { items, next } = await client.listEvidence({ params: { channel }, query })
    for (const { held, id } of items) {
      if (held.state !== 'held') continue
      const view = await client.viewEvidence({ params: { channel, id } })
      const { bytes, ciphertext, custody, from } = view.state as unknown as EvidenceState
      const theirs = custody.find(({ party }) => party === to)
      const isOwed = theirs?.given !== undefined && theirs.received === undefined && theirs.erased === undefined
      if (to === undefined || isOwed) files.push({ item: id, from, digest: ciphertext, bytes })
    }
    if (next === null) return files
    cursor = next
  }
}
