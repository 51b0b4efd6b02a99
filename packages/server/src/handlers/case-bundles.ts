// The operation that hands out a case for somebody outside to verify. What leaves is plaintext, so it is written down first
// who let it leave.

import type { Operations } from '@parley/api'
import { composeCase, UndisclosedError } from '../desk/case-bundle.ts'
import { HttpError } from '../http/error.ts'
import type { Handler } from '../http/handler.ts'
import type { ParleyNode } from '../node.ts'
import { readerOf } from './bundles.ts'
import { actorOf } from './people.ts'
import type { PeopleServices } from './people.ts'
import { readSubject } from './subject-acts.ts'

const refusals = {
  missing: ['body.missing', 'A text has not arrived'],
  sealed: ['body.sealed', 'This node holds no key that opens a text'],
  erased: ['body.erased', 'A text was erased'],
  mismatch: ['body.mismatch', 'What a body holds is not what its entry commits to'],
  'no-entry': ['entry.not-found', 'An entry is none of this case'],
  'no-body': ['body.not-found', 'An entry of this case has no text'],
} as const satisfies Record<UndisclosedError['reason'], readonly [string, string]>

export function createExportCase(
  node: ParleyNode,
  { people, readings }: Pick<PeopleServices, 'people' | 'readings'>,
): Handler<Operations['exportCase']> {
  return async ({ body: { disclose }, caller, params: { channel, id } }) => {
    node.registry.channel(channel)
    const { state } = await readSubject(node, channel, id)
    if (state?.topic !== 'request') throw new HttpError('request.not-found', 'There is no such request in this channel')
    try {
      const { bytes, label } = await composeCase(node, { channel, subject: id, disclose })
      await readings.noteCaseFile(readerOf(caller), channel, id)
      await people.note(actorOf(caller), 'case.disclosed', { channel, request: id, label, texts: disclose })
      return bytes
    } catch (error) {
      if (!(error instanceof UndisclosedError)) throw error
      const [code, detail] = refusals[error.reason]
      throw new HttpError(code, detail, { cause: error })
    }
  }
}
