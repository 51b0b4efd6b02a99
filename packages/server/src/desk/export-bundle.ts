// Writes a bundle (docs/spec/bundle.md) of a channel: for the air gap, as a copy, or as evidence. Every log of the channel
// goes in as the very frames that would go over the wire, with the newest heads and cosignatures that are held here.

import { bundleBytesMax, formatBundlePieces, formatCheckpointText, formatNote, RecordError } from '@parley/record'
import type { BundlePurpose, DeliveredCosignature } from '@parley/record'
import type { SignedHead } from '@parley/record/core'
import { composeDelivery } from '@parley/record/exchange'
import { listNewestCosignatures } from '../db/cosignatures.ts'
import { listPeers } from '../db/peers.ts'
import { putSetting, readSetting } from '../db/settings.ts'
import { ServerError } from '../error.ts'
import { parseCosignatureRow } from '../log/cosignature-rows.ts'
import { cosignedNote, newestHead, readHeldHead } from '../log/head-notes.ts'
import type { KnownLog } from '../log/registry.ts'
import type { ParleyNode } from '../node.ts'

export interface BundleOrder {
  readonly channel: string
  readonly purpose: BundlePurpose
  /** Whom it is for; a transport is always for somebody. */
  readonly recipient?: string | undefined
  /** Whole logs. Otherwise a bundle for somebody begins where their newest receipts end and leaves out their own logs. */
  readonly all?: boolean | undefined
  /** What is over goes into the next transport; a bundle of another purpose is refused. */
  readonly bytesMax?: number
}

/** Cosigned heads of the other logs, manifest and lengths: room that frames must leave. */
const overheadBytes = 8 * 1024 * 1024
/** Of a bundle that is made for the interface over HTTP, which holds it whole. */
const usualBytesMax = 64 * 1024 * 1024

/** As {@link composeBundlePieces}, in one piece. */
export async function exportBundle(node: ParleyNode, order: BundleOrder): Promise<Uint8Array> {
  return new Uint8Array(Buffer.concat(await composeBundlePieces(node, order)))
}

/**
 * Makes a bundle, to be written piece after piece.
 *
 * @throws ServerError `channel.unknown`, `peer.unknown` (a recipient that is no other party of the channel, or none for a
 *   transport), `bundle.limit`.
 */
export async function composeBundlePieces(node: ParleyNode, order: BundleOrder): Promise<Uint8Array[]> {
  const { crypto, database, registry } = node
  const { genesisBytes, parties } = registry.channel(order.channel)
  const { recipient } = order
  const isOther = recipient !== undefined && recipient !== registry.self && parties.includes(recipient)
  if (!isOther && (recipient !== undefined || order.purpose === 'transport')) {
    throw new ServerError('peer.unknown', 'the recipient is not another party of the channel')
  }
  await headsSigned(node)
  const deliveries = await composeFrames(node, order)
  const cards = (await listPeers(database.reader)).filter(({ party }) => parties.includes(party))
  try {
    const sequence = await takeSequence(node, order)
    return formatBundlePieces(crypto, {
      purpose: order.purpose,
      sequence,
      from: registry.self,
      ...(recipient === undefined ? {} : { to: recipient }),
      genesis: genesisBytes,
      cards: cards.map(({ card }) => card),
      deliveries,
      bodies: [],
    })
  } catch (error) {
    if (error instanceof RecordError && error.code === 'bundle.limit') throw tooLarge(error)
    throw error
  }
}

function tooLarge(cause?: unknown): ServerError {
  return new ServerError('bundle.limit', 'the bundle would be larger than a bundle may be', { cause })
}

/** Heads that are about to be signed, as after a start, are waited for: without its head a log cannot be shown. */
function headsSigned(node: ParleyNode): Promise<void> {
  const isSigned = (): boolean =>
    [...node.state.own.values()].every(({ published, signing }) => published !== undefined || !signing)
  if (isSigned()) return Promise.resolve()
  return new Promise((resolve) => {
    const forget = node.listen(() => {
      if (!isSigned()) return
      forget()
      resolve()
    })
  })
}

/** Governance first: it explains the keys of all that follows, should not everything fit. */
async function composeFrames(node: ParleyNode, order: BundleOrder): Promise<Uint8Array[]> {
  const { crypto, database, registry, shelf, state } = node
  const sorted = registry.logsOf(order.channel).toSorted((one, other) => rank(one) - rank(other))
  const bytesMax = Math.min(order.bytesMax ?? usualBytesMax, bundleBytesMax) - overheadBytes
  let carried = await listCarried(node, order.channel)
  let length = 0
  const frames: Uint8Array[] = []
  for (const log of sorted) {
    const head = await readHeldHead(database.reader, state, { id: shelf.numberOf(log.origin), origin: log.origin })
    if (head === undefined) continue
    const first = await firstIndex(node, order, log, head)
    for (let start = first; start !== undefined;) {
      const delivery = { origin: log.origin, start, head, cosignatures: carried }
      const { bytes, end } = await composeDelivery({ crypto, bodyOf: node.bodyOf }, node.logReader, delivery)
      length += bytes.length
      if (length > bytesMax && frames.length > 0) {
        if (order.purpose !== 'transport') throw tooLarge()
        return frames
      }
      // They are said once, by the first frame.
      carried = []
      frames.push(bytes)
      if (end >= head.size) break
      start = end
    }
  }
  return frames
}

function rank({ channel, own }: KnownLog): number {
  return (channel === 'governance' ? 0 : 2) + (own ? 0 : 1)
}

/** From which entry on the recipient gets this log; undefined for one that is left out. */
async function firstIndex(
  node: ParleyNode,
  { all, purpose, recipient }: BundleOrder,
  log: KnownLog,
  head: SignedHead,
): Promise<number | undefined> {
  if (recipient === undefined || all === true || purpose !== 'transport') return 0
  if (log.party === recipient) return undefined
  const cosigner = `${node.registry.governance(recipient).prefix}/mirror`
  const rows = await listNewestCosignatures(node.database.reader, node.shelf.numberOf(log.origin))
  const receipt = rows.find((row) => row.cosigner === cosigner && row.role === 'mirror')
  return Math.min(receipt?.size ?? 0, head.size)
}

/**
 * The newest head of every log of the channel under its author's signature, with the cosignatures over it, and the newest
 * of each other cosigner. Of the recipient's logs this says what we hold: so a log without a head here we do not hold.
 */
async function listCarried(node: ParleyNode, channel: string): Promise<DeliveredCosignature[]> {
  const { database, registry, shelf, state } = node
  const carried: DeliveredCosignature[] = []
  for (const { origin } of registry.logsOf(channel)) {
    const number = shelf.numberOf(origin)
    const head = newestHead(state, origin)
    if (head !== undefined) carried.push({ origin, note: await cosignedNote(database.reader, number, head) })
    for (const row of await listNewestCosignatures(database.reader, number)) {
      if (row.size === head?.size) continue
      const text = formatCheckpointText({ origin, size: row.size, root: row.root })
      carried.push({ origin, note: formatNote({ text, lines: [parseCosignatureRow(row)] }) })
    }
  }
  return carried
}

/** The number of this bundle among those for the same channel and receiver. */
async function takeSequence({ database }: ParleyNode, { channel, recipient }: BundleOrder): Promise<number> {
  const name = `bundles-made/${channel}/${recipient ?? ''}`
  const sequence = Number((await readSetting(database.reader, name)) ?? 0)
  await database.writer.commit([putSetting(name, String(sequence + 1))])
  return sequence
}
