// What refusals of the record and the mechanism mean to a client: stable codes, and where in what was sent.

import { MechanismError } from '@parley/mechanism'
import { RecordError } from '@parley/record'
import { ActMalformed } from '../desk/act.ts'
import { ActRepeated } from '../desk/repetition.ts'
import type { Explain } from '../http/index.ts'
import { IdentityError } from '../identity/index.ts'

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
