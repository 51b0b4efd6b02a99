// Entries of a subject as clients see them: who said it, who approved it, how far it has got, where its body is.

import { governanceOrigin, officialAt, parseEntry, seenSize } from '@parley/record'
import type { Approval, BodyReference, Entry, Seen } from '@parley/record'
import { findAboveCeiling, intervalOf } from '@parley/mechanism'
import type { Act, Guidelines, SubjectState } from '@parley/mechanism'
import type { ActView, ApprovalMark, BodyMark, DataObject, EntryReference } from '@parley/api'
import { listEntriesOfSubject } from '../db/entries.ts'
import type { StoredEntry } from '../db/entries.ts'
import { pageRowsMax } from '../db/page.ts'
import { openStoredBody } from '../desk/open-body.ts'
import { viewNotAfter, viewStanding } from '../desk/standing.ts'
import type { KnownLog } from '../log/registry.ts'
import type { ParleyNode } from '../node.ts'

/** Acts of one subject that one view shows; the first ones, and none is left out silently beyond a page of the store. */
export const actsMax = pageRowsMax

/**
 * Every entry about the subject, whatever its verdict, in the order of the claimed times. `acts` are the valid acts of the
 * subject, which are the evidence of its times; `guidelines` those that rule it, by which markings above the ceiling are found.
 */
export async function viewActs(
  node: ParleyNode,
  channel: string,
  subject: string,
  state: Pick<SubjectState, 'opened'> | undefined,
  acts: readonly Act[],
  guidelines?: Guidelines,
): Promise<ActView[]> {
  const rows = await listEntriesOfSubject(node.database.reader, { channel, subject, limit: actsMax })
  const views = await Promise.all(rows.map((row) => viewAct(node, row, state, { acts, guidelines })))
  return views.filter((view) => view !== undefined).sort((a, b) => a.at - b.at)
}

async function viewAct(
  node: ParleyNode,
  row: StoredEntry,
  state: Pick<SubjectState, 'opened'> | undefined,
  { acts, guidelines }: { readonly acts: readonly Act[]; readonly guidelines: Guidelines | undefined },
): Promise<ActView | undefined> {
  const log = logOfRow(node, row)
  if (log === undefined || row.digest === null) return undefined
  const entry = parseEntry(row.bytes)
  const act = acts.find(({ digest }) => digest === row.digest?.toHex())
  const above = findAboveCeiling({ type: entry.type, data: entry.data }, guidelines)
  const interval = act === undefined ? { notBefore: null, notAfter: null } : intervalOf(act, acts)
  return {
    entry: referTo(log, row.position, row.digest.toHex()),
    party: entry.from,
    type: entry.type,
    ...(row.subject === null || !/^[0-9a-f]{64}$/.test(row.subject) ? {} : { subject: row.subject }),
    at: entry.at,
    interval: { ...interval, notAfter: interval.notAfter ?? (await viewNotAfter(node, log, row.position)) },
    data: entry.data as DataObject,
    ...(entry.body === undefined ? {} : { body: await viewBody(node, entry.body) }),
    exercise: entry.exercise === true,
    approvals: viewApprovals(node, entry),
    seen: entry.seen.map(({ origin, size }) => ({ origin, size })),
    verdict: row.verdict,
    ...(row.code === null ? {} : { code: row.code }),
    standing: await viewStanding(node, log, row, state?.opened),
    ...(above === undefined ? {} : { aboveCeiling: above.ceiling }),
  }
}

async function viewBody(node: ParleyNode, reference: BodyReference): Promise<BodyMark> {
  const { state } = await openStoredBody(node, reference)
  return { digest: reference.ciphertext, size: reference.size, state }
}

/** The log of a stored entry. */
export function logOfRow(node: ParleyNode, row: Pick<StoredEntry, 'log'>): KnownLog | undefined {
  const stored = node.shelf.stored().find(({ id }) => id === row.log)
  return stored === undefined ? undefined : node.registry.logOf(stored.origin)
}

export function referTo(log: KnownLog, position: number, digest: string): EntryReference {
  return { log: log.id, position, digest }
}

/** Who approved, with the roles that they held at the governance size the entry names. */
function viewApprovals(node: ParleyNode, entry: Entry): ApprovalMark[] {
  return entry.approvals.map((approval) => ({
    official: approval.official,
    kind: kindOf(approval),
    roles: [...(officialOf(node, entry.from, entry.seen, approval.official)?.roles ?? [])],
  }))
}

function kindOf(approval: Approval): ApprovalMark['kind'] {
  return 'assertion' in approval ? 'passkey' : 'ed25519'
}

/** The official as of the governance size that the entry names, or as known now where it names none. */
export function officialOf(node: ParleyNode, party: string, seen: readonly Seen[], official: string) {
  const governance = node.registry.governance(party)
  const named = seenSize(seen, governanceOrigin(governance.prefix))
  const size = named === 0 || named > governance.size ? governance.size : named
  return officialAt(governance, official, size)
}
