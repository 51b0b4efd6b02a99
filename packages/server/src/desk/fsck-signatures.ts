// Checks what others and we have signed over one stored log: heads, cosignatures, the receipts they make, proofs of forks,
// and our own lock. Every signature is verified anew.

import {
  createVerifierKey,
  formatCheckpointText,
  formatNote,
  logKeyAt,
  openCheckpoint,
  openCosignatures,
  openForkProof,
  parseBase64,
  RecordError,
} from '@parley/record'
import type { Crypto, GovernanceState, VerifierKey } from '@parley/record'
import { listCosignaturesOfLog, listNewestCosignatures } from '../db/cosignatures.ts'
import type { Cosignature } from '../db/cosignatures.ts'
import { listForks } from '../db/forks.ts'
import { listHeads, readHeads } from '../db/heads.ts'
import type { LockedHead } from '../db/lock-checkpoint.ts'
import { listDeliveries } from '../db/outbox.ts'
import { pageRowsMax } from '../db/page.ts'
import type { Reader } from '../db/statement.ts'
import { parseCosignatureRow, roleOf } from '../log/cosignature-rows.ts'
import type { CheckedLog } from './fsck-log.ts'
import type { DifferenceList, DifferencePlace } from './fsck-report.ts'

export interface SignatureParts {
  readonly crypto: Crypto
  readonly reader: Reader
  readonly differences: DifferenceList
  /** The governance of every party, as its log has made it. */
  readonly governances: ReadonlyMap<string, GovernanceState>
}

interface StoredHead {
  readonly size: number
  readonly root: Uint8Array
  readonly note: Uint8Array
}

/** Checks every head that is remembered of a log; returns how many. */
export async function checkHeads(parts: SignatureParts, log: CheckedLog): Promise<number> {
  let count = 0
  if (log.row.head !== undefined) {
    await checkHead(parts, log, log.row.head, 'newest')
    count += 1
  }
  for (let below = Infinity; ;) {
    const query = { log: log.row.id, limit: pageRowsMax, ...(below === Infinity ? {} : { below }) }
    const page = await listHeads(parts.reader, query)
    const last = page.at(-1)
    if (last === undefined) return count
    // A fork has several heads of one size, which a page may cut in two.
    const whole = [
      ...page.filter(({ size }) => size > last.size),
      ...(await readHeads(parts.reader, log.row.id, last.size)),
    ]
    for (const head of whole) await checkHead(parts, log, head, 'remembered')
    count += whole.length
    below = last.size
  }
}

async function checkHead(
  { crypto, differences, governances }: SignatureParts,
  { origin, party, row, tree }: CheckedLog,
  { note, root, size }: StoredHead,
  field: string,
): Promise<void> {
  const where = { origin, size, field }
  const governance = governances.get(party)
  try {
    if (governance === undefined) throw new RecordError('governance.key', 'the party is not known')
    const key = createVerifierKey(crypto, 'ed25519', origin, logKeyAt(governance, origin, size))
    const opened = await openCheckpoint(crypto, note, { origin, keys: [key] })
    differences.compare('head', where, opened.size, size)
    differences.compare('head', where, opened.root, root)
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    differences.add('head', where, 'a head under the key of its author', error.code)
    return
  }
  // The heads of a forked log contradict each other; that is what the proof is for.
  if (size <= tree.size && row.frozen === undefined) differences.compare('head', where, tree.root(size), root)
}

/** Checks every cosignature over a log, and that the newest of each cosigner is kept as such; returns how many. */
export async function checkCosignatures(parts: SignatureParts, log: CheckedLog): Promise<number> {
  const newest = new Map<string, Cosignature>()
  let count = 0
  for (let before = 0; ; before += pageRowsMax) {
    const page = await listCosignaturesOfLog(parts.reader, { log: log.row.id, before, limit: pageRowsMax })
    for (const row of page) {
      await checkCosignature(parts, log, row, 'signature')
      const name = `${row.cosigner} ${row.role}`
      const known = newest.get(name)
      if (known === undefined || row.size > known.size || (row.size === known.size && row.time > known.time)) {
        newest.set(name, row)
      }
    }
    count += page.length
    if (page.length < pageRowsMax) break
  }
  const kept = await listNewestCosignatures(parts.reader, log.row.id)
  const keptByName = new Map(kept.map((row) => [`${row.cosigner} ${row.role}`, row]))
  for (const name of new Set([...newest.keys(), ...keptByName.keys()])) {
    const [expected, found] = [newest.get(name), keptByName.get(name)]
    const where = { origin: log.origin, cosigner: (expected ?? found)!.cosigner, field: 'newest' }
    parts.differences.compare('cosignature', where, spell(expected), spell(found))
  }
  await checkReceipts(parts, log, newest)
  return count
}

const spell = (row: Cosignature | undefined): string | undefined =>
  row && `${row.size} ${row.root.toHex()} ${row.time} ${row.signature.toHex()}`

async function checkCosignature(
  { crypto, differences, governances }: SignatureParts,
  { origin, tree }: CheckedLog,
  row: Cosignature,
  field: string,
): Promise<void> {
  const { cosigner, role, root, size, time } = row
  const where: DifferencePlace = { origin, cosigner, size, field }
  differences.compare('cosignature', { ...where, field: 'role' }, roleOf(cosigner), role)
  try {
    const line = parseCosignatureRow(row)
    const keys = [...governances.values()].flatMap((state) => listCosignerKeys(crypto, state, cosigner))
    const note = formatNote({ text: formatCheckpointText({ origin, size, root }), lines: [line] })
    const [opened] = await openCosignatures(crypto, note, keys)
    differences.compare('cosignature', { ...where, field: 'time' }, opened?.time, time)
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    differences.add('cosignature', where, 'a signature under a key of the cosigner', error.code)
    return
  }
  if (size <= tree.size) differences.compare('cosignature', { ...where, field: 'root' }, tree.root(size), root)
}

/** Every key that a party ever had in the role that the key name states. */
function listCosignerKeys(crypto: Crypto, { keys, prefix }: GovernanceState, cosigner: string): VerifierKey[] {
  const role = roleOf(cosigner)
  if (cosigner !== `${prefix}/${role}`) return []
  return keys
    .filter((tenure) => tenure.role === role)
    .map(({ key }) => createVerifierKey(crypto, 'cosignature/v1', cosigner, parseBase64(key)))
}

/** How far we say that a member has given receipts follows from them. */
async function checkReceipts(
  { differences, governances, reader }: SignatureParts,
  { origin, row }: CheckedLog,
  newest: ReadonlyMap<string, Cosignature>,
): Promise<void> {
  if (!row.own) return
  for (const { party, prefix } of governances.values()) {
    const stated = (await listDeliveries(reader, party)).find(({ log }) => log === row.id)?.receipted ?? 0
    const given = newest.get(`${prefix}/mirror mirror`)?.size ?? 0
    if (stated > given) differences.add('receipt', { origin, party }, given, stated)
  }
}

/**
 * The lock names a head that our log has, and no smaller one than we have signed. It was read before the database and
 * after it, which differ only while the node runs.
 */
export function checkLock(
  { differences }: Pick<SignatureParts, 'differences'>,
  { origin, row, tree }: CheckedLog,
  { after, before }: { readonly before: LockedHead | undefined; readonly after: LockedHead | undefined },
): void {
  const signed = row.head?.size ?? 0
  if ((after?.size ?? 0) < signed) differences.add('lock', { origin, field: 'size' }, signed, after?.size)
  if (before === undefined) return
  if (before.size > tree.size) differences.add('lock', { origin, field: 'size' }, tree.size, before.size)
  else differences.compare('lock', { origin, size: before.size, field: 'root' }, tree.root(before.size), before.root)
}

/** Each proof of a fork proves one, and exactly the logs that have one are frozen. */
export async function checkForks(parts: SignatureParts, logs: readonly CheckedLog[]): Promise<number> {
  const { crypto, differences, governances, reader } = parts
  const forks = await listForks(reader)
  for (const { digest, log: id, proof } of forks) {
    const log = logs.find(({ row }) => row.id === id)
    const where = { ...(log === undefined ? {} : { origin: log.origin }), digest: digest.toHex() }
    differences.compare('fork', where, crypto.sha256(proof), digest)
    const governance = log === undefined ? undefined : governances.get(log.party)
    try {
      const keys = (governance?.keys ?? [])
        .filter(({ role }) => role === 'log')
        .map(({ key }) => createVerifierKey(crypto, 'ed25519', log?.origin ?? '-', parseBase64(key)))
      await openForkProof(crypto, proof, { origin: log?.origin ?? '', keys })
    } catch (error) {
      if (!(error instanceof RecordError)) throw error
      differences.add('fork', where, 'a proof', error.code)
    }
  }
  for (const { origin, row } of logs) {
    const isFrozen = row.frozen !== undefined
    const isProven = forks.some(({ log }) => log === row.id)
    if (isFrozen !== isProven) {
      differences.add(
        'log',
        { origin, field: 'frozen' },
        isProven ? 'frozen' : 'not frozen',
        isFrozen ? 'frozen' : 'not frozen',
      )
    }
  }
  return forks.length
}
