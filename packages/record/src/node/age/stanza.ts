// A recipient stanza of an age v1 header (c2sp.org/age, "Recipient stanza"): arguments and a body wrapped at 64 columns.
// It does not know what any kind of recipient puts into them.

import { parseBase64 } from '../../bytes.ts'
import { RecordError } from '../../error.ts'

export interface Stanza {
  /** One or more, each of one or more visible ASCII characters. The first names the kind of recipient. */
  readonly arguments: readonly string[]
  readonly body: Uint8Array
}

const columns = 64

/** Base64 without padding, as age spells all bytes. */
export function formatUnpadded(bytes: Uint8Array): string {
  return bytes.toBase64({ omitPadding: true })
}

/** @throws RecordError `age.malformed` unless the text is the one canonical unpadded base64 of some bytes. */
export function parseUnpadded(text: string): Uint8Array {
  if (text.endsWith('=')) throw new RecordError('age.malformed', 'base64 with padding in an age header')
  try {
    return parseBase64(text + '='.repeat((4 - (text.length % 4)) % 4))
  } catch (cause) {
    throw new RecordError('age.malformed', 'not canonical base64 in an age header', { cause })
  }
}

/** The lines of a stanza, each ended by a line feed. */
export function formatStanza(stanza: Stanza): string {
  const body = formatUnpadded(stanza.body)
  let text = `-> ${stanza.arguments.join(' ')}\n`
  // The last line is shorter than 64 columns, and empty when the body fills its lines: that is what ends a stanza.
  for (let start = 0; start <= body.length; start += columns) text += `${body.slice(start, start + columns)}\n`
  return text
}

/**
 * Reads one stanza from the lines of a header (without their line feeds), from `index` on.
 * Gives the stanza and the index of the first line after it.
 *
 * @throws RecordError `age.malformed`.
 */
export function parseStanza(lines: readonly string[], index: number): { stanza: Stanza; next: number } {
  const first = lines[index] ?? ''
  if (!/^->(?: [!-~]+)+$/.test(first))
    throw new RecordError('age.malformed', 'a line of the age header begins no stanza')
  let text = ''
  for (let at = index + 1; at < lines.length; at++) {
    const line = lines[at]!
    if (line.length > columns) throw new RecordError('age.malformed', 'a line of a stanza is longer than 64 columns')
    text += line
    if (line.length < columns) {
      return { stanza: { arguments: first.slice(3).split(' '), body: parseUnpadded(text) }, next: at + 1 }
    }
  }
  throw new RecordError('age.malformed', 'the last stanza has no short last line')
}
