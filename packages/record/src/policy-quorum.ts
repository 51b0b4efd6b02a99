// Holds a checkpoint against a trust policy: is it one of a log that the policy knows, and have enough of its witnesses
// cosigned it.

import type { Crypto } from './crypto.ts'
import { equalBytes } from './bytes.ts'
import { type Checkpoint, openCheckpoint } from './checkpoint.ts'
import { clockSkewSecondsMax, type Cosignature, openCosignatures } from './cosignature.ts'
import { RecordError } from './error.ts'
import { parseNote } from './note.ts'
import type { Policy, PolicyRule } from './policy.ts'
import type { VerifierKey } from './verifier-key.ts'

/**
 * Opens a checkpoint of one of the logs of the policy, with the cosignatures of its witnesses.
 *
 * @param now - seconds since the epoch; when it is given, cosignatures from further ahead than two minutes do not count.
 * @throws RecordError `note.malformed`, `note.limit`, `note.ambiguous`, `note.signature`, `note.unverified`,
 *   `checkpoint.malformed`, `checkpoint.origin` when it is no checkpoint of a log of the policy.
 * @throws RecordError `cosignature.malformed`, `cosignature.time` when the line of a witness is malformed.
 * @throws RecordError `policy.unsatisfied` when too few witnesses have cosigned it.
 */
export async function openUnderPolicy(
  crypto: Crypto,
  note: Uint8Array,
  policy: Policy,
  now = Infinity,
): Promise<{ checkpoint: Checkpoint; cosignatures: Cosignature[] }> {
  const { text, lines } = parseNote(note)
  const origin = text.slice(0, text.indexOf('\n'))
  const keys = policy.logs.map(({ key }) => key).filter(({ name }) => name === origin)
  if (keys.length === 0) throw new RecordError('checkpoint.origin', 'the policy does not know the log')
  const checkpoint = await openCheckpoint(crypto, note, { origin, keys })
  const witnesses = policy.witnesses.map(({ key }) => key)
  const isCosigned = lines.some((line) => witnesses.some(({ name, id }) => name === line.name && id === line.id))
  const all = isCosigned ? await openCosignatures(crypto, note, witnesses) : []
  const cosignatures = all.filter(({ time }) => time <= now + clockSkewSecondsMax)
  const cosigners = cosignatures.map(({ cosigner }) => cosigner)
  evaluatePolicy(policy, cosigners)
  return { checkpoint, cosignatures }
}

/**
 * Checks that the witnesses with these keys are enough. The caller has verified that each cosigned the checkpoint.
 *
 * @throws RecordError `policy.unsatisfied` when they are not.
 */
export function evaluatePolicy({ quorum }: Policy, cosigners: readonly VerifierKey[]): void {
  if (!isSatisfied(quorum, cosigners)) {
    throw new RecordError('policy.unsatisfied', 'fewer witnesses have cosigned than the policy demands')
  }
}

function isSatisfied(rule: PolicyRule, cosigners: readonly VerifierKey[]): boolean {
  switch (rule.kind) {
    case 'none':
      return true
    case 'witness':
      return cosigners.some(({ algorithm, publicKey }) => {
        return algorithm === rule.key.algorithm && equalBytes(publicKey, rule.key.publicKey)
      })
    case 'group':
      return rule.members.filter((member) => isSatisfied(member, cosigners)).length >= rule.threshold
  }
}
