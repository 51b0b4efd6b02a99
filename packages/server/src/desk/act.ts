// Records an act of our own party: checks it, seals its body, names what has been seen, has it approved with the keys that
// this node keeps, and hands it to the log. The rules are checked once more by the log, in its order.

import { channelOrigin, entryDigest, formatHex, parseEntry, verifyCiphertext } from '@parley/record'
import type { CanonicalObject, Draft, Entry } from '@parley/record'
import type { SealedBody } from '@parley/record/core'
import { checkShape, findType, shapeOf } from '@parley/mechanism'
import type { BodyContent, ShapeReason } from '@parley/mechanism'
import { readIdempotencyKey } from '../db/idempotency.ts'
import { ServerError } from '../error.ts'
import type { ParleyNode } from '../node.ts'
import { approve } from './founding.ts'
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
 * @throws ActMalformed; ServerError `channel.unknown`, `entry.refused` with the code of the rule as its detail,
 *   `log.read-only`, `log.busy`; MechanismError `body-content.*`.
 */
export async function recordAct(node: ParleyNode, channel: string, order: ActOrder): Promise<RecordedAct> {
  const { clock, crypto, home, keyring, registry } = node
  const origin = channelOrigin(home.settings.prefix, registry.channel(channel).channel)
  const repeated = order.idempotencyKey === undefined ? undefined : await findRepeated(node, order.idempotencyKey)
  if (repeated !== undefined) return repeated
  checkForm(order)
  const sealed = order.body === undefined ? undefined : sealBody(crypto, registry, channel, order.body)
  const draft: Draft = {
    v: 1,
    channel,
    from: home.settings.party,
    type: order.type,
    ...(order.subject === undefined ? {} : { subject: order.subject }),
    at: clock(),
    seen: await listSeen(node, channel),
    data: order.data,
    ...(sealed === undefined ? {} : { body: sealed.reference }),
    ...(order.exercise === undefined ? {} : { exercise: order.exercise }),
  }
  const entry = await approve(crypto, draft, keyring.signers.operator)
  const bodies = sealed === undefined ? [] : [sealed.sealed]
  return submit(node, origin, entry, entryDigest(crypto, draft), bodies, order.idempotencyKey)
}

/**
 * Records an entry that was prepared and approved elsewhere, with its sealed body.
 *
 * @throws RecordError `entry.*`, `json.*` (its form), `body.ciphertext`; ServerError as `recordAct`.
 */
export async function recordPrepared(
  node: ParleyNode,
  channel: string,
  bytes: Uint8Array,
  sealed: Uint8Array | undefined,
): Promise<RecordedAct> {
  const entry: Entry = parseEntry(bytes)
  const origin = channelOrigin(node.home.settings.prefix, node.registry.channel(channel).channel)
  return submit(node, origin, bytes, entryDigest(node.crypto, entry), openBodies(node, entry, sealed), undefined)
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
  return [{ digest: formatHex(crypto.sha256(sealed)), bytes: sealed }]
}

function checkForm({ data, type }: ActOrder): void {
  if (findType(type) === undefined) {
    throw new ServerError('entry.refused', 'there is no such type of entry', { detail: 'entry.unknown' })
  }
  const checked = checkShape(shapeOf(type), data)
  if (checked.kind === 'refused') throw new ActMalformed(checked.reasons)
}

async function findRepeated(node: ParleyNode, key: string): Promise<RecordedAct | undefined> {
  const known = await readIdempotencyKey(node.database.reader, key)
  if (known === undefined) return undefined
  const log = node.shelf.stored().find(({ id }) => id === known.log)
  if (log === undefined) return undefined
  const [bytes] = await node.logReader.readEntries(log.origin, known.position, known.position + 1)
  if (bytes === undefined) return undefined
  return { origin: log.origin, position: known.position, digest: entryDigest(node.crypto, parseEntry(bytes)) }
}

/** Submissions under an idempotency key that are on their way, so that a repetition waits for the first. */
const underWay = new Map<string, Promise<RecordedAct>>()

async function submit(
  node: ParleyNode,
  origin: string,
  entry: Uint8Array,
  digest: string,
  bodies: readonly SealedBody[],
  key: string | undefined,
): Promise<RecordedAct> {
  const first = key === undefined ? undefined : underWay.get(`${origin} ${key}`)
  if (first !== undefined) return first
  const recorded = record(node, origin, entry, digest, bodies, key)
  if (key === undefined) return recorded
  underWay.set(`${origin} ${key}`, recorded)
  return recorded.finally(() => underWay.delete(`${origin} ${key}`))
}

async function record(
  node: ParleyNode,
  origin: string,
  entry: Uint8Array,
  digest: string,
  bodies: readonly SealedBody[],
  key: string | undefined,
): Promise<RecordedAct> {
  const submission = { kind: 'submission', origin, entry, bodies } as const
  if (key !== undefined) node.remember(submission, key)
  const outcome = await node.driver.submit(submission)
  if (outcome.kind === 'settled') return { origin, position: outcome.position, digest }
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
