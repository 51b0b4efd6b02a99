// The answer to a delivery (docs/spec/delivery.md): how much of the log the receiver now holds, which bodies it misses, and
// its witness and mirror cosignatures over the head of the delivery. It checks form only.

import { formatUtf8, parseUtf8 } from './bytes.ts'
import { deliveryBodiesMax } from './delivery.ts'
import { RecordError } from './error.ts'
import { parseOrigin } from './origins.ts'
import { formatSignatureLines, parseSignatureLines } from './signature-line.ts'
import type { SignatureLine } from './signature-line.ts'

/** A receiver that misses more names the first of them; the others it names when these have come. */
export const missingBodiesMax = deliveryBodiesMax
export const answerLinesMax = 16
export const deliveryAnswerBytesMax = 131_072

const firstLine = 'parley/delivery-answer/v1\n'
const form = /^([^\n]+)\nhave (0|[1-9][0-9]{0,15})\n((?:missing [0-9a-f]{64}\n)*)\n([^]*)$/

export interface DeliveryAnswer {
  readonly origin: string
  /** How many entries of the log the receiver holds. */
  readonly have: number
  /** Digests in hexadecimal of bodies that the entries it holds commit to and that it does not hold. */
  readonly missing: readonly string[]
  /** Cosignatures over the head of the delivery. A mirror's is among them only when nothing is missing up to that head. */
  readonly lines: readonly SignatureLine[]
}

function refuse(problem: string, cause?: unknown): RecordError {
  return new RecordError('delivery.malformed', problem, { cause })
}

/**
 * The bytes of an answer. Missing bodies may be given in any order.
 *
 * @throws RecordError `delivery.malformed`, `delivery.limit`.
 */
export function formatDeliveryAnswer({ origin, have, missing, lines }: DeliveryAnswer): Uint8Array {
  const names = missing.toSorted().map((digest) => `missing ${digest}\n`)
  const bytes = formatUtf8(`${firstLine}${origin}\nhave ${have}\n${names.join('')}\n${formatLines(lines)}`)
  // Reading it back is the one place that says what an answer is.
  parseDeliveryAnswer(bytes)
  return bytes
}

function formatLines(lines: readonly SignatureLine[]): string {
  try {
    return formatSignatureLines(lines)
  } catch (cause) {
    throw refuse('a cosignature line has no form', cause)
  }
}

function parseLines(text: string): SignatureLine[] {
  if (text === '') return []
  let lines: SignatureLine[]
  try {
    lines = parseSignatureLines(text)
  } catch (cause) {
    throw refuse('a cosignature line in the answer is none', cause)
  }
  if (lines.length > answerLinesMax) throw new RecordError('delivery.limit', 'the answer has too many lines')
  if (formatSignatureLines(lines) !== text) throw refuse('a line of the answer stands twice')
  return lines
}

/**
 * Reads an answer. The lines are claims until they are verified over the head that was delivered.
 *
 * @throws RecordError `delivery.malformed`, `delivery.limit`.
 */
export function parseDeliveryAnswer(bytes: Uint8Array): DeliveryAnswer {
  if (bytes.length > deliveryAnswerBytesMax) throw new RecordError('delivery.limit', 'the answer is too long')
  let text: string
  try {
    text = parseUtf8(bytes)
  } catch (cause) {
    throw refuse('the answer is not well-formed UTF-8', cause)
  }
  const [, origin, size, names, lines] = (text.startsWith(firstLine) && form.exec(text.slice(firstLine.length))) || []
  if (origin === undefined || size === undefined || names === undefined || lines === undefined) {
    throw refuse('not an answer to a delivery of version 1')
  }
  try {
    parseOrigin(origin)
  } catch (cause) {
    throw refuse('the origin in the answer is none', cause)
  }
  const have = Number(size)
  if (!Number.isSafeInteger(have)) throw refuse('the size in the answer is too large')
  const missing = names
    .matchAll(/[0-9a-f]{64}/g)
    .map(([digest]) => digest)
    .toArray()
  if (missing.length > missingBodiesMax) throw new RecordError('delivery.limit', 'the answer misses too many bodies')
  for (let i = 1; i < missing.length; i++) {
    if (missing[i - 1]! >= missing[i]!) throw refuse('missing bodies are not in order, or one stands twice')
  }
  return { origin, have, missing, lines: parseLines(lines) }
}
