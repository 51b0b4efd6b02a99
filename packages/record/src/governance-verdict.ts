// The verdict of an entry in a governance log, and the governance state that follows (docs/spec/entry.md). The order is
// fixed: 1 form, 2 channel and author, 3 replay, 4 type, 5 approvals, 6 the rules of the log.

import { officialId, verifyApprovals, type ApprovedBy, type Demand, type Official } from './approval.ts'
import { parseBase64 } from './bytes.ts'
import { governanceDemand } from './card.ts'
import type { Crypto } from './crypto.ts'
import { entryDigest, parseEntry, type Entry } from './entry.ts'
import { RecordError, type RecordErrorCode } from './error.ts'
import { applyGovernance, officialsAt, passGovernance, relyingPartyAt, type GovernanceState } from './governance.ts'
import { isGovernanceType } from './governance-data.ts'
import { governanceChannel } from './origins.ts'

export interface GovernanceQuestion {
  readonly crypto: Crypto
  /** The leaf at index `state.size`. */
  readonly bytes: Uint8Array
  /** The state after all entries before it. */
  readonly state: GovernanceState
  /** True when an earlier entry of this log, of whatever verdict, has this digest. */
  readonly replay: (digest: string) => boolean
}

/** `state` is the state after the entry; of an entry without effect it only counts. */
export type GovernanceVerdict =
  | {
      readonly kind: 'valid'
      readonly entry: Entry
      readonly digest: string
      readonly approvedBy: readonly ApprovedBy[]
      readonly state: GovernanceState
    }
  | { readonly kind: 'unknown'; readonly entry: Entry; readonly digest: string; readonly state: GovernanceState }
  | {
      readonly kind: 'invalid'
      readonly code: RecordErrorCode
      readonly message: string
      readonly state: GovernanceState
    }

/** No entry can give an official this role: it belongs to the recovery keys. */
const recoveryRole = 'recovery'

function listRecoveryKeys(crypto: Crypto, state: GovernanceState): readonly Official[] {
  return state.recovery.keys.map((key) => ({
    official: officialId(crypto, 'ed25519', parseBase64(key)),
    algorithm: 'ed25519',
    key,
    roles: [recoveryRole],
  }))
}

/** Who may decide here, and how many must: one administrator, or the threshold of recovery keys once one of them signs. */
function listDeciders(
  crypto: Crypto,
  state: GovernanceState,
  entry: Entry,
): { deciders: ReadonlyMap<string, Official>; demand: Demand } {
  const deciders = new Map(officialsAt(state, state.size))
  const recovery = listRecoveryKeys(crypto, state)
  for (const key of recovery) deciders.set(key.official, key)
  const recovers = entry.approvals.some((approval) => recovery.some((key) => key.official === approval.official))
  const demand = recovers ? { count: state.recovery.threshold, roles: [recoveryRole] } : governanceDemand
  return { deciders, demand }
}

/**
 * Judges one entry of a governance log after its founding entry, which `openCard` opens and a genesis pins. Nothing that
 * the entry says throws; it becomes a verdict.
 */
export async function judgeGovernance(question: GovernanceQuestion): Promise<GovernanceVerdict> {
  const { crypto, state } = question
  try {
    const entry = parseEntry(question.bytes)
    if (entry.channel !== governanceChannel) throw new RecordError('entry.channel', 'the entry is of a channel')
    if (entry.from !== state.party) throw new RecordError('entry.from', 'the entry is by another party')
    const digest = entryDigest(crypto, entry)
    if (question.replay(digest)) throw new RecordError('entry.replayed', 'the log has this entry already')
    if (!isGovernanceType(entry.type)) return { kind: 'unknown', entry, digest, state: passGovernance(state) }
    const { deciders, demand } = listDeciders(crypto, state, entry)
    const relyingParty = relyingPartyAt(state, state.size)
    const approvedBy = await verifyApprovals(crypto, entry, demand, deciders, relyingParty, digest)
    return { kind: 'valid', entry, digest, approvedBy, state: applyGovernance(crypto, state, entry, state.size) }
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    return { kind: 'invalid', code: error.code, message: error.message, state: passGovernance(state) }
  }
}
