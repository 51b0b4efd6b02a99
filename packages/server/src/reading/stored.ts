// Loads what a pass of reading needs of what is stored: the subjects that the leaves are about, the roots that their
// authors had seen, and which leaves are repetitions. One query for each kind and log, whatever the number of leaves.

import { rootAt } from '@parley/record'
import type { Crypto } from '@parley/record'
import type { Batch, CoreState, Extension } from '@parley/record/core'
import type { LogReader } from '@parley/record/exchange'
import type { Act, Pack } from '@parley/mechanism'
import { listReplays } from '../db/entries.ts'
import type { Reader } from '../db/statement.ts'
import { readSubjects, subjectsPerReadMax } from '../db/subjects.ts'
import type { KnownLog } from '../log/registry.ts'
import type { Leaf } from './leaf.ts'
import type { ReadingPosition, Stored } from './session.ts'

export interface StoredSource {
  readonly crypto: Crypto
  readonly reader: Reader
  readonly logReader: LogReader
  readonly state: CoreState
  /** The number by which the database knows a log. */
  readonly logNumber: (origin: string) => number
  readonly position: (origin: string) => ReadingPosition
  readonly pack: (channel: string, digest: string) => Pack | undefined
}

/** What the leaves of one log are to be judged by; `batch` holds what is about to become durable with them. */
export async function loadStored(
  source: StoredSource,
  leaves: ReadonlyMap<KnownLog, readonly Leaf[]>,
  batch: Pick<Batch, 'extensions'>,
): Promise<Stored> {
  const [acts, replays, roots] = await Promise.all([
    loadActs(source, leaves),
    loadReplays(source, leaves),
    loadRoots(source, leaves, batch),
  ])
  return {
    position: source.position,
    acts: (channel, subject) => acts.get(`${channel} ${subject}`) ?? [],
    replayed: (origin, digest) => replays.has(`${origin} ${digest}`),
    rootAt: (origin, size) => roots.get(`${origin} ${size}`) ?? 'unknown',
    pack: source.pack,
  }
}

async function loadActs(
  { reader }: StoredSource,
  leaves: ReadonlyMap<KnownLog, readonly Leaf[]>,
): Promise<Map<string, readonly Act[]>> {
  const wanted = new Map<string, Set<string>>()
  for (const [{ channel }, of] of leaves) {
    const subjects = wanted.get(channel) ?? new Set(['agreement'])
    wanted.set(channel, subjects)
    // A founding entry makes a subject that cannot be there yet, unless it is a repetition.
    for (const { subject, digest } of of) if (subject !== undefined && subject !== digest) subjects.add(subject)
  }
  const acts = new Map<string, readonly Act[]>()
  for (const [channel, subjects] of wanted) {
    const ids = [...subjects]
    for (let start = 0; start < ids.length; start += subjectsPerReadMax) {
      for (const row of await readSubjects(reader, channel, ids.slice(start, start + subjectsPerReadMax))) {
        acts.set(`${channel} ${row.id}`, JSON.parse(row.acts) as Act[])
      }
    }
  }
  return acts
}

async function loadReplays(
  { reader, logNumber }: StoredSource,
  leaves: ReadonlyMap<KnownLog, readonly Leaf[]>,
): Promise<Set<string>> {
  const replays = new Set<string>()
  for (const [{ origin }, of] of leaves) {
    const digests = of.flatMap(({ digest }) => (digest === undefined ? [] : [Uint8Array.fromHex(digest)]))
    for (const digest of await listReplays(reader, logNumber(origin), digests))
      replays.add(`${origin} ${digest.toHex()}`)
  }
  return replays
}

/** Roots that several entries name, most often those of the newest heads, are computed once. */
async function loadRoots(
  source: StoredSource,
  leaves: ReadonlyMap<KnownLog, readonly Leaf[]>,
  batch: Pick<Batch, 'extensions'>,
): Promise<Map<string, Uint8Array>> {
  const wanted = new Map<string, { origin: string; size: number }>()
  for (const of of leaves.values()) {
    for (const { entry } of of) {
      for (const { origin, size } of entry?.seen ?? []) wanted.set(`${origin} ${size}`, { origin, size })
    }
  }
  const roots = new Map<string, Uint8Array>()
  for (const [key, { origin, size }] of wanted) {
    const root = await loadRoot(source, batch, origin, size)
    if (root !== undefined) roots.set(key, root)
  }
  return roots
}

async function loadRoot(
  { crypto, logReader, state }: StoredSource,
  batch: Pick<Batch, 'extensions'>,
  origin: string,
  size: number,
): Promise<Uint8Array | undefined> {
  const log = state.own.get(origin) ?? state.replicas.get(origin)
  if (log === undefined) return undefined
  if (size === log.frontier.size) return log.root
  if (size < log.frontier.size) return rootAt(crypto, logReader.treeOf(origin), size)
  const extension = batch.extensions.find((candidate) => candidate.origin === origin)
  return extension === undefined ? undefined : rootWithin(log.frontier.copy(), extension, size)
}

/** The root at a size that the extension of a batch passes through. */
function rootWithin(
  before: { append(leaf: Uint8Array): void; root(): Uint8Array },
  { first, leafHashes }: Extension,
  size: number,
): Uint8Array | undefined {
  if (size > first + leafHashes.length) return undefined
  for (const leaf of leafHashes.slice(0, size - first)) before.append(leaf)
  return before.root()
}
