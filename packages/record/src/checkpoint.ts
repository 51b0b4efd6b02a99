// Checkpoints of c2sp.org/tlog-checkpoint: a signed note in which a log states its size and root. Extension lines are
// refused from anybody, because no cosigner vouches for what they say.

import type { Crypto, Signer } from './crypto.ts'
import { formatBase64, parseBase64 } from './bytes.ts'
import { RecordError } from './error.ts'
import { checkHashes, checkSize } from './merkle.ts'
import { formatNote, openNote, signNote } from './note.ts'
import type { VerifierKey } from './verifier-key.ts'

/** What a log says of itself at a moment: a claim, unless it is a {@link Checkpoint}. */
export interface TreeHead {
  readonly origin: string
  readonly size: number
  /** 32 bytes. */
  readonly root: Uint8Array
}

/** A head whose signature has been verified. It can only come out of {@link openCheckpoint}. */
export type Checkpoint = TreeHead & {
  /** The signed note, byte for byte. */
  readonly note: Uint8Array
  readonly [opened]: true
}
declare const opened: unique symbol

/** A log by its identity, which is the origin, and the keys that may sign its checkpoints. */
export interface Log {
  readonly origin: string
  readonly keys: readonly VerifierKey[]
}

/**
 * The text of a checkpoint: three lines.
 *
 * @throws RecordError `checkpoint.malformed` when the origin is empty or holds a control character.
 * @throws RecordError `tree.size`, `tree.hash` when size or root is none.
 */
export function formatCheckpointText({ origin, size, root }: TreeHead): string {
  checkSize(size)
  checkHashes(root)
  // oxlint-disable-next-line no-control-regex -- the control characters are what this is about
  if (origin === '' || !origin.isWellFormed() || /[\0-\x1f]/.test(origin)) {
    throw new RecordError('checkpoint.malformed', 'an origin is a line of text')
  }
  return `${origin}\n${size}\n${formatBase64(root)}\n`
}

/**
 * Reads the text of a checkpoint, which the caller has verified.
 *
 * @throws RecordError `checkpoint.malformed` unless it is exactly an origin, a size below 2^53 and a root.
 */
export function parseCheckpointText(text: string): TreeHead {
  const [, origin, size, root] = /^([^\n]+)\n(0|[1-9][0-9]{0,15})\n([^\n]+)\n$/.exec(text) ?? []
  if (origin === undefined || size === undefined || root === undefined) {
    throw new RecordError('checkpoint.malformed', 'a checkpoint is three lines: origin, size and root')
  }
  try {
    const head = { origin, size: Number(size), root: parseBase64(root) }
    if (formatCheckpointText(head) === text) return head
  } catch (cause) {
    throw new RecordError('checkpoint.malformed', 'the origin, size or root of the checkpoint is none', { cause })
  }
  throw new RecordError('checkpoint.malformed', 'the size of the checkpoint is too large')
}

/**
 * Verifies a checkpoint of the log. Lines of witnesses beside that of the log are neither needed nor looked at.
 *
 * @throws RecordError `note.malformed`, `note.limit`, `note.ambiguous`, `note.signature`, `note.unverified` as `openNote`.
 * @throws RecordError `checkpoint.malformed` when the signed text is no checkpoint.
 * @throws RecordError `checkpoint.origin` when it is one of another log.
 */
export async function openCheckpoint(crypto: Crypto, note: Uint8Array, log: Log): Promise<Checkpoint> {
  const { text } = await openNote(crypto, note, log.keys)
  const head = parseCheckpointText(text)
  if (head.origin !== log.origin) {
    throw new RecordError('checkpoint.origin', `a checkpoint of ${head.origin} and not of ${log.origin}`)
  }
  return { ...head, note: note.slice() } as Checkpoint
}

/**
 * Signs a head of one's own log, under its origin as the name of the key. The caller has made durable that this head
 * extends every one signed before: to sign two that do not is a fork, and cannot be taken back.
 *
 * @throws RecordError `key.malformed` when the origin cannot be the name of a key.
 * @throws RecordError `checkpoint.malformed`, `tree.size`, `tree.hash` as {@link formatCheckpointText}.
 */
export async function signCheckpoint(crypto: Crypto, signer: Signer, head: TreeHead): Promise<Uint8Array> {
  const text = formatCheckpointText(head)
  return formatNote({ text, lines: [await signNote(crypto, signer, head.origin, text)] })
}
