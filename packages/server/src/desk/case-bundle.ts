// Puts one case into a file that somebody outside can verify offline (docs/spec/case-bundle.md): each valid entry under the
// head that is the earliest evidence of its receipt, the key histories, and openings of the texts that were chosen.

import {
  equalBytes,
  formatCaseBundle,
  formatOpening,
  formatTlogProof,
  governanceChannel,
  openCase,
  parseEntry,
  proveInclusion,
  RecordError,
} from '@parley/record'
import type { Entry, ProvenEntry } from '@parley/record'
import { composeDelivery } from '@parley/record/exchange'
import { demandsOf, findType } from '@parley/mechanism'
import type { SubjectState } from '@parley/mechanism'
import { findFirstCosignature } from '../db/cosignatures.ts'
import { listEntriesOfSubject } from '../db/entries.ts'
import type { StoredEntry } from '../db/entries.ts'
import { readHeads } from '../db/heads.ts'
import { pageRowsMax } from '../db/page.ts'
import { listSubjects } from '../db/subjects.ts'
import { ServerError } from '../error.ts'
import { firstCosignedNote, heldHead, readHeldHead } from '../log/head-notes.ts'
import type { KnownLog } from '../log/registry.ts'
import type { ParleyNode } from '../node.ts'
import { readOpening } from './open-body.ts'

export interface CaseOrder {
  readonly channel: string
  /** A request. */
  readonly subject: string
  /** Digests of entries of the case whose texts are disclosed. */
  readonly disclose: readonly string[]
}

export interface ComposedCase {
  readonly bytes: Uint8Array
  /** Names the file and all that is in it, hexadecimal. */
  readonly label: string
}

/** Why a text cannot be disclosed; `undisclosed.digest` names its entry. */
export class UndisclosedError extends Error {
  readonly reason: 'missing' | 'sealed' | 'erased' | 'mismatch' | 'no-entry' | 'no-body'

  constructor(reason: UndisclosedError['reason'], digest: string) {
    super(`the text of ${digest} cannot be disclosed: ${reason}`)
    this.reason = reason
  }
}

/** An entry of the case with the log it stands in. */
interface Placed {
  readonly log: KnownLog
  readonly row: StoredEntry
  readonly entry: Entry
  readonly digest: string
}

/**
 * Makes the file and verifies it as its reader will, before anybody gets it.
 *
 * @throws ServerError `entry.unpublished` while no signed head covers an entry or what it had seen, `bundle.limit`;
 *   {@link UndisclosedError}.
 */
export async function composeCase(node: ParleyNode, order: CaseOrder): Promise<ComposedCase> {
  const { crypto, registry } = node
  const placed = await listCase(node, order)
  const openings: Uint8Array[] = []
  for (const digest of new Set(order.disclose)) openings.push(await disclose(node, placed, digest))
  const entries: ProvenEntry[] = []
  for (const one of placed) entries.push(await prove(node, one))
  try {
    const bytes = formatCaseBundle(crypto, {
      subject: order.subject,
      genesis: registry.channel(order.channel).genesisBytes,
      governance: await composeHistories(node, order.channel),
      entries,
      openings,
    })
    const demands = (type: string) => (findType(type) === undefined ? undefined : demandsOf(type))
    const { bundle } = await openCase(crypto, bytes, { demands })
    return { bytes, label: bundle.label }
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    if (error.code === 'case.limit') {
      throw new ServerError('bundle.limit', 'the case is larger than a file may be', { cause: error })
    }
    if (error.code === 'seen.missing') throw unpublished(error)
    throw error
  }
}

function unpublished(cause?: unknown): ServerError {
  return new ServerError('entry.unpublished', 'no signed checkpoint covers an entry yet', { cause })
}

/** The valid entries about the request and its evidence, and those by which the agreement came to be in force. */
async function listCase(node: ParleyNode, { channel, subject }: CaseOrder): Promise<Placed[]> {
  const subjects = [subject, ...(await listEvidenceOf(node, channel, subject)), 'agreement']
  const placed: Placed[] = []
  for (const one of subjects) {
    const rows = await listEntriesOfSubject(node.database.reader, { channel, subject: one, limit: pageRowsMax })
    if (rows.length === pageRowsMax) throw new ServerError('bundle.limit', 'the case has more entries than one file')
    for (const row of rows) {
      const stored = node.shelf.stored().find(({ id }) => id === row.log)
      const log = stored === undefined ? undefined : node.registry.logOf(stored.origin)
      if (log === undefined || row.verdict !== 'valid' || row.digest === null) continue
      placed.push({ log, row, entry: parseEntry(row.bytes), digest: row.digest.toHex() })
    }
  }
  return placed
}

/** Items of evidence that name the request. */
export async function listEvidenceOf(node: ParleyNode, channel: string, request: string): Promise<string[]> {
  const found: string[] = []
  for (let before: number | undefined; ;) {
    const filter = { channels: [channel], topic: 'evidence', limit: pageRowsMax }
    const rows = await listSubjects(node.database.reader, before === undefined ? filter : { ...filter, before })
    for (const { id, state } of rows) {
      const item = JSON.parse(state) as Extract<SubjectState, { topic: 'evidence' }>
      if (item.state.request === request) found.push(id)
    }
    if (rows.length < pageRowsMax) return found
    before = rows.at(-1)!.changed
  }
}

async function disclose(node: ParleyNode, placed: readonly Placed[], digest: string): Promise<Uint8Array> {
  const entry = placed.find((one) => one.digest === digest)?.entry
  if (entry === undefined) throw new UndisclosedError('no-entry', digest)
  if (entry.body === undefined) throw new UndisclosedError('no-body', digest)
  const opened = await readOpening(node, entry.body)
  if (typeof opened === 'string') throw new UndisclosedError(opened, digest)
  return formatOpening(opened)
}

async function prove(node: ParleyNode, { log, row }: Placed): Promise<ProvenEntry> {
  const { crypto, database, logReader, shelf } = node
  const head = (await firstReceipted(node, log, row.position)) ?? heldHead(node.state, log.origin)
  if (head === undefined || head.size <= row.position) throw unpublished()
  const hashes = await proveInclusion(crypto, logReader.treeOf(log.origin), row.position, head.size)
  const note = await firstCosignedNote(database.reader, shelf.numberOf(log.origin), head)
  return { entry: row.bytes, proof: formatTlogProof({ index: row.position, hashes, note }) }
}

/** The signed head that covers the position and that somebody other than its author cosigned first. */
async function firstReceipted({ database, registry, shelf }: ParleyNode, log: KnownLog, position: number) {
  const number = shelf.numberOf(log.origin)
  const others = [registry.self, ...registry.membersOf(log)].filter((party) => party !== log.party)
  const receipts = await Promise.all(
    others.flatMap((party) =>
      (['mirror', 'witness'] as const).map((role) => {
        const cosigner = `${registry.governance(party).prefix}/${role}`
        return findFirstCosignature(database.reader, { log: number, cosigner, role, position })
      }),
    ),
  )
  const found = receipts.filter((receipt) => receipt !== undefined).sort((one, other) => one.time - other.time)
  for (const { root, size } of found) {
    const head = (await readHeads(database.reader, number, size)).find((one) => equalBytes(one.root, root))
    if (head !== undefined) return head
  }
  return undefined
}

/** The governance logs of the channel's parties, each whole. */
async function composeHistories(node: ParleyNode, channel: string): Promise<Uint8Array[]> {
  const { crypto, database, registry, shelf, state } = node
  const frames: Uint8Array[] = []
  for (const { origin } of registry.logsOf(channel).filter((log) => log.channel === governanceChannel)) {
    const head = await readHeldHead(database.reader, state, { id: shelf.numberOf(origin), origin })
    if (head === undefined) continue
    for (let start = 0; start < head.size;) {
      const delivery = { origin, start, head, cosignatures: [] }
      const { bytes, end } = await composeDelivery({ crypto, bodyOf: node.bodyOf }, node.logReader, delivery)
      frames.push(bytes)
      start = end
    }
  }
  return frames
}
