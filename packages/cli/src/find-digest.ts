// A subject by its digest or by the beginning of it, among those that a list gives page by page.

import { CliError } from './error.ts'
import type { Terminal } from './terminal.ts'

const whole = /^[0-9a-f]{64}$/
const beginning = /^[0-9a-f]{6,63}$/
export const rowsPerPage = 100

interface Page {
  readonly items: readonly { readonly id: string }[]
  readonly next: string | null
}

/** @throws CliError `usage.argument` (no digest, or several begin so), `entry.absent` */
export async function findDigest(
  text: string,
  read: (query: { limit: number; cursor?: string }) => Promise<Page>,
  { say }: Terminal,
): Promise<string> {
  if (whole.test(text)) return text
  if (!beginning.test(text)) throw new CliError('usage.argument', say('error.digest', { value: text }))
  const found: string[] = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await read({ limit: rowsPerPage, ...(cursor === undefined ? {} : { cursor }) })
    found.push(...page.items.map(({ id }) => id).filter((id) => id.startsWith(text)))
    cursor = page.next
  }
  if (found.length === 1) return found[0]!
  if (found.length > 1) throw new CliError('usage.argument', say('error.several', { value: text }))
  throw new CliError('entry.absent', say('error.absent', { value: text }))
}
