// Checks what hangs on the entries: the sealed bodies, the computed states of subjects, and the packs.

import type { Crypto, Genesis } from '@parley/record'
import { packDigest } from '@parley/mechanism'
import type { Act, Pack } from '@parley/mechanism'
import { listBodies } from '../db/bodies.ts'
import type { Body } from '../db/bodies.ts'
import { listPacks } from '../db/packs.ts'
import { pageRowsMax } from '../db/page.ts'
import type { Reader } from '../db/statement.ts'
import { listSubjectStates, readSubjects, subjectsPerReadMax } from '../db/subjects.ts'
import type { Subject } from '../db/subjects.ts'
import { composeSubjectRow } from '../reading/subject-row.ts'
import type { CommittedBodies } from './fsck-log.ts'
import type { DifferenceList } from './fsck-report.ts'

export interface ContentParts {
  readonly crypto: Crypto
  readonly reader: Reader
  readonly differences: DifferenceList
}

/** Checks every body against its digest, and that each body some entry commits to is known; returns how many. */
export async function checkBodies(parts: ContentParts, committed: CommittedBodies): Promise<number> {
  const { differences, reader } = parts
  const known = new Set<string>()
  for (let after: Uint8Array | undefined; ;) {
    const page = await listBodies(reader, { limit: pageRowsMax, ...(after === undefined ? {} : { after }) })
    for (const body of page) {
      known.add(body.digest.toHex())
      checkBody(parts, body, committed)
    }
    after = page.at(-1)?.digest
    if (page.length < pageRowsMax) break
  }
  for (const [digest, { position }] of committed) {
    if (!known.has(digest)) differences.add('body', { digest, position }, 'a row', undefined)
  }
  return known.size
}

function checkBody({ crypto, differences }: ContentParts, body: Body, committed: CommittedBodies): void {
  const digest = body.digest.toHex()
  const place = committed.get(digest)
  if (place === undefined) differences.add('body', { digest }, undefined, 'a body that no entry commits to')
  if (body.state === 'held' && body.bytes !== null) {
    differences.compare('body', { digest, field: 'bytes' }, digest, crypto.sha256(body.bytes))
  } else if ((body.state === 'held') !== (body.bytes !== null)) {
    differences.add('body', { digest, field: 'state' }, body.bytes === null ? 'missing' : 'held', body.state)
  }
}

/** Rows follow from the packs too: what is due is theirs to say. */
interface SubjectParts extends ContentParts {
  readonly pack: (digest: string) => Pack | undefined
}

type Subjects = ReadonlyMap<string, ReadonlyMap<string, readonly Act[]>>

/** Checks every subject's acts, state and columns against those computed from the entries; returns how many. */
export async function checkSubjects(
  parts: SubjectParts,
  geneses: readonly Genesis[],
  replayed: Subjects,
): Promise<number> {
  let count = 0
  for (const genesis of geneses) {
    const subjects = replayed.get(genesis.channel) ?? new Map<string, readonly Act[]>()
    count += subjects.size
    await checkChannelSubjects(parts, genesis, subjects)
  }
  return count
}

async function checkChannelSubjects(
  { differences, pack, reader }: SubjectParts,
  { channel, parties }: Genesis,
  subjects: ReadonlyMap<string, readonly Act[]>,
): Promise<void> {
  const context = {
    parties: parties.map(({ party }) => party),
    agreement: subjects.get('agreement') ?? [],
    pack,
  }
  const ids = [...subjects.keys()]
  for (let start = 0; start < ids.length; start += subjectsPerReadMax) {
    const some = ids.slice(start, start + subjectsPerReadMax)
    const rows = new Map((await readSubjects(reader, channel, some)).map((row) => [row.id, row]))
    for (const id of some) {
      const row = rows.get(id)
      const expected = composeSubjectRow(channel, id, subjects.get(id)!, context, row?.changed ?? 0)
      if (row === undefined) differences.add('subject', { channel, subject: id }, expected.status, undefined)
      else checkSubject(differences, expected, row)
    }
  }
  for (let after = ''; ;) {
    const page = await listSubjectStates(reader, { channel, after, limit: subjectsPerReadMax })
    for (const { id } of page) {
      if (!subjects.has(id)) differences.add('subject', { channel, subject: id }, undefined, 'a row without entries')
    }
    after = page.at(-1)?.id ?? ''
    if (page.length < subjectsPerReadMax) return
  }
}

const columns = [
  'topic',
  'state',
  'status',
  'kind',
  'urgency',
  'requester',
  'requested',
  'openedAt',
  'dueAt',
  'due',
  'steps',
  'projection',
] as const

function checkSubject(differences: DifferenceList, expected: Subject, found: Subject): void {
  const { channel, id: subject } = expected
  for (const field of columns) {
    differences.compare('subject', { channel, subject, field }, expected[field], found[field])
  }
  differences.compare('subject', { channel, subject, field: 'acts' }, sortActs(expected.acts), sortActs(found.acts))
}

/** Acts are kept in the order in which they came, which is not part of the state. */
function sortActs(text: string): string {
  let acts: Act[]
  try {
    acts = JSON.parse(text) as Act[]
  } catch {
    return text
  }
  const sorted = acts.toSorted((a, b) => (a.party === b.party ? a.index - b.index : a.party < b.party ? -1 : 1))
  return JSON.stringify(sorted)
}

/** Reads the packs, those that are what their digests say. */
export async function readPacks({ crypto, differences, reader }: ContentParts): Promise<Map<string, Pack>> {
  const packs = new Map<string, Pack>()
  for (const { digest, pack } of await listPacks(reader)) {
    let actual: string | undefined
    try {
      const parsed = JSON.parse(pack) as Pack
      actual = packDigest(parsed, crypto)
      packs.set(digest, parsed)
    } catch {
      actual = undefined
    }
    differences.compare('pack', { digest }, digest, actual)
  }
  return packs
}
