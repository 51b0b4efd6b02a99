// The manifest of what goes along with a text: items of evidence, each with its name, its length and the digest that it commits to.

import type { Client } from '@parley/api/client'
import type { StateObject } from '@parley/api'
import type { EvidenceState } from '@parley/mechanism'
import { CliError } from './error.ts'
import { findDigest } from './find-digest.ts'
import type { Terminal } from './terminal.ts'

/** What is inside a sealed file nobody looks for: the author may say more elsewhere. */
const unknownMedia = 'application/octet-stream'

/**
 * The body with the items in its manifest; each is told by its digest or the beginning of it.
 *
 * @throws CliError `usage.text` where there is no text that they could go along with, and as `findDigest`.
 */
export async function attachItems(
  client: Client,
  channel: string,
  { body, items }: { readonly body: StateObject | undefined; readonly items: readonly string[] | undefined },
  terminal: Terminal,
): Promise<StateObject | undefined> {
  if (items === undefined) return body
  if (body === undefined) throw new CliError('usage.text', terminal.say('error.text-missing'))
  const attachments = await Promise.all(
    items.map(async (text) => {
      const read = (query: { limit: number; cursor?: string }) => client.listEvidence({ params: { channel }, query })
      const id = await findDigest(text, read, terminal)
      const { item, state } = await client.viewEvidence({ params: { channel, id } })
      return {
        name: item.name ?? id.slice(0, 16),
        media: unknownMedia,
        bytes: item.bytes,
        digest: (state as unknown as EvidenceState).ciphertext,
        item: id,
      }
    }),
  )
  return { ...body, attachments }
}
