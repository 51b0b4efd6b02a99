// Lets what waits leave: the digest is computed once more from the stored bytes, the approvals are put in, and the entry is
// recorded in one durable transaction with the end of its draft. What is recorded is what was approved (T-13).

import { channelOrigin, entryDigest, formatEntry, parseEntry, withApprovals } from '@parley/record'
import { removeDraft } from '../db/drafts.ts'
import { settleRelease } from '../db/releases.ts'
import { submit } from '../desk/act.ts'
import type { RecordedAct } from '../desk/act.ts'
import { findRemembered } from '../desk/repetition.ts'
import type { ParleyNode } from '../node.ts'
import { openMeant } from './approve.ts'
import type { ReleaseOrder } from './approve.ts'
import { takeTurn } from './drafts.ts'
import { ReleaseError } from './error.ts'
import { ruleRelease } from './rules.ts'
import { isInForce } from './waiting.ts'

/**
 * Records what waits; resolves when it is durable. Asked again, it gives the place where it was recorded.
 *
 * @throws ReleaseError `release.unknown`, `release.changed`, `release.short`, `release.revoked`, `release.stale`,
 *   `release.above-ceiling`;
 *   ServerError `entry.refused`, `log.read-only`, `log.busy`: then it still waits.
 */
export function releaseDraft(node: ParleyNode, order: Omit<ReleaseOrder, 'person'>): Promise<RecordedAct> {
  const { channel, digest, draft } = order
  const key = `${channel} release ${draft} ${digest}`
  return takeTurn(node, draft, async () => {
    const before = await findRemembered(node, key)
    if (before !== undefined) return before.recorded
    const waiting = await openMeant(node, order)
    const { aboveCeiling, approvals, body, demand, stale, version } = waiting
    const inForce = (official: string): boolean => isInForce(node, official)
    const refusal = ruleRelease(waiting, demand, { inForce, stale, aboveCeiling: aboveCeiling !== undefined })
    if (refusal !== undefined) throw new ReleaseError(refusal, 'it may not leave as it is')
    const entry = parseEntry(waiting.entry)
    if (entryDigest(node.crypto, entry) !== digest) {
      throw new ReleaseError('release.changed', 'the stored bytes are not those that were approved')
    }
    const approved = withApprovals(
      entry,
      approvals.map(({ approval }) => approval),
    )
    const submission = {
      kind: 'submission',
      origin: channelOrigin(node.home.settings.prefix, channel),
      entry: formatEntry(approved),
      bodies: entry.body === undefined || body === null ? [] : [{ digest: entry.body.ciphertext, bytes: body }],
    } as const
    const statements = [...settleRelease(draft, waiting.digest, approvals.length), ...removeDraft(draft, version)]
    return submit(node, submission, { key, statements })
  })
}
