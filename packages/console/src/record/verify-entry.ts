// Checks one entry from its bytes up, step by step, with nothing believed but the keys that it is handed: the form, the
// digest, the path in the tree, the checkpoint, the cosignatures, the approvals. It reads no screen and no network.

import {
  entryDigest,
  equalBytes,
  formatHex,
  formatUtf8,
  leafHash,
  nodeHash,
  officialId,
  openCheckpoint,
  openCosignatures,
  parseBase64,
  parseEntry,
  parseVerifierKey,
  RecordError,
  verifyApprovals,
  verifyInclusion,
} from '@parley/record'
import type { Crypto, Entry, Official, TreeHead } from '@parley/record'
import type { EntryView } from '@parley/api'
import { layoutPath } from '../drawing/proof-layout.ts'
import type { PathStep } from '../drawing/proof-layout.ts'

export type StepId = 'form' | 'digest' | 'checkpoint' | 'path' | 'cosignature' | 'approval'

export interface Step {
  readonly id: StepId
  /** Tells steps of one kind apart: the name of a cosigner. */
  readonly name?: string
  /** `absent`: there is nothing to check, which proves nothing. */
  readonly outcome: 'passed' | 'failed' | 'absent'
  /** Why it failed: a code of the record. */
  readonly code?: string
  /** What a cosigner states: when, in seconds since the epoch by its own clock. */
  readonly time?: number
  readonly count?: number
}

/** One level of the path as it was computed here. */
export interface PathHash extends PathStep {
  readonly neighbourHash: string
  readonly parentHash: string
}

export interface Verification {
  readonly steps: readonly Step[]
  /** From the leaf up; empty when the proof does not have the form of one. */
  readonly path: readonly PathHash[]
  readonly leaf: string
  /** What the checkpoint says, once its signature is verified. */
  readonly head: TreeHead | undefined
}

function failed(id: StepId, error: unknown, name?: string): Step {
  const code = error instanceof RecordError ? error.code : 'console.failed'
  return { id, outcome: 'failed', code, ...(name === undefined ? {} : { name }) }
}

async function attempt(id: StepId, work: () => Promise<Step> | Step, name?: string): Promise<Step> {
  try {
    return await work()
  } catch (error) {
    return failed(id, error, name)
  }
}

/**
 * Checks everything about an entry that its proof can show.
 *
 * @param origin of the log that the entry is said to be in: the caller knows which log it asked for.
 */
export async function verifyEntry(crypto: Crypto, view: EntryView, origin: string): Promise<Verification> {
  const bytes = parseBase64(view.bytes)
  const { proof } = view
  let entry: Entry | undefined
  const steps: Step[] = [
    await attempt('form', () => {
      entry = parseEntry(bytes)
      return { id: 'form', outcome: 'passed' }
    }),
  ]
  const parsed = entry
  if (parsed !== undefined) {
    steps.push(
      await attempt('digest', () =>
        entryDigest(crypto, parsed) === view.digest
          ? { id: 'digest', outcome: 'passed' }
          : { id: 'digest', outcome: 'failed', code: 'console.digest' },
      ),
    )
  }
  const leaf = leafHash(crypto, bytes)
  if (proof === null) {
    steps.push({ id: 'checkpoint', outcome: 'absent' })
    return { steps, path: [], leaf: formatHex(leaf), head: undefined }
  }

  const note = formatUtf8(proof.checkpoint)
  let head: TreeHead | undefined
  steps.push(
    await attempt('checkpoint', async () => {
      const keys = proof.verifierKeys
        .filter(({ role }) => role === 'log')
        .map(({ key }) => parseVerifierKey(crypto, key))
      head = await openCheckpoint(crypto, note, { origin, keys })
      return { id: 'checkpoint', outcome: 'passed', count: head.size }
    }),
  )
  const signed = head
  const hashes = proof.hashes.map(parseBase64)
  steps.push(
    await attempt('path', () => {
      if (signed === undefined) return { id: 'path', outcome: 'failed', code: 'console.no-root' }
      verifyInclusion(crypto, { index: view.position, size: signed.size, leafHash: leaf, root: signed.root }, hashes)
      return { id: 'path', outcome: 'passed', count: hashes.length }
    }),
  )

  const cosigners = proof.verifierKeys.filter(({ role }) => role !== 'log')
  for (const { key } of cosigners) {
    const name = key.split('+', 1)[0]!
    steps.push(
      await attempt(
        'cosignature',
        async () => {
          const [cosignature] = await openCosignatures(crypto, note, [parseVerifierKey(crypto, key)])
          return cosignature === undefined
            ? { id: 'cosignature', name, outcome: 'absent' }
            : { id: 'cosignature', name, outcome: 'passed', time: cosignature.time }
        },
        name,
      ),
    )
  }
  if (parsed !== undefined) steps.push(await attempt('approval', () => verifyDeciders(crypto, parsed, proof.officials)))

  return {
    steps: quieten(steps),
    path: computePath(crypto, leaf, view.position, proof.size, hashes),
    leaf: formatHex(leaf),
    head,
  }
}

/**
 * That a known cosigner has not signed this checkpoint is no contradiction: it proves nothing, and it harms nothing. One
 * step says so where nobody has signed.
 */
function quieten(steps: readonly Step[]): Step[] {
  const told = steps.filter(
    ({ code, id, outcome }) => id !== 'cosignature' || (outcome !== 'absent' && code !== 'note.unverified'),
  )
  if (told.some(({ id }) => id === 'cosignature')) return told
  const place = told.findIndex(({ id }) => id === 'approval')
  return told.toSpliced(place === -1 ? told.length : place, 0, { id: 'cosignature', outcome: 'absent' })
}

async function verifyDeciders(
  crypto: Crypto,
  entry: Entry,
  officials: NonNullable<EntryView['proof']>['officials'],
): Promise<Step> {
  if (entry.approvals.length === 0) return { id: 'approval', outcome: 'absent' }
  const deciders = new Map<string, Official>()
  for (const official of officials) {
    // The pseudonym is made from the key, so a key that does not fit its pseudonym is somebody else's.
    if (officialId(crypto, official.algorithm, parseBase64(official.key)) !== official.official) {
      return { id: 'approval', outcome: 'failed', code: 'approval.official' }
    }
    deciders.set(official.official, official)
  }
  const roles = [...new Set(officials.flatMap((official) => official.roles))]
  const approved = await verifyApprovals(crypto, entry, { count: 1, roles }, deciders, assertedPlaces(entry))
  return { id: 'approval', outcome: 'passed', count: approved.length }
}

/** Where passkeys were used, as their own signed data says: here it is shown and not judged. */
function assertedPlaces(entry: Entry): { ids: string[]; origins: string[] } {
  const origins = entry.approvals.flatMap((approval) => {
    if (!('assertion' in approval)) return []
    const client: unknown = JSON.parse(new TextDecoder().decode(parseBase64(approval.assertion.clientData)))
    const origin = typeof client === 'object' && client !== null && 'origin' in client ? client.origin : undefined
    return typeof origin === 'string' ? [origin] : []
  })
  const hosts = origins.flatMap((origin) => (URL.canParse(origin) ? [new URL(origin).hostname] : []))
  // A relying party id is the host or a domain above it.
  const ids = hosts.flatMap((host) => host.split('.').map((_, i, labels) => labels.slice(i).join('.')))
  return { ids, origins }
}

/** Every hash on the way from the leaf to the root, as they follow from the leaf and the proof. */
function computePath(
  crypto: Crypto,
  leaf: Uint8Array,
  position: number,
  size: number,
  hashes: readonly Uint8Array[],
): PathHash[] {
  if (position >= size) return []
  const layout = layoutPath(position, size)
  if (layout.length !== hashes.length || hashes.some((hash) => hash.length !== leaf.length)) return []
  let node = leaf
  return layout.map((step, level) => {
    const neighbour = hashes[level]!
    node = step.side === 'left' ? nodeHash(crypto, neighbour, node) : nodeHash(crypto, node, neighbour)
    return { ...step, neighbourHash: formatHex(neighbour), parentHash: formatHex(node) }
  })
}

/** True when the path that was computed ends in the root that the checkpoint states. */
export function reachesRoot({ path, leaf, head }: Verification): boolean {
  return head !== undefined && equalBytes(head.root, parseHexRoot(path.at(-1)?.parentHash ?? leaf))
}

function parseHexRoot(text: string): Uint8Array {
  return Uint8Array.fromHex(text)
}
