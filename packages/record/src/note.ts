// Signed notes of c2sp.org/signed-note: a text, and lines with signatures over it. The text counts for nothing before
// `openNote` has verified one of them; `parseNote` only takes a note apart.

import type { Crypto, Signer } from './crypto.ts'
import { concatBytes, formatUtf8, parseUtf8 } from './bytes.ts'
import { cosignatureMessage, parseTimedSignature } from './cosignature-message.ts'
import { RecordError } from './error.ts'
import { formatSignatureLines, parseSignatureLines, type SignatureLine } from './signature-line.ts'
import { createVerifierKey, type VerifierKey } from './verifier-key.ts'

/** The longest note. */
export const noteBytesMax = 64 * 1024

/** A note taken apart, with nothing verified. */
export interface Note {
  /** Ends in a line feed. */
  readonly text: string
  readonly lines: readonly SignatureLine[]
}

/** A note of which at least one line verified and none of a known key failed. */
export interface OpenedNote {
  readonly text: string
  readonly verified: readonly { readonly key: VerifierKey; readonly line: SignatureLine }[]
  /** Lines of keys that are not known: to be passed on or dropped, never believed. */
  readonly unverified: readonly SignatureLine[]
}

/**
 * @throws RecordError `note.malformed` when the text does not end in a line feed or has control characters, or no line is
 *   given.
 * @throws RecordError `note.limit` when the note is too long or has too many lines.
 */
export function formatNote({ text, lines }: Note): Uint8Array {
  const note = concatBytes(formatUtf8(text), Uint8Array.of(10), formatUtf8(formatSignatureLines(lines)))
  // Reading it back is the one place that says what a note is.
  if (parseNote(note).text !== text) throw new RecordError('note.malformed', 'the text of a note is well-formed')
  return note
}

/**
 * Takes a note apart. The last empty line divides the text from the signature lines.
 *
 * @throws RecordError `note.malformed` when the bytes are no note.
 * @throws RecordError `note.limit` when it is longer than {@link noteBytesMax} or has more than 100 lines.
 */
export function parseNote(note: Uint8Array): Note {
  const { text, signatures } = divideNote(note)
  return { text, lines: parseSignatureLines(signatures) }
}

/**
 * Divides a note into its text and what should be its signature lines, without reading those.
 *
 * @throws RecordError `note.malformed`, `note.limit` when it cannot be divided.
 */
export function divideNote(note: Uint8Array): { text: string; signatures: string } {
  if (note.length > noteBytesMax) throw new RecordError('note.limit', `a note is at most ${noteBytesMax} bytes`)
  const whole = decodeNote(note)
  // oxlint-disable-next-line no-control-regex -- the control characters are what this is about
  if (/[\0-\x09\x0b-\x1f]/.test(whole)) throw new RecordError('note.malformed', 'the note has control characters')
  const divide = whole.lastIndexOf('\n\n')
  const signatures = whole.slice(divide + 2)
  if (divide === -1 || signatures === '') {
    throw new RecordError('note.malformed', 'no empty line divides the text from signatures')
  }
  return { text: whole.slice(0, divide + 1), signatures }
}

/**
 * Verifies a note against the keys that the caller trusts for it. Lines of other keys are passed over, even where they
 * share a name or an id with one that is trusted.
 *
 * @throws RecordError `note.malformed`, `note.limit` as {@link parseNote}.
 * @throws RecordError `note.ambiguous` when a line fits two of the keys.
 * @throws RecordError `note.signature` when a line of a known key does not verify: then nothing of the note stands.
 * @throws RecordError `cosignature.malformed`, `cosignature.time` when the line of a known cosigner is malformed.
 * @throws RecordError `note.unverified` when no line is of a known key.
 */
export async function openNote(crypto: Crypto, note: Uint8Array, keys: readonly VerifierKey[]): Promise<OpenedNote> {
  const { text, lines } = parseNote(note)
  const verified: { key: VerifierKey; line: SignatureLine }[] = []
  const unverified: SignatureLine[] = []
  for (const line of lines) {
    const [key, second] = keys.filter(({ name, id }) => name === line.name && id === line.id)
    if (second !== undefined) throw new RecordError('note.ambiguous', `two keys fit a line of ${line.name}`)
    if (key === undefined) unverified.push(line)
    else verified.push({ key, line })
  }
  if (verified.length === 0) throw new RecordError('note.unverified', 'no signature is of a known key')
  await Promise.all(verified.map(({ key, line }) => verifyLine(crypto, key, text, line)))
  return { text, verified, unverified }
}

async function verifyLine(crypto: Crypto, key: VerifierKey, text: string, line: SignatureLine): Promise<void> {
  let message = formatUtf8(text)
  let { signature } = line
  if (key.algorithm === 'cosignature/v1') {
    const timed = parseTimedSignature(signature)
    signature = timed.signature
    message = cosignatureMessage(timed.time, text)
  }
  if (!(await crypto.verifyEd25519(key.publicKey, message, signature))) {
    throw new RecordError('note.signature', `the signature of ${line.name} does not verify`)
  }
}

/**
 * Signs a text with an Ed25519 key under a name.
 *
 * @throws RecordError `key.malformed` when the name cannot be that of a key.
 */
export async function signNote(crypto: Crypto, signer: Signer, name: string, text: string): Promise<SignatureLine> {
  const { id } = createVerifierKey(crypto, 'ed25519', name, signer.publicKey)
  return { name, id, signature: await signer.sign(formatUtf8(text)) }
}

/**
 * The note with these lines added, without those that it already has.
 *
 * @throws RecordError `note.malformed`, `note.limit` when the one or the other is not a note.
 */
export function appendSignatureLines(note: Uint8Array, lines: readonly SignatureLine[]): Uint8Array {
  const { text, lines: before } = parseNote(note)
  const known = new Set(before.map((line) => formatSignatureLines([line])))
  const added = lines.filter((line) => {
    const formatted = formatSignatureLines([line])
    return !known.has(formatted) && known.add(formatted)
  })
  return formatNote({ text, lines: [...before, ...added] })
}

function decodeNote(note: Uint8Array): string {
  try {
    return parseUtf8(note)
  } catch (cause) {
    throw new RecordError('note.malformed', 'the note is not well-formed UTF-8', { cause })
  }
}
