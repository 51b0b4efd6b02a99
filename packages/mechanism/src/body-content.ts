// The plaintext of a body, as it is before sealing: the same statement in one or more languages, the particulars a request
// must give, and names of people. Plain text only. SPEC.md [BC] rules it. Nothing computed ever reads it.

import { formatCanonical, parseCanonical } from '@parley/record'
import { MechanismError, type Problem } from './error.ts'
import { refuseName, refuseText } from './plain-text.ts'
import {
  checkShape,
  codes,
  constant,
  digest,
  integer,
  language,
  list,
  object,
  record,
  text,
  token,
  type Infer,
} from './shape.ts'
import { evidenceBytesMax } from './evidence/size-class.ts'

/** What the largest size class of a sealed body has room for, after the salt and the length. */
export const bodyContentBytesMax = 61_440 - 36
export const textsMax = 8
export const textLengthMax = 40_000
const fieldLengthMax = 8_000
const fieldsMax = 40
const namesMax = 50
const attachmentsMax = 50
const mediaTypeLengthMax = 127
export const nameLengthMax = 200
const depthMax = 5

/** Exported for the documents and the interface. */
export const bodyContentShape = object(
  {
    v: constant(1),
    texts: list(
      object(
        { language: language(), text: text(textLengthMax), role: codes('textRole') },
        /** Who translated: a person's or an office's name, or a machine's. */
        { by: text(nameLengthMax) },
      ),
      { min: 1, max: textsMax },
    ),
  },
  {
    /** Particulars by their code. */
    fields: record(token(), text(fieldLengthMax), { min: 1, max: fieldsMax }),
    names: list(object({ name: text(nameLengthMax), as: codes('nameRole') }, { language: language() }), {
      min: 1,
      max: namesMax,
    }),
    /** What goes along with the text. The files themselves travel as evidence, or by another way. */
    attachments: list(
      object(
        {
          name: text(nameLengthMax),
          /** As RFC 6838 writes it, `text/csv`: what the author says it is. Nobody opens a file for it. */
          media: text(mediaTypeLengthMax),
          /** Length in bytes. */
          bytes: integer(0, evidenceBytesMax),
          /** SHA-256 of the file, or where it points to an item, of the sealed file that the item commits to. */
          digest: digest(),
        },
        /** The item of evidence that it is. */
        { item: digest() },
      ),
      { min: 1, max: attachmentsMax },
    ),
  },
)

export type BodyContent = Infer<typeof bodyContentShape>

/**
 * Reads the plaintext of a body from canonical bytes.
 *
 * @throws MechanismError `body-content.limit`, `body-content.json`, `body-content.shape`, `body-content.text`; the
 *   problems say where.
 */
export function parseBodyContent(bytes: Uint8Array): BodyContent {
  if (bytes.length > bodyContentBytesMax) {
    throw new MechanismError('body-content.limit', `a body holds at most ${bodyContentBytesMax} bytes`)
  }
  let value: unknown
  try {
    value = parseCanonical(bytes, { bytesMax: bodyContentBytesMax, depthMax })
  } catch (cause) {
    throw new MechanismError('body-content.json', 'a body is canonical JSON', { cause })
  }
  const checked = checkShape(bodyContentShape, value)
  if (checked.kind === 'refused') {
    throw refused(
      'body-content.shape',
      checked.reasons.map(({ code, pointer }) => ({ code, pointer, message: code })),
    )
  }
  const problems = [...listProblems(checked.value)]
  if (problems.length > 0) throw refused('body-content.text', problems)
  return checked.value
}

/** The canonical bytes of a plaintext. What it writes, `parseBodyContent` accepts. @throws MechanismError as there */
export function formatBodyContent(content: BodyContent): Uint8Array {
  let bytes: Uint8Array
  try {
    bytes = formatCanonical(content)
  } catch (cause) {
    throw new MechanismError('body-content.json', 'the body has no canonical form', { cause })
  }
  parseBodyContent(bytes)
  return bytes
}

function refused(code: 'body-content.shape' | 'body-content.text', problems: readonly Problem[]): MechanismError {
  return new MechanismError(code, `${problems[0]!.code} at ${problems[0]!.pointer || 'the top'}`, { problems })
}

/** A title is so many characters at the most. */
const titleLengthMax = 160

/** What a body is called: the first line of its original that is not blank. */
export function titleOf({ texts }: BodyContent): string | null {
  const original = texts.find(({ role }) => role === 'original') ?? texts[0]
  const line = original?.text.split('\n').find((candidate) => candidate.trim() !== '')
  return line === undefined ? null : [...line.trim()].slice(0, titleLengthMax).join('')
}

export type BodyContentProblem =
  | 'body-content.language-twice'
  | 'body-content.no-original'
  | 'body-content.media-type'
  | 'body-content.attachment-twice'

/** A type and a subtype of RFC 6838, without parameters. */
const mediaType = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,62}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,62}$/

function* listProblems(content: BodyContent): Generator<Problem> {
  const languages = new Set<string>()
  for (const [i, { language, text, by }] of content.texts.entries()) {
    if (languages.has(language)) yield problem('body-content.language-twice', `/texts/${i}/language`)
    languages.add(language)
    yield* problemsOf(refuseText(text), `/texts/${i}/text`)
    if (by !== undefined) yield* problemsOf(refuseName(by), `/texts/${i}/by`)
  }
  if (!content.texts.some(({ role }) => role === 'original')) yield problem('body-content.no-original', '/texts')
  for (const [code, value] of Object.entries(content.fields ?? {})) {
    yield* problemsOf(refuseText(value), `/fields/${code}`)
  }
  for (const [i, { name }] of (content.names ?? []).entries()) {
    yield* problemsOf(refuseName(name), `/names/${i}/name`)
  }
  const files = new Set<string>()
  for (const [i, { media, name }] of (content.attachments ?? []).entries()) {
    if (files.has(name)) yield problem('body-content.attachment-twice', `/attachments/${i}/name`)
    files.add(name)
    yield* problemsOf(refuseName(name), `/attachments/${i}/name`)
    if (!mediaType.test(media)) yield problem('body-content.media-type', `/attachments/${i}/media`)
  }
}

function* problemsOf(code: string | undefined, pointer: string): Generator<Problem> {
  if (code !== undefined) yield problem(code, pointer)
}

function problem(code: string, pointer: string): Problem {
  return { code, pointer, message: `${code} at ${pointer}` }
}
