// The operations that carry the record as a file.

import type { Operations } from '@parley/api'
import { exportBundle } from '../desk/export-bundle.ts'
import { importBundle } from '../desk/import-bundle.ts'
import { HttpError } from '../http/error.ts'
import type { Handler, SignedInCaller } from '../http/handler.ts'
import type { Reader, Readings } from '../identity/readings.ts'
import type { ParleyNode } from '../node.ts'

/** Whom the security log names as having read or taken something out. */
export function readerOf({ account, kind }: SignedInCaller): Reader {
  return { account: account.id, isMachine: kind === 'token' }
}

export function createExportBundle(node: ParleyNode, readings: Readings): Handler<Operations['exportBundle']> {
  return async ({ body, caller, reaches }) => {
    if (!reaches(body.channel)) throw new HttpError('channel.not-found', 'There is no such channel')
    // News for a member are what that member gets over the wire; everything else is a copy for somebody.
    if (body.purpose !== 'transport' || body.all === true) {
      const origins = node.registry.logsOf(body.channel).map(({ origin }) => origin)
      const sizes = origins.map(
        (origin) => (node.state.own.get(origin) ?? node.state.replicas.get(origin))?.frontier.size ?? 0,
      )
      await readings.noteCopy(
        readerOf(caller),
        body.channel,
        sizes.reduce((sum, size) => sum + size, 0),
      )
    }
    return exportBundle(node, body)
  }
}

export function createImportBundle(node: ParleyNode): Handler<Operations['importBundle']> {
  return ({ body }) => importBundle(node, body)
}
