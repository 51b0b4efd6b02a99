// Reads the logs of a bundle as every member reads them: the verdict on each entry, its approvals, the bodies that it
// commits to, and the states that follow at the cut that the bundle reaches.

import {
  channelOrigin,
  formatBase64,
  governanceOrigin,
  parseEntry,
  RecordError,
  verifyCiphertext,
} from '@parley/record'
import type { Crypto, Entry, Genesis, GovernanceState } from '@parley/record'
import { cutDigest, digestStates, viewSubject } from '@parley/mechanism'
import type { Cut, Pack, SubjectState } from '@parley/mechanism'
import { replayLogs } from '@parley/server'
import type { BuiltLog } from './bundle-logs.ts'
import type { Counts, Failure } from './finding.ts'

export interface ReplayedBundle {
  readonly counts: Counts
  readonly ineffective: readonly Failure[]
  readonly failures: readonly Failure[]
  readonly cutDigest: string
  readonly stateDigest: string
}

const standingSubjects = ['agreement', 'directory'] as const

export async function replayBundle(
  crypto: Crypto,
  genesis: Genesis,
  logs: readonly BuiltLog[],
  founded: ReadonlyMap<string, GovernanceState>,
  bodies: ReadonlyMap<string, Uint8Array>,
  pack: { readonly digest: string; readonly pack: Pack } | undefined,
): Promise<ReplayedBundle> {
  const counts = { valid: 0, invalid: 0, unknown: 0, waiting: 0, approvals: 0, bodies: 0, 'bodies-missing': 0 }
  const ineffective: Failure[] = []
  const failures: Failure[] = []
  const committed = new Set<string>()
  const replayed = await replayLogs({
    crypto,
    logs: logs.map((log) => ({
      ...log,
      end: log.entries.length,
      readEntries: (start: number, end: number) => log.entries.slice(start, end),
    })),
    geneses: [genesis],
    founded,
    pack: (digest) => (digest === pack?.digest ? pack.pack : undefined),
    found({ origin }, index, _bytes, { approvals, code, entry, verdict }) {
      counts[verdict] += 1
      counts.approvals += approvals
      if (entry !== undefined) checkBody(crypto, entry, `${origin}:${index}`, { bodies, committed, counts, failures })
      if (verdict === 'valid') return
      ineffective.push({ code: code ?? 'entry.unknown', where: `${origin}:${index}`, detail: verdict })
    },
  })
  for (const { entries, origin } of logs) {
    const { judged } = replayed.positions.get(origin)!
    counts.waiting += entries.length - judged
    for (const [offset, bytes] of entries.slice(judged).entries()) {
      const entry = readEntry(bytes)
      const where = `${origin}:${judged + offset}`
      if (entry !== undefined) checkBody(crypto, entry, where, { bodies, committed, counts, failures })
    }
  }
  for (const digest of bodies.keys()) {
    if (committed.has(digest)) continue
    failures.push({ code: 'verify.stray-body', where: digest, detail: 'no entry of the bundle commits to this body' })
  }
  return { counts, ineffective, failures, ...digest(crypto, genesis, logs, replayed) }
}

interface BodyCheck {
  readonly bodies: ReadonlyMap<string, Uint8Array>
  readonly committed: Set<string>
  readonly counts: { bodies: number; 'bodies-missing': number }
  readonly failures: Failure[]
}

/** Bytes that are no entry commit to nothing; their verdict says what they are. */
function readEntry(bytes: Uint8Array): Entry | undefined {
  try {
    return parseEntry(bytes)
  } catch (error) {
    if (error instanceof RecordError) return undefined
    throw error
  }
}

function checkBody(crypto: Crypto, { body }: Entry, where: string, check: BodyCheck): void {
  if (body === undefined || check.committed.has(body.ciphertext)) return
  check.committed.add(body.ciphertext)
  const sealed = check.bodies.get(body.ciphertext)
  if (sealed === undefined) {
    check.counts['bodies-missing'] += 1
    return
  }
  try {
    verifyCiphertext(crypto, body, sealed)
    check.counts.bodies += 1
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    check.failures.push({ code: error.code, where, detail: error.message })
  }
}

function digest(
  crypto: Crypto,
  { channel, parties }: Genesis,
  logs: readonly BuiltLog[],
  { positions, subjects }: Awaited<ReturnType<typeof replayLogs>>,
): { cutDigest: string; stateDigest: string } {
  const origins = parties.flatMap(({ prefix }) => [governanceOrigin(prefix), channelOrigin(prefix, channel)])
  const cut: Cut = {
    logs: origins.sort().map((origin) => {
      const size = positions.get(origin)?.judged ?? 0
      const root = logs.find((log) => log.origin === origin)?.tree.root(size) ?? crypto.sha256(new Uint8Array())
      return { origin, size, root: formatBase64(root) }
    }),
  }
  const ids = parties.map(({ party }) => party)
  const states = new Map<string, SubjectState>(
    [...(subjects.get(channel) ?? [])].map(([subject, acts]) => [subject, viewSubject(subject, acts, ids)]),
  )
  for (const subject of standingSubjects) {
    if (!states.has(subject)) states.set(subject, viewSubject(subject, [], ids))
  }
  return { cutDigest: cutDigest(cut, crypto), stateDigest: digestStates(states, crypto).digest }
}
