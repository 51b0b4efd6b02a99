// The log, its fork and its witnesses that the vectors of notes, checkpoints and all that stands on them are made from.

import { type Checkpoint, openCheckpoint, signCheckpoint } from '../../packages/record/src/checkpoint.ts'
import { MemoryTree } from '../../packages/record/src/memory-tree.ts'
import { leafHash } from '../../packages/record/src/merkle.ts'
import { nodeCrypto } from '../../packages/record/src/node/crypto.ts'
import { appendSignatureLines, formatNote, signNote } from '../../packages/record/src/note.ts'
import type { SignatureLine } from '../../packages/record/src/signature-line.ts'
import {
  createVerifierKey,
  formatVerifierKey,
  type NoteAlgorithm,
  type VerifierKey,
} from '../../packages/record/src/verifier-key.ts'
import { signerOf } from '../../packages/record/test-support/parties.ts'

export const origin = 'us.parley.example/c/3f2a9c0d5e7b41868a90b1c2d3e4f506'
export const signer = signerOf('log')
export const logKey = createVerifierKey(nodeCrypto, 'ed25519', origin, signer.publicKey)
export const logVkey = formatVerifierKey(logKey)
export const log = { origin, keys: [logKey] }

/** The key that a label names, of a cosigner or a log, with its verifier key as text. */
export function keyOf(algorithm: NoteAlgorithm, name: string): { key: VerifierKey; vkey: string } {
  const key = createVerifierKey(nodeCrypto, algorithm, name, signerOf(name).publicKey)
  return { key, vkey: formatVerifierKey(key) }
}

export const entryOf = (i: number) => new TextEncoder().encode(`entry ${i}`)

/** Entry i is `entry i`; the fork has `forked i` from index 10 on. */
export const tree = new MemoryTree(nodeCrypto)
export const fork = new MemoryTree(nodeCrypto)
for (let i = 0; i < 40; i++) {
  tree.append(leafHash(nodeCrypto, entryOf(i)))
  fork.append(leafHash(nodeCrypto, i < 10 ? entryOf(i) : new TextEncoder().encode(`forked ${i}`)))
}

/** A signed head of the log, or of its fork. */
export function noteAt(size: number, of: MemoryTree = tree): Promise<Uint8Array> {
  return signCheckpoint(nodeCrypto, signer, { origin, size, root: of.root(size) })
}

export async function headAt(size: number, of: MemoryTree = tree): Promise<Checkpoint> {
  return openCheckpoint(nodeCrypto, await noteAt(size, of), log)
}

/** Any text, signed by the log. */
export async function signedText(text: string): Promise<string> {
  return textOf(formatNote({ text, lines: [await signNote(nodeCrypto, signer, origin, text)] }))
}

export function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
}

export function withLines(note: Uint8Array, ...lines: SignatureLine[]): string {
  return textOf(appendSignatureLines(note, lines))
}
