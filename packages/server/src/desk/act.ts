// Records an act of our own party: checks it, seals its body, names what has been seen, has it approved with the keys that
// this node keeps, and hands it to the log. The rules are checked once more by the log, in its order.

import { channelOrigin, entryDigest, parseEntry, verifyCiphertext } from '@parley/record'
import type { CanonicalObject, Draft, Entry } from '@parley/record'
import type { SealedBody, Submission } from '@parley/record/core'
import { checkShape, findType, shapeOf } from '@parley/mechanism'
import type { BodyContent, ShapeReason } from '@parley/mechanism'
import { findEntries } from '../db/entries.ts'
import type { Statement } from '../db/statement.ts'
import { ServerError } from '../error.ts'
import type { ParleyNode } from '../node.ts'
import { carryReceipt } from './carry-receipt.ts'
import { approve } from './founding.ts'
import { checkNamedRequest } from './named-request.ts'
import { refuseAboveCeiling } from './guidelines.ts'
import { withMatter } from './matter.ts'
import { refuseMoreCalls } from './open-calls.ts'
import { recordOnce } from './repetition.ts'
import { machineSigner } from './machine-signer.ts'
import { sealBody } from './seal-body.ts'
import { listSeen } from './seen.ts'

export interface ActOrder {
  readonly type: string
  readonly subject?: string
  readonly data: CanonicalObject
  readonly body?: BodyContent
  readonly exercise?: true
  /** Sent again with the same key, the first outcome is given again. */
  readonly idempotencyKey?: string
}

/** Where an act was recorded. */
export interface RecordedAct {
  readonly origin: string
  readonly position: number
  /** The entry digest, hexadecimal. */
  readonly digest: string
  /** The author's claim of the time, in Unix milliseconds. */
  readonly at: number
  /** Recorded by this very call, and not by an earlier one under the same key. */
  readonly isNew: boolean
}

/** The data of an act does not have the shape of its type. */
export class ActMalformed extends ServerError {
  readonly reasons: readonly ShapeReason[]

  constructor(reasons: readonly ShapeReason[]) {
    super('entry.refused', 'the data does not have the shape of its type', { detail: 'data.malformed' })
    this.reasons = reasons
  }
}

/**
 * Records an act; resolves when it is durable.
 *
 * @throws ActMalformed; ActRepeated; ServerError `channel.unknown`, `entry.refused` with the code of the rule as its detail,
 *   `log.read-only`, `log.busy`; MechanismError `body-content.*`.
 */
export async function recordAct(node: ParleyNode, channel: string, order: ActOrder): Promise<RecordedAct> {
  if (order.idempotencyKey === undefined) return recordNew(node, channel, order, undefined)
  const key = `${channel} ${order.idempotencyKey}`
  return recordOnce(node, key, order, () => recordNew(node, channel, order, key))
}

async function recordNew(
  node: ParleyNode,
  channel: string,
  order: ActOrder,
  key: string | undefined,
): Promise<RecordedAct> {
  const { clock, crypto, home, registry } = node
  const origin = channelOrigin(home.settings.prefix, registry.channel(channel).channel)
  checkForm(order)
  await refuseAboveCeiling(node, channel, order)
  const data = await carryReceipt(node, { channel, ...order })
  const sealed = order.body === undefined ? undefined : sealBody(crypto, registry, channel, order.body)
  const draft: Draft = {
    v: 1,
    channel,
    from: home.settings.party,
    type: order.type,
    ...(order.subject === undefined ? {} : { subject: order.subject }),
    at: clock(),
    seen: await listSeen(node, channel),
    data: withMatter(node, channel, { ...order, data }),
    ...(sealed === undefined ? {} : { body: sealed.reference }),
    ...(order.exercise === undefined ? {} : { exercise: order.exercise }),
  }
  const entry = await approve(crypto, draft, machineSigner(node))
  const bodies = sealed === undefined ? [] : [sealed.sealed]
  return submit(node, { kind: 'submission', origin, entry, bodies }, key === undefined ? {} : { key })
}

/**
 * Records an entry that was prepared and approved elsewhere, with its sealed body. One that the log has already is not
 * recorded again; its place is given.
 *
 * @throws RecordError `entry.*`, `json.*` (its form), `body.ciphertext`; ServerError as `recordAct`.
 */
export async function recordPrepared(
  node: ParleyNode,
  channel: string,
  bytes: Uint8Array,
  sealed: Uint8Array | undefined,
): Promise<RecordedAct> {
  const { digest, entry } = openEntry(node, bytes)
  const origin = channelOrigin(node.home.settings.prefix, node.registry.channel(channel).channel)
  const bodies = openBodies(node, entry, sealed)
  await refuseAboveCeiling(node, channel, entry)
  try {
    return await submit(node, { kind: 'submission', origin, entry: bytes, bodies })
  } catch (error) {
    const isThere = error instanceof ServerError && error.code === 'entry.refused'
    const recorded = isThere ? await findRecorded(node, channel, origin, digest) : undefined
    if (recorded === undefined) throw error
    return { ...recorded, at: entry.at, isNew: false }
  }
}

/** Where our own log of the channel holds the entry with this digest, if it was valid there. */
async function findRecorded(
  { database, shelf }: ParleyNode,
  channel: string,
  origin: string,
  digest: string,
): Promise<Pick<RecordedAct, 'origin' | 'position' | 'digest'> | undefined> {
  const rows = await findEntries(database.reader, channel, Uint8Array.fromHex(digest))
  const row = rows.find(({ log, verdict }) => log === shelf.numberOf(origin) && verdict === 'valid')
  return row === undefined ? undefined : { origin, position: row.position, digest }
}

/** @throws RecordError as `parseEntry`. */
function openEntry({ crypto, openLeaf }: ParleyNode, bytes: Uint8Array): { entry: Entry; digest: string } {
  const { parsed } = openLeaf(bytes)
  if (parsed !== undefined) return parsed
  const entry = parseEntry(bytes)
  return { entry, digest: entryDigest(crypto, entry) }
}

function openBodies({ crypto }: ParleyNode, entry: Entry, sealed: Uint8Array | undefined): SealedBody[] {
  if (entry.body === undefined) {
    if (sealed === undefined) return []
    throw new ServerError('entry.refused', 'the entry commits to no body', { detail: 'body.forbidden' })
  }
  if (sealed === undefined) {
    throw new ServerError('entry.refused', 'the body that the entry commits to is missing', { detail: 'body.missing' })
  }
  verifyCiphertext(crypto, entry.body, sealed)
  return [{ digest: entry.body.ciphertext, bytes: sealed }]
}

/** @throws ActMalformed; ServerError `entry.refused` for a type that is not known. */
export function checkForm({ data, type }: Pick<ActOrder, 'data' | 'type'>): void {
  if (findType(type) === undefined) {
    throw new ServerError('entry.refused', 'there is no such type of entry', { detail: 'entry.unknown' })
  }
  const checked = checkShape(shapeOf(type), data)
  if (checked.kind === 'refused') throw new ActMalformed(checked.reasons)
}

/** What an entry says of another subject than its own: no verdict looks there. */
async function checkNames(node: ParleyNode, bytes: Uint8Array): Promise<void> {
  const { entry } = openEntry(node, bytes)
  if (entry.type !== 'evidence.sealed') return
  const { request } = entry.data
  await checkNamedRequest(node, entry.channel, {
    request: typeof request === 'string' ? request : undefined,
    exercise: entry.exercise === true,
  })
}

/** What is written in the same durable transaction as an entry. */
interface Along {
  /** The key that leads to the entry from now on. */
  readonly key?: string
  readonly statements?: readonly Statement[]
}

/**
 * Hands a whole entry to the log; resolves when it is durable, together with what goes along.
 *
 * @throws ServerError `entry.refused`, `log.read-only`, `log.busy`; then nothing was written.
 */
export async function submit(
  node: ParleyNode,
  submission: Submission,
  { key, statements }: Along = {},
): Promise<RecordedAct> {
  const { entry: bytes, origin } = submission
  await checkNames(node, bytes)
  await refuseMoreCalls(node, openEntry(node, bytes).entry)
  if (key !== undefined) node.remember(submission, key)
  if (statements !== undefined) node.accompany(submission, statements)
  // Before the entry stands in line: there nothing else could be done meanwhile.
  await node.reading.foresee(origin, [bytes])
  const outcome = await node.driver.submit(submission)
  if (outcome.kind === 'settled') {
    const { digest, entry } = openEntry(node, bytes)
    return { origin, position: outcome.position, digest, at: entry.at, isNew: true }
  }
  switch (outcome.code) {
    case 'node.read-only':
      throw new ServerError('log.read-only', 'the log may not be added to now', {
        detail: node.state.own.get(origin)?.phase ?? '',
      })
    case 'node.busy':
      throw new ServerError('log.busy', 'too much waits to be recorded; try again in a moment')
    default:
      throw new ServerError('entry.refused', 'the act is not allowed here', { detail: outcome.code })
  }
}
