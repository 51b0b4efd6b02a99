// What refusals of the record and the mechanism mean to a client: stable codes, and where in what was sent.

import { problems } from '@parley/api'
import type { ProblemCode } from '@parley/api'
import { MechanismError } from '@parley/mechanism'
import { RecordError } from '@parley/record'
import { ActMalformed } from '../desk/act.ts'
import { ActRepeated } from '../desk/repetition.ts'
import type { Explain } from '../http/index.ts'
import { ReleaseError } from '../release/error.ts'
import type { ReleaseErrorCode } from '../release/error.ts'
import { IdentityError } from '../identity/index.ts'

const ofRelease: Readonly<Record<ReleaseErrorCode, ProblemCode>> = {
  'draft.unknown': 'draft.not-found',
  'draft.limit': 'draft.limit',
  'draft.moved': 'draft.moved',
  'release.unknown': 'release.not-found',
  'release.changed': 'release.changed',
  'release.author': 'release.not-approved',
  'release.twice': 'release.not-approved',
  'release.official': 'release.not-approved',
  'release.role': 'release.not-approved',
  'release.signature': 'release.not-approved',
  'release.revoked': 'release.not-ready',
  'release.short': 'release.not-ready',
  'release.stale': 'release.not-ready',
  'release.above-ceiling': 'release.not-ready',
}

export const explain: Explain = (error) => {
  if (error instanceof IdentityError) return { code: error.code, detail: error.message, reason: error.reason }
  if (error instanceof ActMalformed) {
    return {
      code: 'act.malformed',
      detail: 'The data does not have the shape of its type',
      reason: error.reasons[0]?.code,
      errors: error.reasons.map(({ pointer }) => ({ pointer: `/data${pointer}`, code: 'value' })),
    }
  }
  if (error instanceof ActRepeated) {
    return { code: 'act.repeated', detail: 'The idempotency key was used for another act' }
  }
  if (error instanceof ReleaseError) {
    const code = ofRelease[error.code]
    return { code, detail: problems[code].title, reason: error.code }
  }
  if (error instanceof MechanismError) {
    return {
      code: 'act.malformed',
      detail: 'The body cannot be said this way',
      reason: error.code,
      errors: error.problems.map(({ pointer }) => ({ pointer: `/body${pointer ?? ''}`, code: 'value' })),
    }
  }
  if (error instanceof RecordError) {
    if (error.code === 'body.limit')
      return { code: 'act.malformed', detail: 'The body is too long', reason: error.code }
    if (error.code === 'body.ciphertext') {
      return {
        code: 'body.malformed',
        detail: 'The sealed body is not the one the entry commits to',
        reason: error.code,
      }
    }
    return { code: 'entry.malformed', detail: 'The entry is not what it should be', reason: error.code }
  }
  return undefined
}
