// An approval of what waits: a signature over the digest of exactly those bytes, by a key of the person who gives it. It is
// verified here as every receiver will verify it.

import { parseEntry, RecordError, relyingPartyAt, governanceOrigin, seenSize, verifyApprovals } from '@parley/record'
import { withApprovals } from '@parley/record'
import type { Approval } from '@parley/record'
import { listStoredOfficials } from '../db/officials.ts'
import { DatabaseError } from '../db/error.ts'
import { addApproval, removeApproval } from '../db/releases.ts'
import type { ParleyNode } from '../node.ts'
import { takeTurn } from './drafts.ts'
import { ReleaseError } from './error.ts'
import { ruleApprove } from './rules.ts'
import { isInForce, officialSeenBy, openWaiting } from './waiting.ts'
import type { WaitingRelease } from './waiting.ts'

/** Which bytes are meant, and by whom: the digest is what the person was shown. */
export interface ReleaseOrder {
  readonly channel: string
  readonly draft: string
  /** Hexadecimal. */
  readonly digest: string
  readonly person: string
}

/**
 * Adds an approval to what waits.
 *
 * @throws ReleaseError `release.unknown`, `release.changed`, `release.official`, `release.author`, `release.twice`,
 *   `release.role`, `release.signature`
 */
export function approveRelease(node: ParleyNode, order: ReleaseOrder, approval: Approval): Promise<WaitingRelease> {
  const { channel, digest, draft, person } = order
  const { official } = approval
  return takeTurn(node, draft, async () => {
    const waiting = await openMeant(node, order)
    const { entryValue: entry, demand } = waiting
    const owned = await listStoredOfficials(node.database.reader, person)
    const seen = officialSeenBy(node, entry, official)
    if (!owned.some((one) => one.official === official) || seen === undefined || !isInForce(node, official)) {
      throw new ReleaseError('release.official', 'the key is not one of the caller’s own that is in force')
    }
    const refusal = ruleApprove(waiting, demand, { person, official, roles: seen.roles })
    if (refusal !== undefined) throw new ReleaseError(refusal, 'the approval may not be given')
    await verifyAlone(node, waiting, approval)
    const stored = { person, official, approval: JSON.stringify(approval), at: node.clock() }
    await node.database.writer
      .commit([addApproval(draft, Uint8Array.fromHex(digest), stored)])
      .catch((error: unknown) => refuseConflict(error, 'release.twice'))
    return openWaiting(node, channel, draft)
  })
}

/** Takes the person's own approval back. @throws ReleaseError `release.unknown`, `release.changed` */
export function revokeApproval(node: ParleyNode, order: ReleaseOrder): Promise<WaitingRelease> {
  const { channel, digest, draft, person } = order
  return takeTurn(node, draft, async () => {
    await openMeant(node, order)
    await node.database.writer
      .commit([removeApproval(draft, Uint8Array.fromHex(digest), person)])
      .catch((error: unknown) => refuseConflict(error, 'release.unknown'))
    return openWaiting(node, channel, draft)
  })
}

/** What waits, if it is what was meant. @throws ReleaseError `release.unknown`, `release.changed` */
export async function openMeant(
  node: ParleyNode,
  { channel, digest, draft }: Pick<ReleaseOrder, 'channel' | 'draft' | 'digest'>,
): Promise<WaitingRelease> {
  const waiting = await openWaiting(node, channel, draft)
  if (waiting.digest.toHex() !== digest) {
    throw new ReleaseError('release.changed', 'what waits is not what was meant')
  }
  return waiting
}

async function verifyAlone(
  { crypto, registry }: ParleyNode,
  waiting: WaitingRelease,
  approval: Approval,
): Promise<void> {
  const governance = registry.governance(registry.self)
  const entry = withApprovals(parseEntry(waiting.entry), [approval])
  const size = seenSize(entry.seen, governanceOrigin(governance.prefix))
  const { algorithm, key, official, roles } = governance.officials.find((one) => one.official === approval.official)!
  const officials = new Map([[official, { official, algorithm, key, roles }]])
  try {
    await verifyApprovals(crypto, entry, { count: 1, roles }, officials, relyingPartyAt(governance, size))
  } catch (cause) {
    if (!(cause instanceof RecordError)) throw cause
    throw new ReleaseError('release.signature', 'the signature is not over these bytes by this key', { cause })
  }
}

/** What the constraints of the store refuse although the rules above let it pass. */
function refuseConflict(error: unknown, code: 'release.twice' | 'release.unknown'): never {
  if (error instanceof DatabaseError && error.code === 'db.conflict') {
    throw new ReleaseError(code, 'the store refuses it', { cause: error })
  }
  throw error
}
