// Verifies the files that stand on one or two signed heads: a checkpoint, the proof of an entry, the proof of a fork.

import {
  entryDigest,
  formatBase64,
  leafHash,
  openCheckpoint,
  openCosignatures,
  openForkProof,
  openTlogProof,
  parseCheckpointText,
  parseEntry,
  parseForkProof,
  parseNote,
  parseTlogProof,
  RecordError,
} from '@parley/record'
import type { Checkpoint, Crypto, Entry, Log } from '@parley/record'
import { refused } from './finding.ts'
import type { Facts, Finding } from './finding.ts'
import type { FileKind } from './recognise.ts'
import type { Trust } from './trust.ts'

/** Runs a verification; what the record refuses becomes a finding. */
async function finding(kind: FileKind, where: string, verify: () => Promise<Finding>): Promise<Finding> {
  try {
    return await verify()
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    const { cause } = error
    const reason = cause instanceof RecordError ? ` (${cause.code})` : ''
    return refused(kind, error.code, where, `${error.message}${reason}`)
  }
}

/** The log that a note claims to be of, with the keys that the person trusts for it. */
export function logOf(note: Uint8Array, { keys }: Trust): Log {
  const { origin } = parseCheckpointText(parseNote(note).text)
  return { origin, keys: keys.filter(({ algorithm, name }) => name === origin && algorithm === 'ed25519') }
}

export async function countCosignatures(crypto: Crypto, { note }: Checkpoint, { keys }: Trust): Promise<number> {
  const cosigners = keys.filter(({ algorithm }) => algorithm === 'cosignature/v1')
  const names = new Set(parseNote(note).lines.map(({ id, name }) => `${name} ${id}`))
  const known = cosigners.filter(({ id, name }) => names.has(`${name} ${id}`))
  return known.length === 0 ? 0 : (await openCosignatures(crypto, note, known)).length
}

function factsOf({ origin, root, size }: Checkpoint): Facts {
  return { origin, size: String(size), root: formatBase64(root) }
}

export function verifyCheckpointFile(crypto: Crypto, bytes: Uint8Array, trust: Trust): Promise<Finding> {
  return finding('checkpoint', 'checkpoint', async () => {
    const head = await openCheckpoint(crypto, bytes, logOf(bytes, trust))
    const cosignatures = await countCosignatures(crypto, head, trust)
    return {
      kind: 'checkpoint',
      facts: factsOf(head),
      counts: { heads: 1, cosignatures },
      ineffective: [],
      failures: [],
    }
  })
}

/** The entry is the one that the file carries, or the one that is handed in beside it. */
export function verifyProofFile(
  crypto: Crypto,
  bytes: Uint8Array,
  entryBytes: Uint8Array | undefined,
  trust: Trust,
): Promise<Finding> {
  return finding('proof', 'proof', async () => {
    const { extra, note } = parseTlogProof(bytes)
    const leaf = entryBytes ?? extra
    if (leaf === undefined) return refused('proof', 'verify.no-entry', 'proof', 'the proof carries no entry')
    const { checkpoint, index } = await openTlogProof(crypto, bytes, leafHash(crypto, leaf), logOf(note, trust))
    const cosignatures = await countCosignatures(crypto, checkpoint, trust)
    return {
      kind: 'proof',
      facts: { ...factsOf(checkpoint), index: String(index), ...factsOfEntry(crypto, leaf) },
      counts: { heads: 1, inclusions: 1, cosignatures },
      ineffective: [],
      failures: [],
    }
  })
}

/** A log may hold any bytes: that they are in it is proven all the same. */
function factsOfEntry(crypto: Crypto, bytes: Uint8Array): Facts {
  let entry: Entry
  try {
    entry = parseEntry(bytes)
  } catch (error) {
    if (error instanceof RecordError) return {}
    throw error
  }
  const { at, from, type } = entry
  return { digest: entryDigest(crypto, entry), type, from, at: new Date(at).toISOString() }
}

export function verifyForkFile(crypto: Crypto, bytes: Uint8Array, trust: Trust): Promise<Finding> {
  return finding('fork', 'fork', async () => {
    const log = logOf(parseForkProof(bytes).smaller, trust)
    const { larger, largerRoot, origin, size, smaller, smallerRoot } = await openForkProof(crypto, bytes, log)
    return {
      kind: 'fork',
      facts: {
        origin,
        size: String(size),
        'smaller-size': String(smaller.size),
        'smaller-root': formatBase64(smallerRoot),
        'larger-size': String(larger.size),
        'larger-root': formatBase64(largerRoot),
      },
      counts: { heads: 2, forks: 1 },
      ineffective: [],
      failures: [],
    }
  })
}
