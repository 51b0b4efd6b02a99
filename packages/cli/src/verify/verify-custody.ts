// Verifies a certificate of custody from nothing but the file and the keys that the person trusts. What the certificate states
// is computed anew from its entries and must be the same; how each copy stands is told from the entries alone.

import {
  channelOrigin,
  entryDigest,
  equalBytes,
  formatCanonical,
  formatUtf8,
  leafHash,
  openTlogProof,
  parseCanonical,
  parseEntry,
  parseTlogProof,
  parseUtf8,
  RecordError,
} from '@parley/record'
import type { CanonicalObject, CanonicalValue, Crypto, Entry } from '@parley/record'
import { checkShape, findType, readAct, viewSubject } from '@parley/mechanism'
import type { Act, CustodyAccount, EvidenceState } from '@parley/mechanism'
import { refused } from './finding.ts'
import type { Failure, Finding } from './finding.ts'
import type { Trust } from './trust.ts'
import { countCosignatures, logOf } from './verify-notes.ts'

export interface CustodyFinding extends Finding {
  /** What the proven entries say, when all of it holds. */
  readonly custody?: CustodyAccount
}

/** An item has few acts; this bounds what is read of a file that may be anybody's. */
const certificateBytesMax = 16 * 1024 * 1024
const depthMax = 16

interface Certificate {
  readonly channel: string
  readonly item: string
  readonly facts: CanonicalValue
  readonly custody: CanonicalValue
  readonly entries: readonly Stated[]
}

interface Stated {
  readonly origin: string
  readonly position: number
  readonly type: string
  readonly proof: string
}

interface Proven {
  readonly entry: Entry
  readonly act: Act
  readonly origin: string
  readonly cosignatures: number
}

export async function verifyCustodyFile(crypto: Crypto, bytes: Uint8Array, trust: Trust): Promise<CustodyFinding> {
  const certificate = parseCertificate(bytes)
  if (certificate === undefined) {
    return refused('custody', 'verify.custody-malformed', 'file', 'not a certificate of custody of this version')
  }
  const { channel, item } = certificate
  const failures: Failure[] = []
  const proven: Proven[] = []
  for (const [place, stated] of certificate.entries.entries()) {
    try {
      proven.push(await proveEntry(crypto, stated, certificate, trust))
    } catch (error) {
      if (!(error instanceof RecordError) && !(error instanceof Strange)) throw error
      const code = error instanceof RecordError ? error.code : 'verify.custody-entry'
      failures.push({ code, where: `entries[${place}]`, detail: error.message })
    }
  }
  if (failures.length === 0) failures.push(...checkWhole(certificate, proven, trust))
  const counts = {
    inclusions: proven.length,
    cosignatures: proven.reduce((sum, { cosignatures }) => sum + cosignatures, 0),
  }
  const facts = { channel, digest: item }
  if (failures.length > 0) return { kind: 'custody', facts, counts, ineffective: [], failures }
  const { acts, state } = readCustody(item, proven)!
  return { kind: 'custody', facts, counts, ineffective: [], failures, custody: { item, state, acts } }
}

/** An entry that is proven and does not belong into this certificate. */
class Strange extends Error {}

async function proveEntry(
  crypto: Crypto,
  { origin, position, proof, type }: Stated,
  { channel, item }: Certificate,
  trust: Trust,
): Promise<Proven> {
  const proofBytes = formatUtf8(proof)
  const { extra, note } = parseTlogProof(proofBytes)
  if (extra === undefined) throw new Strange('the proof carries no entry')
  const log = logOf(note, trust)
  const { checkpoint, index } = await openTlogProof(crypto, proofBytes, leafHash(crypto, extra), log)
  const entry = parseEntry(extra)
  const digest = entryDigest(crypto, entry)
  const read = readAct(entry, { digest, index, seen: {} })
  if (log.origin !== origin || index !== position || entry.type !== type) throw new Strange('stated as another entry')
  if (entry.channel !== channel || read.kind !== 'act' || read.act.subject !== item || !type.startsWith('evidence.')) {
    throw new Strange('the entry is not about this item')
  }
  if (checkShape(findType(type)!.shape, entry.data).kind === 'refused') throw new Strange('data of another shape')
  return { entry, act: read.act, origin, cosignatures: await countCosignatures(crypto, checkpoint, trust) }
}

/** What holds of the entries together, and whether they say what the certificate states. */
function checkWhole(
  { channel, custody, facts, item }: Certificate,
  proven: readonly Proven[],
  trust: Trust,
): Failure[] {
  const failed = (detail: string): Failure[] => [{ code: 'verify.custody-entry', where: 'entries', detail }]
  if (new Set(proven.map(({ act }) => act.digest)).size !== proven.length) return failed('an entry stands twice')
  const writers = new Set(proven.map(({ entry, origin }) => `${origin} ${entry.from}`))
  const one = (of: 'origin' | 'from'): number =>
    new Set(proven.map(({ entry, origin }) => (of === 'origin' ? origin : entry.from))).size
  if (writers.size !== one('origin') || writers.size !== one('from')) return failed('a log speaks for two parties')
  // With the genesis it is known whose log is whose.
  const named = (trust.genesis?.value.parties ?? []).map(
    ({ party, prefix }) => `${channelOrigin(prefix, trust.genesis!.value.channel)} ${party}`,
  )
  if (trust.genesis !== undefined && ![...writers].every((writer) => named.includes(writer))) {
    return failed('a log of another party or of another channel')
  }
  const read = readCustody(item, proven)
  if (read === undefined) return failed('the sealing of the item is not among them')
  const computed = formatUtf8(formatState(read.state))
  const stated = formatUtf8(formatState({ ...(facts as object), custody } as unknown as EvidenceState))
  if (equalBytes(computed, stated)) return []
  return [{ code: 'verify.custody-differs', where: channel, detail: 'the entries say something else than is stated' }]
}

/** What follows from the entries of the item alone. Whether two acts crossed depends on entries that are not in the file. */
function formatState({ crossed: _crossed, status: _status, ...state }: EvidenceState): string {
  return parseUtf8(formatCanonical(state))
}

function readCustody(item: string, proven: readonly Proven[]) {
  const acts = proven.map(({ act }) => act).sort((a, b) => a.at - b.at)
  const sealing = acts.find(({ digest, type }) => digest === item && type === 'evidence.sealed')
  if (sealing === undefined) return undefined
  const parties = [...new Set(acts.map(({ party }) => party))].sort()
  const viewed = viewSubject(item, acts, parties)
  return viewed.topic === 'evidence' ? { acts, state: viewed.state } : undefined
}

function parseCertificate(bytes: Uint8Array): Certificate | undefined {
  let value: CanonicalValue
  try {
    value = parseCanonical(bytes, { bytesMax: certificateBytesMax, depthMax })
  } catch (error) {
    if (error instanceof RecordError) return undefined
    throw error
  }
  if (!isObject(value) || value['v'] !== 1 || value['kind'] !== 'parley.custody') return undefined
  const { channel, custody, entries, facts, item } = value
  if (typeof channel !== 'string' || typeof item !== 'string' || !isObject(facts) || !Array.isArray(custody)) {
    return undefined
  }
  if (!Array.isArray(entries) || !entries.every(isStated)) return undefined
  return { channel, item, facts, custody, entries }
}

function isObject(value: CanonicalValue | undefined): value is CanonicalObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isStated(value: CanonicalValue): value is CanonicalObject & Stated {
  return (
    isObject(value) &&
    typeof value['origin'] === 'string' &&
    typeof value['position'] === 'number' &&
    typeof value['type'] === 'string' &&
    typeof value['proof'] === 'string'
  )
}
