// Takes in a bundle: all of it is verified first, then what is new is committed as if peers had handed it over: governance
// logs first, then entries and bodies, then the cosignatures, so that standings become what they become over the wire.

import { equalBytes } from '@parley/record'
import type { Cosignature } from '@parley/record'
import type { HeldHead } from '@parley/record/core'
import { readOurs } from '@parley/record/exchange'
import { readBodies } from '../db/bodies.ts'
import { listCosignatures } from '../db/cosignatures.ts'
import { pageRowsMax } from '../db/page.ts'
import { putSetting, readSetting } from '../db/settings.ts'
import type { ParleyNode } from '../node.ts'
import { listAwaited } from './carried-evidence.ts'
import type { FileBeside } from './carried-evidence.ts'
import { openBundle } from './open-bundle.ts'
import type { OpenedBundle } from './open-bundle.ts'

/** What an import did. A second import of the same bundle finds nothing new. */
export interface BundleTaken {
  readonly label: string
  readonly channel: string
  readonly from: string
  readonly sequence: number
  /** How many bundles between the newest one that was taken before and this one never came. */
  readonly missed: number
  /** For each log of the bundle, how much of it was held before and is held now. */
  readonly logs: readonly { readonly origin: string; readonly from: number; readonly size: number }[]
  readonly entries: number
  readonly bodies: number
  readonly cosignatures: number
  readonly refused: readonly { readonly origin?: string; readonly position?: number; readonly code: string }[]
  /** Files of evidence of this channel that were handed to us and are still to come: no bundle carries them. */
  readonly awaited: readonly FileBeside[]
}

interface Refusal {
  readonly origin: string
  readonly position: number
  readonly code: string
}

/**
 * Imports a bundle. What the whole of it refuses is thrown, and then nothing is stored; a log that is refused by itself is
 * in the result, and the others are taken.
 *
 * @throws ServerError `bundle.refused` with the record's code as its detail, `bundle.recipient`, `channel.unknown`.
 */
export async function importBundle(node: ParleyNode, bytes: Uint8Array): Promise<BundleTaken> {
  const opened = await openBundle(node, bytes)
  const { channel, from, sequence } = opened.bundle.manifest
  const sizes = opened.arrivals.map(({ log }) => ({ origin: log.origin, from: sizeOf(node, log.origin) }))
  const lacking = await listLacking(node, [...opened.bodies.keys()])
  const newest = await readNewest(node, channel, from)

  await hear(node, opened, newest)
  const refused: Refusal[] = []
  for (const { arrivals, log } of opened.arrivals) {
    for (const arrival of arrivals) {
      // Our own log is what it is, unless it is being recovered.
      if (log.own && node.state.own.get(log.origin)?.phase !== 'recovering') break
      const outcome = await node.driver.arrive(arrival)
      if (outcome.kind === 'settled') continue
      refused.push({ origin: log.origin, position: arrival.start, code: outcome.code })
      break
    }
  }
  for (const { code, fork, origin, position } of opened.refused) {
    refused.push({ origin, position, code })
    if (fork !== undefined) await node.keepFork(origin, fork)
  }
  await takeBodies(node, opened)
  const cosignatures = await takeCosignatures(node, opened.cosignatures)
  await hear(node, opened, newest)
  await node.database.writer.commit([putSetting(settingOf(channel, from), String(Math.max(newest ?? 0, sequence)))])
  const logs = sizes.map((log) => ({ ...log, size: sizeOf(node, log.origin) }))
  const taken = await listLacking(node, lacking)
  return {
    label: opened.bundle.label,
    channel,
    from,
    sequence,
    missed: newest === undefined ? sequence : Math.max(0, sequence - newest - 1),
    logs,
    entries: logs.reduce((sum, { from: before, size }) => sum + size - before, 0),
    bodies: lacking.length - taken.length,
    cosignatures,
    refused,
    awaited: await listAwaited(node, channel),
  }
}

function sizeOf({ state }: ParleyNode, origin: string): number {
  return (state.own.get(origin) ?? state.replicas.get(origin))?.frontier.size ?? 0
}

const settingOf = (channel: string, from: string): string => `bundles-taken/${channel}/${from}`

async function readNewest({ database }: ParleyNode, channel: string, from: string): Promise<number | undefined> {
  const text = await readSetting(database.reader, settingOf(channel, from))
  return text === undefined ? undefined : Number(text)
}

/**
 * Tells the core what the bundle shows of our own logs. A transport that a member made for us, and that is none of those
 * before the newest, answers for every log of ours in the channel. Of any other bundle only a head beyond our copy counts:
 * whoever carries it, it bears our own signature.
 */
async function hear(node: ParleyNode, opened: OpenedBundle, before: number | undefined): Promise<void> {
  const { clock, crypto, driver, logReader, registry, state } = node
  const { channel, from, purpose, sequence, to } = opened.bundle.manifest
  const isAnswer =
    purpose === 'transport' && to === registry.self && from !== registry.self && sequence >= (before ?? 0)
  const own = registry.logsOf(channel).filter((log) => log.own)
  for (const log of own) {
    const shown: HeldHead[] = []
    for (const held of opened.ownHeads.filter(({ origin }) => origin === log.origin)) {
      // Our copy may have grown since the bundle was opened.
      shown.push({ ...held, ours: await readOurs(crypto, logReader, log.origin, held.head.size) })
    }
    const newest = shown.toSorted((one, other) => other.head.size - one.head.size)[0]
    const head = shown.find(contradicts) ?? newest
    const members = registry.membersOf(log)
    const party = members.includes(from) ? from : members[0]
    const isNews =
      head !== undefined && (contradicts(head) || head.head.size > (state.own.get(log.origin)?.frontier.size ?? 0))
    if (party === undefined || !(isAnswer || isNews)) continue
    const heads = head === undefined ? [] : [head]
    driver.dispatch({ kind: 'heads-carried', party, origins: [log.origin], heads, at: clock() })
  }
}

function contradicts({ head, ours }: HeldHead): boolean {
  return ours !== undefined && !equalBytes(ours, head.root)
}

/** Those of the bodies that are not held. */
async function listLacking({ database }: ParleyNode, digests: readonly string[]): Promise<string[]> {
  const held = new Set<string>()
  for (let start = 0; start < digests.length; start += pageRowsMax) {
    const some = digests.slice(start, start + pageRowsMax).map((digest) => Uint8Array.fromHex(digest))
    for (const { digest, state } of await readBodies(database.reader, some)) {
      if (state === 'held') held.add(digest.toHex())
    }
  }
  return digests.filter((digest) => !held.has(digest))
}

/** Bodies that entries held before had waited for. */
async function takeBodies(node: ParleyNode, { arrivals, bodies, bundle }: OpenedBundle): Promise<void> {
  for (const { log } of arrivals) {
    const held = node.state.replicas.get(log.origin) ?? node.state.own.get(log.origin)
    const missing = [...(held?.missing.keys() ?? [])]
    const found = missing.flatMap((digest) => {
      const bytes = bodies.get(digest)
      return bytes === undefined ? [] : [{ digest, bytes }]
    })
    if (found.length === 0) continue
    const party = bundle.manifest.from === node.registry.self ? log.party : bundle.manifest.from
    await node.driver.arrive({ kind: 'bodies', party, origin: log.origin, bodies: found })
  }
}

/** Keeps those over heads that our copies have, and tells the core how far members have got with our own logs. */
async function takeCosignatures(node: ParleyNode, carried: readonly Cosignature[]): Promise<number> {
  const kept: Cosignature[] = []
  let fresh = 0
  for (const cosignature of carried) {
    const { head, line, time } = cosignature
    if (node.registry.logOf(head.origin) === undefined) continue
    const ours = await readOurs(node.crypto, node.logReader, head.origin, head.size)
    if (ours === undefined || !equalBytes(ours, head.root)) continue
    kept.push(cosignature)
    const rows = await listCosignatures(node.database.reader, node.shelf.numberOf(head.origin), head.size)
    if (!rows.some((row) => row.cosigner === line.name && row.time === time)) fresh += 1
  }
  await node.keepReceipts(kept)
  for (const own of node.state.own.values()) await noteReceipts(node, own.origin, kept)
  return fresh
}

async function noteReceipts(node: ParleyNode, origin: string, kept: readonly Cosignature[]): Promise<void> {
  const { clock, driver, registry, state } = node
  for (const party of state.own.get(origin)?.members ?? []) {
    const name = `${registry.governance(party).prefix}/mirror`
    const mirrored = kept.filter(({ head, line }) => head.origin === origin && line.name === name)
    const receipted = Math.max(0, ...mirrored.map(({ head }) => head.size))
    const progress = state.peers.get(party)?.progress.get(origin)
    if (progress === undefined || receipted <= progress.receipted) continue
    const have = Math.max(progress.have, receipted)
    await node.keepReceipts([], { party, origin, have, receipted })
    driver.dispatch({ kind: 'answered', party, origin, have, receipted, at: clock() })
  }
}
