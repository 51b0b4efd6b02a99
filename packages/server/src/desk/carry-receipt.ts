// Puts into the data of an act the other side's receipt for what the act speaks of. People cannot copy a cosignature, and
// without it a party that stays silent could not be held to the time at which it received what it was asked.

import {
  channelOrigin,
  formatBase64,
  mergeSeen,
  parseTimedSignature,
  RecordError,
  rootAt,
  verifyReceipt,
} from '@parley/record'
import type { CanonicalObject, CarriedReceipt } from '@parley/record'
import { carriesReceipt, receiptField, receiptOf } from '@parley/mechanism'
import type { Act } from '@parley/mechanism'
import { findFirstCosignature, listNewestCosignatures } from '../db/cosignatures.ts'
import type { Cosignature } from '../db/cosignatures.ts'
import { readSubjects } from '../db/subjects.ts'
import { parseCosignatureRow } from '../log/cosignature-rows.ts'
import type { ParleyNode } from '../node.ts'
import { listSeen } from './seen.ts'

export interface CarryOrder {
  readonly channel: string
  readonly type: string
  readonly subject?: string | undefined
  readonly data: CanonicalObject
}

/**
 * The data with the receipt for the oldest of our acts in the subject of which the record does not show when the other side
 * had it. The same data where its type carries none, where it names one, where none is needed, or where there is none yet.
 */
export async function carryReceipt(node: ParleyNode, order: CarryOrder): Promise<CanonicalObject> {
  const { channel, data, subject, type } = order
  if (subject === undefined || !carriesReceipt(type) || Object.hasOwn(data, receiptField)) return data
  const [row] = await readSubjects(node.database.reader, channel, [subject])
  const acts = row === undefined ? [] : (JSON.parse(row.acts) as Act[])
  const party = acts.find(({ digest }) => digest === subject)?.data['to']
  if (typeof party !== 'string' || !node.registry.channel(channel).parties.includes(party)) return data
  const unproven = acts
    .filter((act) => act.party === node.registry.self && receiptOf(act, acts, party).notAfter === null)
    .reduce<number | undefined>((first, { index }) => (first === undefined || index < first ? index : first), undefined)
  const receipt = unproven === undefined ? undefined : await findReceipt(node, { channel, party, position: unproven })
  return receipt === undefined ? data : { ...data, [receiptField]: { ...receipt } }
}

interface ReceiptQuery {
  readonly channel: string
  readonly party: string
  readonly position: number
}

/** The first receipt of the party that covers the position; after it changed its key, the newest one. */
async function findReceipt(node: ParleyNode, query: ReceiptQuery): Promise<CarriedReceipt | undefined> {
  const { database, home, registry, shelf } = node
  const log = shelf.numberOf(channelOrigin(home.settings.prefix, query.channel))
  const cosigner = `${registry.governance(query.party).prefix}/mirror`
  const { position } = query
  const first = await findFirstCosignature(database.reader, { log, cosigner, role: 'mirror', position })
  if (first === undefined) return undefined
  const receipt = await verified(node, query, first)
  if (receipt !== undefined) return receipt
  const newest = (await listNewestCosignatures(database.reader, log)).find((one) => {
    return one.cosigner === cosigner && one.role === 'mirror' && one.size > position
  })
  return newest === undefined ? undefined : verified(node, query, newest)
}

/** The receipt as everybody will verify it, or undefined where it would be refused. */
async function verified(
  node: ParleyNode,
  { channel, party }: ReceiptQuery,
  row: Cosignature,
): Promise<CarriedReceipt | undefined> {
  const { crypto, home, logReader, reading, registry, state } = node
  const { size } = row
  const origin = channelOrigin(home.settings.prefix, channel)
  const own = state.own.get(origin)
  if (own === undefined || size > own.frontier.size) return undefined
  const root = size === own.frontier.size ? own.root : await rootAt(crypto, logReader.treeOf(origin), size)
  const { signature, time } = parseTimedSignature(parseCosignatureRow(row).signature)
  const receipt = { party, size, time, signature: formatBase64(signature) }
  const seen = mergeSeen(reading.position(origin).seen, await listSeen(node, channel))
  try {
    await verifyReceipt(receipt, {
      crypto,
      origin,
      index: own.frontier.size,
      seen,
      otherGovernance: () => registry.governance(party),
      roots: () => root,
    })
    return receipt
  } catch (error) {
    if (error instanceof RecordError) return undefined
    throw error
  }
}
