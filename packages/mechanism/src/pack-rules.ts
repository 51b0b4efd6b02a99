// What a pack must be beyond its shape: ids that exist and are used once, names in every language, texts that are plain,
// and anchors that are found exactly once. Each rule is a code of SPEC.md [PK].

import { listQuotes } from './anchor.ts'
import type { Problem } from './error.ts'
import { checkGuidelines, type GuidelineCode } from './guidelines/guideline-rules.ts'
import type { PackSource } from './pack-schema.ts'
import { refuseName, refuseText } from './plain-text.ts'

export const textLengthMax = 1_000_000

export type PackCode =
  | 'pack.absent'
  | 'pack.twice'
  | 'pack.duplicate-id'
  | 'pack.name-missing'
  | 'pack.language-unknown'
  | 'pack.party-unknown'
  | 'pack.commitment-unknown'
  | 'pack.text-unknown'
  | 'pack.text-author-missing'
  | 'pack.translation-of'
  | 'pack.file-name'
  | 'pack.file-missing'
  | 'pack.file-twice'
  | 'pack.file-unused'
  | 'pack.text-malformed'
  | 'pack.text-long'
  | 'pack.anchor-absent'
  | 'pack.anchor-ambiguous'
  | 'pack.anchor-language'
  | 'pack.rule-missing'
  | 'pack.rule-empty'
  | 'pack.name-malformed'
  | 'pack.words-malformed'
  | GuidelineCode

/** Reports a problem with what a JSON pointer into the pack's own file names. */
export type Report = (code: PackCode, message: string, pointer: string) => void

type Files = Readonly<Record<string, string>>

/** Reports everything that is wrong. `reportElsewhere` takes problems that stand in another file. */
export function listPackProblems(
  pack: PackSource,
  files: Files,
  report: Report,
  reportElsewhere: (problem: Problem) => void,
): void {
  checkNames(pack, report)
  checkParties(pack, report)
  checkTexts(pack, files, report, reportElsewhere)
  checkCommitments(pack, files, report)
  checkMechanism(pack, report)
  if (pack.guidelines !== undefined) {
    const parties = pack.parties.map(({ id }) => id)
    checkGuidelines(pack.guidelines, parties, report)
  }
}

/** The words of a text file, or undefined when it is not there. */
export function readTextFile(files: Files, name: string): string | undefined {
  return Object.hasOwn(files, name) ? files[name] : undefined
}

function checkUnique(ids: readonly string[], pointerOf: (i: number) => string, report: Report): void {
  for (const [i, id] of ids.entries()) {
    if (ids.indexOf(id) < i) report('pack.duplicate-id', `the id ${id} is used twice`, pointerOf(i))
  }
}

/** Every set of names there is, found by its shape so that a new field cannot be forgotten. */
function checkNames(pack: PackSource, report: Report): void {
  const walk = (value: unknown, pointer: string, field: string): void => {
    if (Array.isArray(value)) {
      for (const [i, item] of value.entries()) walk(item, `${pointer}/${i}`, field)
    } else if (typeof value === 'object' && value !== null) {
      if (field === 'names' || field === 'title' || field === 'aliases') {
        checkNameSet(value as Readonly<Record<string, string>>, pointer, pack.languages, report)
      } else for (const [name, part] of Object.entries(value)) walk(part, `${pointer}/${name}`, name)
    } else if (typeof value === 'string') {
      const refusal = refuseText(value)
      if (refusal !== undefined)
        report('pack.words-malformed', `the words hold what plain text may not: ${refusal}`, pointer)
    }
  }
  walk(pack, '', '')
}

function checkNameSet(
  names: Readonly<Record<string, string>>,
  pointer: string,
  languages: readonly string[],
  report: Report,
): void {
  for (const language of languages) {
    if (!Object.hasOwn(names, language)) report('pack.name-missing', `there is no name in ${language}`, pointer)
  }
  for (const [language, name] of Object.entries(names)) {
    const at = `${pointer}/${language}`
    if (!languages.includes(language)) report('pack.language-unknown', `${language} is not a language of the pack`, at)
    const refusal = refuseName(name)
    if (refusal !== undefined) report('pack.name-malformed', `the name holds what a name may not: ${refusal}`, at)
  }
}

function checkParties(pack: PackSource, report: Report): void {
  checkUnique(
    pack.parties.map(({ id }) => id),
    (i) => `/parties/${i}/id`,
    report,
  )
  for (const [i, { leads, agencies }] of pack.parties.entries()) {
    const offices = [
      ...leads.map(({ id }, j) => ({ id, at: `/parties/${i}/leads/${j}/id` })),
      ...agencies.map(({ id }, j) => ({ id, at: `/parties/${i}/agencies/${j}/id` })),
    ]
    checkUnique(
      offices.map(({ id }) => id),
      (j) => offices[j]!.at,
      report,
    )
  }
}

function checkTexts(pack: PackSource, files: Files, report: Report, reportElsewhere: (problem: Problem) => void): void {
  checkUnique(
    pack.texts.map(({ id }) => id),
    (i) => `/texts/${i}/id`,
    report,
  )
  for (const [i, text] of pack.texts.entries()) {
    const at = `/texts/${i}`
    if (!pack.languages.includes(text.language)) {
      report('pack.language-unknown', `${text.language} is not a language of the pack`, `${at}/language`)
    }
    if (text.party !== undefined && !pack.parties.some(({ id }) => id === text.party)) {
      report('pack.party-unknown', `there is no party ${text.party}`, `${at}/party`)
    }
    if (text.status !== 'original' && text.by === undefined) {
      report('pack.text-author-missing', `a ${text.status} says by whom it is`, at)
    }
    checkTranslation(pack, i, report)
    checkFile(pack, i, files, report, reportElsewhere)
  }
  for (const name of Object.keys(files).sort()) {
    if (name.endsWith('.txt') && !pack.texts.some(({ file }) => file === name)) {
      reportElsewhere({ code: 'pack.file-unused', message: 'no text of the pack is in this file', file: name, line: 1 })
    }
  }
}

function checkTranslation(pack: PackSource, i: number, report: Report): void {
  const { status, of, language } = pack.texts[i]!
  const original = pack.texts.find(({ id }) => id === of)
  if (status === 'translation' && of === undefined) {
    report('pack.translation-of', 'a translation says of which text it is', `/texts/${i}`)
  } else if (of !== undefined && status !== 'translation') {
    report('pack.translation-of', 'only a translation is of another text', `/texts/${i}/of`)
  } else if (of !== undefined && original === undefined) {
    report('pack.text-unknown', `there is no text ${of}`, `/texts/${i}/of`)
  } else if (original?.language === language || original?.status === 'translation') {
    report('pack.translation-of', 'a translation is of an original or a summary in another language', `/texts/${i}/of`)
  }
}

function checkFile(
  pack: PackSource,
  i: number,
  files: Files,
  report: Report,
  reportElsewhere: (problem: Problem) => void,
): void {
  const { file } = pack.texts[i]!
  const at = `/texts/${i}/file`
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]*\.txt$/.test(file)) {
    report('pack.file-name', 'a text is in a .txt file beside the pack, named by letters, digits, dots and hyphens', at)
    return
  }
  if (pack.texts.findIndex((other) => other.file === file) < i) report('pack.file-twice', `${file} is two texts`, at)
  const body = readTextFile(files, file)
  if (body === undefined) {
    report('pack.file-missing', `there is no file ${file}`, at)
    return
  }
  if (body.length > textLengthMax) {
    reportElsewhere({ code: 'pack.text-long', message: `longer than ${textLengthMax} characters`, file, line: 1 })
    return
  }
  for (const [line, words] of body.split('\n').entries()) {
    const refusal = words === '' ? undefined : refuseText(words)
    if (refusal !== undefined) {
      const message = `the line holds what plain text may not: ${refusal}`
      reportElsewhere({ code: 'pack.text-malformed', message, file, line: line + 1 })
    }
  }
  if (body.trim() === '') reportElsewhere({ code: 'pack.text-malformed', message: 'the text is empty', file, line: 1 })
}

function checkCommitments(pack: PackSource, files: Files, report: Report): void {
  checkUnique(
    pack.commitments.map(({ id }) => id),
    (i) => `/commitments/${i}/id`,
    report,
  )
  for (const [i, commitment] of pack.commitments.entries()) {
    for (const [j, bound] of commitment.parties.entries()) {
      if (!pack.parties.some(({ id }) => id === bound)) {
        report('pack.party-unknown', `there is no party ${bound}`, `/commitments/${i}/parties/${j}`)
      }
    }
    const anchored = new Set<string>()
    for (const [j, anchor] of commitment.anchors.entries()) {
      const at = `/commitments/${i}/anchors/${j}`
      const text = pack.texts.find(({ id }) => id === anchor.text)
      if (text === undefined) {
        report('pack.text-unknown', `there is no text ${anchor.text}`, `${at}/text`)
        continue
      }
      anchored.add(text.language)
      const body = readTextFile(files, text.file)
      if (body === undefined) continue
      const { length } = listQuotes(body, { type: 'TextQuoteSelector', ...anchor })
      if (length === 0) report('pack.anchor-absent', `these words are not in ${text.file}`, at)
      if (length > 1) report('pack.anchor-ambiguous', `these words are ${length} times in ${text.file}`, at)
    }
    for (const language of pack.languages) {
      if (!anchored.has(language)) {
        report('pack.anchor-language', `the commitment has no words in ${language}`, `/commitments/${i}/anchors`)
      }
    }
  }
}

function checkMechanism(pack: PackSource, report: Report): void {
  const { meetings, ...parts } = pack.mechanism
  const cites = [
    ...meetings.map(({ commitment }, i) => ({ commitment, at: `/mechanism/meetings/${i}/commitment` })),
    ...(['hotline', 'review', 'lead'] as const).flatMap((name) => {
      const commitment = parts[name]?.commitment
      return commitment === undefined ? [] : [{ commitment, at: `/mechanism/${name}/commitment` }]
    }),
    ...(pack.norms === undefined ? [] : [{ commitment: pack.norms.commitment, at: '/norms/commitment' }]),
  ]
  for (const { commitment, at } of cites) {
    if (!pack.commitments.some(({ id }) => id === commitment)) {
      report('pack.commitment-unknown', `there is no commitment ${commitment}`, at)
    }
  }
  checkUnique(
    meetings.map(({ id }) => id),
    (i) => `/mechanism/meetings/${i}/id`,
    report,
  )
  for (const [i, { within, recurring }] of meetings.entries()) {
    const at = `/mechanism/meetings/${i}`
    if (within === undefined && recurring === undefined)
      report('pack.rule-missing', 'a series of meetings has a time rule', at)
    for (const [j, { from, until }] of (within ?? []).entries()) {
      if (until < from) report('pack.rule-empty', 'the rule ends before it begins', `${at}/within/${j}`)
    }
  }
}
