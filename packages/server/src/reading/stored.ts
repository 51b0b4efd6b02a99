// Loads what a pass of reading needs of what is stored: the subjects that the leaves are about, the roots that their
// authors had seen, and which leaves are repetitions. One query for each kind and log at most, whatever the number of
// leaves, and none for what is remembered.

import { governanceChannel } from '@parley/record'
import type { Batch, CoreState } from '@parley/record/core'
import { carriedReceipt } from '@parley/mechanism'
import type { Act, Pack } from '@parley/mechanism'
import type { KnownLog } from '../log/registry.ts'
import type { Leaf } from './leaf.ts'
import type { Replays } from './replays.ts'
import type { Roots } from './roots.ts'
import type { ReadingPosition, Stored } from './session.ts'
import type { SubjectMemory } from './subject-memory.ts'

export interface StoredSource {
  readonly state: CoreState
  readonly subjects: SubjectMemory
  readonly roots: Roots
  readonly replays: Replays
  readonly position: (origin: string) => ReadingPosition
  readonly pack: (channel: string, digest: string) => Pack | undefined
}

type Leaves = ReadonlyMap<KnownLog, readonly Leaf[]>

/** What the leaves are to be judged by; `batch` holds what is about to become durable with them. */
export async function loadStored(
  source: StoredSource,
  leaves: Leaves,
  batch: Pick<Batch, 'extensions'>,
): Promise<Stored> {
  const [acts, replays, roots] = await Promise.all([
    loadActs(source, leaves),
    loadReplays(source, leaves),
    source.roots.load(listHeads(leaves), batch.extensions),
  ])
  return {
    position: source.position,
    acts: (channel, subject) => acts.get(channel)?.get(subject) ?? [],
    firstPosition: (origin, digest) => replays.get(origin)?.(digest),
    rootAt: (origin, size) => roots.get(origin)?.get(size) ?? 'unknown',
    pack: source.pack,
  }
}

async function loadActs(
  { subjects }: StoredSource,
  leaves: Leaves,
): Promise<ReadonlyMap<string, ReadonlyMap<string, readonly Act[]>>> {
  const wanted = new Map<string, Set<string>>()
  for (const [{ channel }, of] of leaves) {
    if (channel === governanceChannel) continue
    const ids = wanted.get(channel) ?? new Set(['agreement'])
    wanted.set(channel, ids)
    for (const { subject, parsed } of of) {
      // A founding entry makes a subject that cannot be there yet, unless it is a repetition.
      if (subject !== undefined && subject !== parsed?.digest) ids.add(subject)
    }
  }
  const loading = [...wanted].map(async ([channel, ids]) => [channel, await subjects.load(channel, ids)] as const)
  return new Map(await Promise.all(loading))
}

async function loadReplays(
  { replays, state }: StoredSource,
  leaves: Leaves,
): Promise<ReadonlyMap<string, (digest: string) => number | undefined>> {
  const loading = [...leaves].map(async ([{ origin }, of]) => {
    const size = (state.own.get(origin) ?? state.replicas.get(origin))?.frontier.size ?? 0
    const digests = of.flatMap(({ parsed }) => (parsed === undefined ? [] : [parsed.digest]))
    return [origin, await replays.find(origin, size, digests)] as const
  })
  return new Map(await Promise.all(loading))
}

/** The heads that the entries name: of other logs, and of their own one where they carry a receipt over it. */
function* listHeads(leaves: Leaves): Generator<{ origin: string; size: number }> {
  for (const [{ origin }, of] of leaves) {
    for (const { parsed } of of) {
      if (parsed === undefined) continue
      yield* parsed.entry.seen
      const receipt = carriedReceipt(parsed.entry.type, parsed.entry.data)
      if (receipt !== undefined) yield { origin, size: receipt.size }
    }
  }
}
