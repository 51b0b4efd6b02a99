// Who decided: verifies the approvals of an entry against the officials in force and against what its type demands. It
// does not know types or parties; the demand and the officials are handed in.

import { concatBytes, formatHex, formatUtf8, parseBase64, parseHex } from './bytes.ts'
import type { Crypto } from './crypto.ts'
import { approvalCountMax, approvalMessage, entryDigest, type Approval, type Entry } from './entry.ts'
import { RecordError } from './error.ts'
import { parseAssertion, verifyAssertion, type KeyAlgorithm, type RelyingParty } from './webauthn.ts'

/** A pseudonymous role key of one official. */
export interface Official {
  /** {@link officialId} of the key. */
  readonly official: string
  readonly algorithm: KeyAlgorithm
  /** Base64 of 32 bytes (`ed25519`) or of an uncompressed point of 65 bytes (`es256`). */
  readonly key: string
  readonly roles: readonly string[]
}

/** How many distinct officials must have approved, each holding one of the roles. */
export interface Demand {
  readonly count: number
  readonly roles: readonly string[]
}

/** One verified approval. */
export interface ApprovedBy {
  readonly official: string
  readonly roles: readonly string[]
  readonly by: 'key' | 'passkey'
}

const officialContext = 'parley/official/v1\n'
const officialIdBytes = 16

/** The first 16 bytes of SHA-256("parley/official/v1\n" ‖ algorithm ‖ "\n" ‖ public key), in hexadecimal. */
export function officialId(crypto: Crypto, algorithm: KeyAlgorithm, key: Uint8Array): string {
  const digest = crypto.sha256(concatBytes(formatUtf8(`${officialContext}${algorithm}\n`), key))
  return formatHex(digest.subarray(0, officialIdBytes))
}

function listSigners(entry: Entry, officials: ReadonlyMap<string, Official>): readonly [Approval, Official][] {
  if (entry.approvals.length > approvalCountMax) {
    throw new RecordError('approval.malformed', `more than ${approvalCountMax} approvals`)
  }
  return entry.approvals.map((approval) => {
    const official = officials.get(approval.official)
    if (official === undefined) throw new RecordError('approval.official', 'an approval is by nobody in force')
    return [approval, official]
  })
}

function verifyDemand(signers: readonly Official[], demand: Demand): void {
  // The form of an entry has no official twice; the set keeps that true for a caller who built the entry by hand.
  if (new Set(signers.map((signer) => signer.official)).size !== signers.length) {
    throw new RecordError('approval.malformed', 'an official approved twice')
  }
  if (signers.length < demand.count) {
    throw new RecordError('approval.count', `${signers.length} approvals of ${demand.count} that are demanded`)
  }
  const entitled = signers.filter((signer) => signer.roles.some((role) => demand.roles.includes(role)))
  if (entitled.length < demand.count) {
    throw new RecordError('approval.role', `${entitled.length} approvals by a demanded role, of ${demand.count}`)
  }
}

/** Keys as bytes: those of the officials in force are asked for with every entry. */
const keys = new WeakMap<Official, Uint8Array>()

function keyOf(official: Official): Uint8Array {
  let key = keys.get(official)
  if (key === undefined) {
    key = parseBase64(official.key)
    keys.set(official, key)
  }
  return key
}

async function verifyApproval(
  crypto: Crypto,
  digest: string,
  approval: Approval,
  official: Official,
  relyingParty: RelyingParty,
): Promise<ApprovedBy> {
  const key = keyOf(official)
  if ('assertion' in approval) {
    const assertion = parseAssertion(approval.assertion)
    await verifyAssertion(crypto, assertion, parseHex(digest), { algorithm: official.algorithm, key }, relyingParty)
    return { official: official.official, roles: official.roles, by: 'passkey' }
  }
  if (official.algorithm !== 'ed25519') {
    throw new RecordError('approval.malformed', 'a key of this algorithm signs only inside an assertion')
  }
  if (!(await crypto.verifyEd25519(key, approvalMessage(digest), parseBase64(approval.signature)))) {
    throw new RecordError('approval.signature', 'the signature of an approval does not verify')
  }
  return { official: official.official, roles: official.roles, by: 'key' }
}

/**
 * Verifies every approval of an entry, and that enough of them are by officials of a demanded role. One approval that
 * fails spoils the entry, whatever the others are: nobody may be shown as having decided who did not.
 *
 * @param officials those in force at the author, by id, as of the governance size that the entry had seen.
 * @param relyingParty where the author's officials use passkeys.
 * @param digest that of this very entry, if the caller has it already.
 * @throws RecordError, in this order: `approval.official` (not in force), `approval.malformed`, `approval.count`,
 *   `approval.role` (enough approvals, too few by a demanded role), then the first that fails in the entry's order:
 *   `approval.malformed`, `approval.signature`, `assertion.*`.
 */
export async function verifyApprovals(
  crypto: Crypto,
  entry: Entry,
  demand: Demand,
  officials: ReadonlyMap<string, Official>,
  relyingParty: RelyingParty,
  digest: string = entryDigest(crypto, entry),
): Promise<readonly ApprovedBy[]> {
  const signers = listSigners(entry, officials)
  verifyDemand(
    signers.map(([, official]) => official),
    demand,
  )
  const outcomes = await Promise.allSettled(
    signers.map(([approval, official]) => verifyApproval(crypto, digest, approval, official, relyingParty)),
  )
  // By the entry's order and not by who finished first: the code is part of the verdict.
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  })
}
