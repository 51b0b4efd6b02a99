// The operations on logs: what is kept here, entry by entry, with all that is needed to check one without trusting us.

import {
  formatBase64,
  formatTlogProof,
  formatVerifierKey,
  governanceChannel,
  governanceOrigin,
  leafHash,
  parseForkProof,
  parseUtf8,
  proveInclusion,
  verifyInclusion,
} from '@parley/record'
import type { Entry, SignatureLine } from '@parley/record'
import { formatCheckpointText, formatNote, parseEntry } from '@parley/record'
import type { Receipt, SubjectState } from '@parley/mechanism'
import type { DataObject, EntryProof, EntryRow, LogView, Operations } from '@parley/api'
import { listNewestCosignatures, listCosignaturesOfLog } from '../db/cosignatures.ts'
import { readEntries } from '../db/entries.ts'
import type { StoredEntry } from '../db/entries.ts'
import { pageRowsMax } from '../db/page.ts'
import { readSubjects } from '../db/subjects.ts'
import { viewStanding } from '../desk/standing.ts'
import { ServerError } from '../error.ts'
import { HttpError } from '../http/error.ts'
import type { Handler } from '../http/handler.ts'
import type { Reach } from '../http/reach.ts'
import { parseCosignatureRow } from '../log/cosignature-rows.ts'
import { cosignedNote, heldHead, newestHead } from '../log/head-notes.ts'
import type { KnownLog } from '../log/registry.ts'
import type { ParleyNode } from '../node.ts'
import { officialOf } from './act-views.ts'
import { formatCursor, parseCursor } from './cursor.ts'

const limitDefault = 50

/** A log beyond the caller's reach is as one that is not here. */
function findLog({ registry }: ParleyNode, id: string, reaches: Reach): KnownLog {
  const log = registry.logById(id)
  if (log === undefined || !reaches(log.channel)) throw new HttpError('log.not-found', 'There is no such log here')
  return log
}

/** The party whose key has that name, or null for a neutral one. */
function partyOfKey({ registry }: ParleyNode, name: string): string | null {
  return registry.parties().find((party) => name.startsWith(`${registry.governance(party).prefix}/`)) ?? null
}

export function createListLogs(node: ParleyNode): Handler<Operations['listLogs']> {
  return async ({ reaches }) => {
    const shown = node.registry.logs().filter(({ channel }) => reaches(channel))
    return { items: await Promise.all(shown.map((log) => viewLog(node, log))) }
  }
}

async function viewLog(node: ParleyNode, log: KnownLog): Promise<LogView> {
  const { database, shelf, state } = node
  const core = state.own.get(log.origin) ?? state.replicas.get(log.origin)
  const head = newestHead(state, log.origin)
  const cosigners = await listNewestCosignatures(database.reader, shelf.numberOf(log.origin))
  return {
    id: log.id,
    origin: log.origin,
    party: log.party,
    channel: log.channel,
    own: log.own,
    size: core?.frontier.size ?? 0,
    root: formatBase64(core?.root ?? node.crypto.sha256(new Uint8Array())),
    head: head === undefined ? null : { size: head.size, root: formatBase64(head.root), note: parseUtf8(head.note) },
    cosigners: cosigners.map(({ cosigner, role, size, time }) => ({
      name: cosigner,
      party: partyOfKey(node, cosigner),
      role,
      size,
      time,
    })),
    frozen: state.replicas.get(log.origin)?.frozen ?? state.own.get(log.origin)?.phase === 'forked',
  }
}

export function createListEntries(node: ParleyNode): Handler<Operations['listEntries']> {
  return async ({ params, query, reaches }) => {
    const log = findLog(node, params.log, reaches)
    const start = query.from ?? 0
    const end = start + (query.limit ?? limitDefault)
    const rows = await readEntries(node.database.reader, { log: node.shelf.numberOf(log.origin), start, end })
    const size = (node.state.own.get(log.origin) ?? node.state.replicas.get(log.origin))?.frontier.size ?? 0
    return { size, items: await Promise.all(rows.map((row) => viewEntryRow(node, log, row))) }
  }
}

async function viewEntryRow(node: ParleyNode, log: KnownLog, row: StoredEntry): Promise<EntryRow> {
  return {
    ...(await viewFields(node, log, row)),
    type: row.type,
    subject: row.subject !== null && /^[0-9a-f]{64}$/.test(row.subject) ? row.subject : null,
    at: row.at,
  }
}

async function viewFields(node: ParleyNode, log: KnownLog, row: StoredEntry) {
  const opened = await readOpened(node, log, row)
  return {
    position: row.position,
    // Bytes that are no entry have no digest of an entry; what names them is that of the bytes.
    digest: (row.digest ?? node.crypto.sha256(row.bytes)).toHex(),
    party: log.party,
    bytes: formatBase64(row.bytes),
    verdict: row.verdict,
    ...(row.code === null ? {} : { code: row.code }),
    standing: await viewStanding(node, log, row, opened),
  }
}

/** The receipts of the subject that an entry is about. */
async function readOpened(node: ParleyNode, log: KnownLog, { subject }: StoredEntry): Promise<readonly Receipt[]> {
  if (subject === null || log.channel === governanceChannel) return []
  const [row] = await readSubjects(node.database.reader, log.channel, [subject])
  return row === undefined ? [] : (JSON.parse(row.state) as SubjectState).opened
}

async function findEntry(
  node: ParleyNode,
  id: string,
  position: number,
  reaches: Reach,
): Promise<{ log: KnownLog; row: StoredEntry }> {
  const log = findLog(node, id, reaches)
  const range = { log: node.shelf.numberOf(log.origin), start: position, end: position + 1 }
  const [row] = await readEntries(node.database.reader, range)
  if (row === undefined) throw new HttpError('entry.not-found', 'The log has no entry at this position')
  return { log, row }
}

export function createViewEntry(node: ParleyNode): Handler<Operations['viewEntry']> {
  return async ({ params, reaches }) => {
    const { log, row } = await findEntry(node, params.log, params.position, reaches)
    const entry = row.digest === null ? undefined : parseEntry(row.bytes)
    return {
      ...(await viewFields(node, log, row)),
      log: log.id,
      entry: entry === undefined ? null : (entry as unknown as DataObject),
      proof: await viewProof(node, log, row, entry),
    }
  }
}

/**
 * The proof that the stored bytes are in the log, under its newest head; undefined while no head covers them.
 *
 * @throws ServerError `log.damaged` when they are not: then nothing about them can be said.
 */
async function proveStored(
  { crypto, database, logReader, shelf, state }: ParleyNode,
  { origin }: KnownLog,
  { bytes, position }: StoredEntry,
): Promise<{ size: number; hashes: readonly Uint8Array[]; note: Uint8Array } | undefined> {
  const head = heldHead(state, origin)
  if (head === undefined || head.size <= position) return undefined
  const { root, size } = head
  const hashes = await proveInclusion(crypto, logReader.treeOf(origin), position, size)
  try {
    verifyInclusion(crypto, { index: position, size, leafHash: leafHash(crypto, bytes), root }, hashes)
  } catch (cause) {
    throw new ServerError('log.damaged', `entry ${position} of ${origin} is not what was written`, {
      cause,
      detail: origin,
    })
  }
  return { size, hashes, note: await cosignedNote(database.reader, shelf.numberOf(origin), head) }
}

async function viewProof(
  node: ParleyNode,
  log: KnownLog,
  row: StoredEntry,
  entry: Entry | undefined,
): Promise<EntryProof | null> {
  const { registry } = node
  const proven = await proveStored(node, log, row)
  if (proven === undefined) return null
  const { hashes, note, size } = proven
  const cosigners = [log.party, ...registry.membersOf(log), registry.self]
  return {
    size,
    hashes: hashes.map(formatBase64),
    checkpoint: parseUtf8(note),
    verifierKeys: [
      { key: formatVerifierKey(registry.logKey(log.origin, size)), party: log.party, role: 'log' },
      ...[...new Set(cosigners)].flatMap((party) =>
        registry.cosigners(party).map(({ key, role }) => ({ key: formatVerifierKey(key), party, role })),
      ),
    ],
    officials: entry === undefined ? [] : listOfficials(node, entry),
  }
}

function listOfficials({ registry, ...node }: ParleyNode, entry: Entry): EntryProof['officials'] {
  const governance = registry.governance(entry.from)
  const origin = governanceOrigin(governance.prefix)
  const log = registry.logOf(origin)
  return entry.approvals.flatMap(({ official }) => {
    const found = officialOf({ registry, ...node }, entry.from, entry.seen, official)
    const tenure = governance.officials.find((item) => item.official === official)
    if (found === undefined || tenure === undefined || log === undefined) return []
    const { algorithm, key, roles } = found
    const enrolled = { log: log.id, position: tenure.from - 1 }
    return [{ official, party: entry.from, algorithm, key, roles: [...roles], enrolled }]
  })
}

export function createViewEntryProof(node: ParleyNode): Handler<Operations['viewEntryProof']> {
  return async ({ params, reaches }) => {
    const { log, row } = await findEntry(node, params.log, params.position, reaches)
    const proven = await proveStored(node, log, row)
    if (proven === undefined) {
      throw new HttpError('entry.not-published', 'No signed checkpoint covers this entry yet')
    }
    const { hashes, note } = proven
    return parseUtf8(formatTlogProof({ index: row.position, hashes, note }))
  }
}

export function createListCosignatures(node: ParleyNode): Handler<Operations['listCosignatures']> {
  return async ({ params, query, reaches }) => {
    const log = findLog(node, params.log, reaches)
    const limit = query.limit ?? limitDefault
    const before = parseCursor(query.cursor)
    const rows = await listCosignaturesOfLog(node.database.reader, {
      log: node.shelf.numberOf(log.origin),
      ...(before === undefined ? {} : { before }),
      limit: Math.min(limit + 1, pageRowsMax),
    })
    const shown = rows.slice(0, limit)
    const items = shown.map((row) => {
      const { cosigner: name, role, root, size, time } = row
      const line: SignatureLine = parseCosignatureRow(row)
      const note = formatNote({ text: formatCheckpointText({ origin: log.origin, size, root }), lines: [line] })
      return { name, party: partyOfKey(node, name), role, size, root: formatBase64(root), time, note: parseUtf8(note) }
    })
    return { items, next: rows.length >= Math.min(limit + 1, pageRowsMax) ? formatCursor((before ?? 0) + limit) : null }
  }
}

export function createViewForkProof(node: ParleyNode): Handler<Operations['viewForkProof']> {
  return ({ params, reaches }) => {
    const log = findLog(node, params.log, reaches)
    const frozen = node.shelf.stored().find(({ origin }) => origin === log.origin)?.frozen
    if (frozen === undefined) throw new HttpError('fork-proof.not-found', 'No fork of this log is known')
    const { larger, overlap, smaller } = parseForkProof(frozen)
    return {
      log: log.id,
      origin: log.origin,
      first: parseUtf8(smaller),
      second: parseUtf8(larger),
      hashes: overlap === undefined ? [] : [overlap.root, ...overlap.proof].map(formatBase64),
    }
  }
}
