// What a draft says, at rest: sealed to our own archive, because whoever comes by a copy of the database or of a backup
// should read no more of what is about to be said than of what was said.

import { formatCanonical, formatUtf8, parseUtf8 } from '@parley/record'
import type { CanonicalObject } from '@parley/record'
import { open, parseRecipient, seal } from '@parley/record/node'
import type { ParleyNode } from '../node.ts'
import { ReleaseError } from './error.ts'

/** Data and text of a draft, as JSON. */
export const draftContentBytesMax = 128 * 1024

/** As far as it has been written: nothing here has been checked against the shape of its type. */
export interface DraftContent {
  readonly data: CanonicalObject
  readonly body?: CanonicalObject
  readonly exercise?: true
}

/** @throws ReleaseError `draft.limit` */
export function sealContent({ registry }: Pick<ParleyNode, 'registry'>, content: DraftContent): Uint8Array {
  const bytes = formatUtf8(JSON.stringify(content))
  if (bytes.length > draftContentBytesMax) throw new ReleaseError('draft.limit', 'the draft is too long')
  return seal(bytes, [parseRecipient(registry.key(registry.self, 'archive'))])
}

export function openContent({ keyring }: Pick<ParleyNode, 'keyring'>, sealed: Uint8Array): DraftContent {
  return JSON.parse(parseUtf8(open(sealed, [keyring.archive]))) as DraftContent
}

/** Whether two contents say the same. */
export function isSameContent(a: DraftContent, b: DraftContent): boolean {
  const text = (one: DraftContent): string => parseUtf8(formatCanonical(one))
  return text(a) === text(b)
}
