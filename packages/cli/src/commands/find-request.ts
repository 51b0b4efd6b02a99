// A request by its digest or by the beginning of it.

import type { Client } from '@parley/api/client'
import { CliError } from '../error.ts'
import type { Terminal } from '../terminal.ts'

export const requestsPerPage = 100
const whole = /^[0-9a-f]{64}$/
const beginning = /^[0-9a-f]{6,63}$/

/** @throws CliError `usage.argument` (no digest, or several begin so), `entry.absent` */
export async function findRequest(client: Client, channel: string, text: string, { say }: Terminal): Promise<string> {
  if (whole.test(text)) return text
  if (!beginning.test(text)) throw new CliError('usage.argument', say('error.digest', { value: text }))
  const found: string[] = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const query = { limit: requestsPerPage, ...(cursor === undefined ? {} : { cursor }) }
    const page = await client.listRequests({ params: { channel }, query })
    found.push(...page.items.map(({ id }) => id).filter((id) => id.startsWith(text)))
    cursor = page.next
  }
  if (found.length === 1) return found[0]!
  if (found.length > 1) throw new CliError('usage.argument', say('error.several', { value: text }))
  throw new CliError('entry.absent', say('error.absent', { value: text }))
}
