// The operations that write: an act made here, and an entry that was prepared elsewhere.

import { machineOfficial, machineSigner } from '../desk/machine-signer.ts'
import type { Operations, Recorded } from '@parley/api'
import { findType } from '@parley/mechanism'
import type { BodyContent } from '@parley/mechanism'
import { readEntries } from '../db/entries.ts'
import { recordAct, recordPrepared } from '../desk/act.ts'
import type { RecordedAct } from '../desk/act.ts'
import { listRecipients } from '../desk/seal-body.ts'
import { listSeen } from '../desk/seen.ts'
import { viewStanding, viewUndelivered } from '../desk/standing.ts'
import { ServerError } from '../error.ts'
import { HttpError } from '../http/error.ts'
import type { Grant, Handler } from '../http/handler.ts'
import type { ParleyNode } from '../node.ts'
import { referTo } from './act-views.ts'

export function createAppendAct(node: ParleyNode): Handler<Operations['appendAct']> {
  return async ({ params: { channel }, body, caller }) => {
    const { data, exercise, idempotencyKey, officials, subject, type } = body
    // What the machine's key approves, nobody has looked at: of a person's acts only those that commit to nothing.
    const { grants } = caller.account
    if (!grants.some(({ role }) => role === 'operator')) checkAlone(type, channel, grants)
    const kept = machineOfficial(node.crypto, machineSigner(node))
    if (officials !== undefined && (officials.length !== 1 || officials[0] !== kept)) {
      throw new HttpError('act.not-approved', 'This node does not keep the keys of the officials named')
    }
    const recorded = await recordAct(node, channel, {
      type,
      data,
      ...(subject === undefined ? {} : { subject }),
      ...(body.body === undefined ? {} : { body: body.body as unknown as BodyContent }),
      ...(exercise === undefined ? {} : { exercise }),
      // Two accounts that think of the same key mean two acts.
      ...(idempotencyKey === undefined ? {} : { idempotencyKey: `${caller.account.id} ${idempotencyKey}` }),
    })
    return viewRecorded(node, recorded)
  }
}

/** Refuses what a person may not do without a second one, or in none of the roles that they hold in the channel. */
function checkAlone(type: string, channel: string, grants: readonly Grant[]): void {
  const demand = findType(type)?.demand
  if (demand?.alone !== true) {
    throw new HttpError('act.not-approved', 'Acts of this type leave through a draft and its release')
  }
  const held = grants.filter((grant) => grant.channel === null || grant.channel === channel).map(({ role }) => role)
  const named: readonly string[] = demand.roles
  if (!held.some((role) => named.includes(role))) {
    throw new HttpError('act.not-approved', 'Acts of this type are for people in other roles')
  }
}

export function createAppendEntry(node: ParleyNode): Handler<Operations['appendEntry']> {
  return async ({ params: { channel }, body: { body, entry } }) => {
    const sealed = body === undefined ? undefined : Uint8Array.fromBase64(body)
    return viewRecorded(node, await recordPrepared(node, channel, Uint8Array.fromBase64(entry), sealed))
  }
}

/** Where an act was recorded, and how far it has got. */
export async function viewRecorded(node: ParleyNode, recorded: RecordedAct): Promise<Recorded> {
  const { digest, isNew, origin, position } = recorded
  const log = node.registry.logOf(origin)
  if (log === undefined) throw new ServerError('log.unknown', 'there is no such log here')
  // Our own log takes in valid entries only.
  if (isNew) {
    const standing = viewUndelivered(node, log, recorded)
    return { entry: referTo(log, position, digest), verdict: 'valid', standing }
  }
  const range = { log: node.shelf.numberOf(origin), start: position, end: position + 1 }
  const [row] = await readEntries(node.database.reader, range)
  return {
    entry: referTo(log, position, digest),
    verdict: row?.verdict ?? 'valid',
    standing: await viewStanding(node, log, row ?? { position, digest: null, at: node.clock() }),
  }
}

export function createViewSeen(node: ParleyNode): Handler<Operations['viewSeen']> {
  return async ({ params: { channel } }) => {
    const { registry } = node
    const seen = await listSeen(node, channel)
    const archive = registry.key(registry.self, 'archive')
    return {
      channel,
      from: registry.self,
      seen: seen.map((head) => ({ ...head })),
      recipients: listRecipients(registry, channel).map((key) => ({
        party: registry.parties().find((party) => registry.key(party, 'sealing') === key) ?? registry.self,
        purpose: key === archive ? ('archive' as const) : ('authority' as const),
        key,
      })),
    }
  }
}
