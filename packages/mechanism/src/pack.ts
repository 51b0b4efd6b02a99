// The agreement pack: what the parties have agreed, as data, with the words it stands on. Compiling checks everything and
// refuses a broken pack with each place that is wrong. SPEC.md [PK] rules it. Reading files is the caller's business.

import { concatBytes, formatCanonical, formatHex, formatUtf8, type Crypto } from '@parley/record'
import { listQuotes } from './anchor.ts'
import { MechanismError, type Problem } from './error.ts'
import { listPackProblems, readTextFile, type Report } from './pack-rules.ts'
import { packSourceShape, type Anchor, type Pack, type PackSource } from './pack-schema.ts'
import { parsePackFile } from './pack-source.ts'
import { checkShape } from './shape.ts'

export type { Commitment, Pack, PackText } from './pack-schema.ts'

/** The names a pack's own file may have. */
export const packFileNames = ['pack.yaml', 'pack.json'] as const
/** A refusal lists this many problems. */
const problemsMax = 100

/**
 * Compiles a pack from the texts of its files: `pack.yaml` or `pack.json`, and the texts that it names.
 *
 * @throws MechanismError `pack.refused`, with every problem: a stable code, the file, the line and the reason.
 */
export function compilePack(files: Readonly<Record<string, string>>): Pack {
  const present = packFileNames.filter((name) => Object.hasOwn(files, name))
  const [name, another] = present
  if (name === undefined) throw refused([{ code: 'pack.absent', message: 'there is no pack.yaml and no pack.json' }])
  if (another !== undefined) {
    throw refused([{ code: 'pack.twice', message: 'pack.yaml and pack.json are both there', file: another }])
  }
  const file = parsePackFile(name, files[name]!)
  if (file.problems.length > 0) throw refused(file.problems)
  const checked = checkShape(packSourceShape, file.value)
  if (checked.kind === 'refused') {
    throw refused(
      checked.reasons.map(({ code, pointer }) => file.problemAt(code, `${code} at ${pointer || 'the top'}`, pointer)),
    )
  }
  const problems: Problem[] = []
  const report: Report = (code, message, pointer) => problems.push(file.problemAt(code, message, pointer))
  listPackProblems(checked.value, files, report, (problem) => problems.push(problem))
  if (problems.length > 0) throw refused(problems)
  return assemble(checked.value, files)
}

function assemble(source: PackSource, files: Readonly<Record<string, string>>): Pack {
  return {
    ...source,
    texts: source.texts.map(({ file, ...text }) => ({ ...text, body: readTextFile(files, file)! })),
    commitments: source.commitments.map((commitment) => ({
      ...commitment,
      anchors: commitment.anchors.map(({ text, ...quote }): Anchor => {
        return { text, selector: { type: 'TextQuoteSelector', ...quote } }
      }),
    })),
  }
}

function refused(problems: readonly Problem[]): MechanismError {
  const sorted = [...problems].sort((a, b) => {
    if (a.file !== b.file) return (a.file ?? '') < (b.file ?? '') ? -1 : 1
    return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)
  })
  const [first] = sorted
  const where = first!.file === undefined ? '' : `${first!.file}:${first!.line ?? 1}: `
  const more = sorted.length > 1 ? ` (and ${sorted.length - 1} more)` : ''
  return new MechanismError('pack.refused', `${where}${first!.message}${more}`, {
    problems: sorted.slice(0, problemsMax),
  })
}

const packContext = formatUtf8('parley/pack/v1\n')

/** SHA-256("parley/pack/v1\n" ‖ the canonical JSON of the compiled pack, its texts included), hexadecimal. */
export function packDigest(pack: Pack, crypto: Crypto): string {
  return formatHex(crypto.sha256(concatBytes(packContext, formatCanonical(pack))))
}

/** The words a commitment stands on, text by text: the quotation and where it is. The pack is compiled. */
export function listCitations(
  pack: Pack,
  commitment: string,
): readonly { readonly text: string; readonly language: string; readonly start: number; readonly end: number }[] {
  const anchors = pack.commitments.find(({ id }) => id === commitment)?.anchors ?? []
  return anchors.flatMap(({ text: id, selector }) => {
    const text = pack.texts.find((other) => other.id === id)
    if (text === undefined) return []
    return listQuotes(text.body, selector).map((range) => ({ text: id, language: text.language, ...range }))
  })
}
