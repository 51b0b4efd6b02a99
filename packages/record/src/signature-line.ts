// Signature lines of c2sp.org/signed-note, with the note around them or without, as a witness answers them. A line is
// a claim: nothing is verified here.

import { concatBytes, formatBase64, parseBase64, parseHex } from './bytes.ts'
import { RecordError } from './error.ts'
import { checkKeyName } from './verifier-key.ts'

/** One line `— name base64(id ‖ signature)`. */
export interface SignatureLine {
  readonly name: string
  /** Eight hexadecimal digits. */
  readonly id: string
  /** What the algorithm of the key makes; the id is not part of it. */
  readonly signature: Uint8Array
}

/** As many lines as a note may have; the specification asks for 16 or more. */
export const signatureLinesMax = 100

/** The lines as text, each with its line feed. */
export function formatSignatureLines(lines: readonly SignatureLine[]): string {
  return lines
    .map(({ name, id, signature }) => {
      checkKeyName(name)
      return `— ${name} ${formatBase64(concatBytes(parseHex(id), signature))}\n`
    })
    .join('')
}

/**
 * Reads one or more signature lines; those that repeat another one byte for byte are dropped.
 *
 * @throws RecordError `note.malformed` when there is none, or anything else than signature lines.
 * @throws RecordError `note.limit` when there are more than {@link signatureLinesMax}.
 */
export function parseSignatureLines(text: string): SignatureLine[] {
  if (!text.endsWith('\n')) throw new RecordError('note.malformed', 'a signature line ends in a line feed')
  const lines = text.slice(0, -1).split('\n')
  if (lines.length > signatureLinesMax) {
    throw new RecordError('note.limit', `a note has at most ${signatureLinesMax} signature lines`)
  }
  return [...new Set(lines)].map(parseSignatureLine)
}

function parseSignatureLine(line: string): SignatureLine {
  const [, name, encoded] = /^— ([^ ]+) ([^ ]+)$/.exec(line) ?? []
  if (name === undefined || encoded === undefined) throw new RecordError('note.malformed', 'not a signature line')
  try {
    checkKeyName(name)
    const bytes = parseBase64(encoded)
    if (bytes.length > 4) return { name, id: bytes.subarray(0, 4).toHex(), signature: bytes.slice(4) }
  } catch (cause) {
    throw new RecordError('note.malformed', 'not a signature line', { cause })
  }
  throw new RecordError('note.malformed', 'the signature is too short for an id')
}
