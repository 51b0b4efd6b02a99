// A request by its digest or by the beginning of it.

import type { Client } from '@parley/api/client'
import { findDigest } from '../find-digest.ts'
import type { Terminal } from '../terminal.ts'

/** @throws CliError as `findDigest` */
export function findRequest(client: Client, channel: string, text: string, terminal: Terminal): Promise<string> {
  return findDigest(text, (query) => client.listRequests({ params: { channel }, query }), terminal)
}
