// Case bundles that somebody made who can compute digests and holds no key of a party: their form is right, and what they say
// is not. For tests and vectors.

import { signCheckpoint } from '../src/checkpoint.ts'
import { formatCaseBundle } from '../src/case-bundle.ts'
import { parseDelivery, formatDelivery } from '../src/delivery.ts'
import { formatEntry, parseEntry } from '../src/entry.ts'
import { nodeCrypto } from '../src/node/crypto.ts'
import { MemoryTree } from '../src/memory-tree.ts'
import { leafHash } from '../src/merkle.ts'
import type { ProvenEntry } from '../src/proven-entry.ts'
import { formatTlogProof, parseTlogProof } from '../src/tlog-proof.ts'
import { createCase } from './case.ts'
import { approve, partyOf, signerOf, testTime } from './parties.ts'

export interface Forgery {
  readonly name: string
  readonly code: string
  readonly bytes: Uint8Array
}

export async function listForgeries(): Promise<readonly Forgery[]> {
  const { parts } = await createCase()
  const [opened, acknowledged, answered] = parts.entries as [ProvenEntry, ProvenEntry, ProvenEntry]
  const forge = (name: string, code: string, changes: Partial<typeof parts>): Forgery => ({
    name,
    code,
    bytes: formatCaseBundle(nodeCrypto, { ...parts, ...changes }),
  })
  const parsed = parseEntry(answered.entry)
  const [own, history] = parts.governance as [Uint8Array, Uint8Array]
  const founding = parseDelivery(history)
  return [
    forge('an answer with another time', 'proof.inclusion', {
      entries: [opened, acknowledged, { ...answered, entry: formatEntry({ ...parsed, at: testTime + 3 }) }],
    }),
    forge('an answer in the place of the acknowledgement', 'proof.inclusion', {
      entries: [opened, { ...answered, proof: acknowledged.proof }],
    }),
    forge('an answer in the log of the other party', 'proof.inclusion', {
      entries: [opened, acknowledged, { ...answered, proof: movedTo(answered.proof, 1) }],
    }),
    forge('an acknowledgement under a head that its author did not sign', 'note.unverified', {
      entries: [opened, await underOwnHead(acknowledged, 'us log')],
    }),
    forge('an acknowledgement that nobody entitled approved', 'approval.role', {
      entries: [opened, await approvedByAnother()],
    }),
    forge('the history of a party’s keys without its last entry', 'seen.missing', {
      governance: [
        own,
        formatDelivery({
          ...founding,
          entries: founding.entries.slice(0, 1),
          ...(await foundingHead(founding.entries[0]!)),
        }),
      ],
    }),
    forge('no history of the keys of a party', 'entry.from', { governance: [own] }),
  ]

  /** Correctly logged and correctly signed, by somebody whose role it is not. */
  async function approvedByAnother(): Promise<ProvenEntry> {
    const { approvals: _, ...draft } = parseEntry(acknowledged.entry)
    const entry = formatEntry(await approve(draft, partyOf('cn').releasing))
    return underOwnHead({ ...acknowledged, entry }, 'cn log')
  }
}

function movedTo(proof: Uint8Array, index: number): Uint8Array {
  return formatTlogProof({ ...parseTlogProof(proof), index })
}

/** A log of this one entry under a head that `label` signed. */
async function underOwnHead({ entry, proof }: ProvenEntry, label: string): Promise<ProvenEntry> {
  const [origin] = new TextDecoder().decode(parseTlogProof(proof).note).split('\n') as [string]
  const tree = new MemoryTree(nodeCrypto)
  tree.append(leafHash(nodeCrypto, entry))
  const note = await signCheckpoint(nodeCrypto, signerOf(label), { origin, size: 1, root: tree.root() })
  return { entry, proof: formatTlogProof({ index: 0, hashes: [], note }) }
}

async function foundingHead(entry: Uint8Array): Promise<{ head: Uint8Array; proof: readonly Uint8Array[] }> {
  const tree = new MemoryTree(nodeCrypto)
  tree.append(leafHash(nodeCrypto, entry))
  const origin = `${partyOf('us').prefix}/governance`
  return {
    head: await signCheckpoint(nodeCrypto, signerOf('us log'), { origin, size: 1, root: tree.root() }),
    proof: [],
  }
}
