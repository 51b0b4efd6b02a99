// `parley text read` proposes the commitments that a text may hold, with the words that each rests on; `parley text screen` marks
// the words of a measure that raise a question. They need no node and adopt nothing.

import { wordOf } from '@parley/mechanism'
import {
  readText as readWords,
  sayTimeRule,
  screeningReasons,
  screenText,
  textLanguages,
  TextsError,
  textWord,
  wordsAt,
} from '@parley/texts'
import type { Proposal, ReadText, TextLanguage } from '@parley/texts'
import type { Command } from 'commander'
import type { CommonOptions } from '../common-options.ts'
import { CliError } from '../error.ts'
import { readText, standardStream } from '../files.ts'
import type { Terminal } from '../terminal.ts'

interface TextOptions extends CommonOptions {
  readonly lang?: TextLanguage
}

export function addTextCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal
  const text = program.command('text').description(say('command.text'))
  text
    .command('read')
    .description(say('command.text.read'))
    .argument('<file>', say('argument.text'))
    .addOption(program.createOption('--lang <language>', say('option.lang')).choices([...textLanguages]))
    .action((file: string, _options, command: Command) => read(file, command.optsWithGlobals<TextOptions>(), terminal))
  text
    .command('screen')
    .description(say('command.text.screen'))
    .argument('<file>', say('argument.text'))
    .action((file: string, _options, command: Command) =>
      screen(file, command.optsWithGlobals<CommonOptions>(), terminal),
    )
}

/** `parley text screen`: the words of a measure that raise a question, each with its rule and reason; never a verdict. */
async function screen(file: string, options: CommonOptions, terminal: Terminal): Promise<void> {
  const { language, say } = terminal
  const words = await openText(file, terminal)
  const hits = refusingPlainly(() => screenText(words), terminal)
  const value = hits.map(({ range, sentence, ...hit }) => ({
    ...hit,
    range: { ...range, words: wordsAt(words, range) },
    sentence: { ...sentence, words: wordsAt(words, sentence) },
    reason: screeningReasons[hit.criterion],
  }))
  terminal.answer(options.json === true, { hits: value }, () => [
    say('text.screened', { file, count: hits.length }),
    ...hits.flatMap(({ criterion, range, rule, sentence }, i) => [
      say('text.hit', {
        number: i + 1,
        criterion: textWord(language, `criterion.${criterion}`),
        words: oneLine(words, range),
        rule,
      }),
      say('text.sentence', { words: oneLine(words, sentence) }),
      say('text.reason', { reason: screeningReasons[criterion][language] }),
    ]),
    say('text.no-verdict'),
  ])
}

/** @throws CliError `usage.text-format`, and as `readText` does */
function openText(file: string, terminal: Terminal): Promise<string> {
  if (file !== standardStream && !/\.(?:txt|md)$/i.test(file)) {
    throw new CliError('usage.text-format', terminal.say('error.text-format', { file }))
  }
  return readText(file, terminal)
}

async function read(file: string, options: TextOptions, terminal: Terminal): Promise<void> {
  const words = await openText(file, terminal)
  const asked = options.lang === undefined ? {} : { language: options.lang }
  const found = refusingPlainly(() => readWords(words, asked), terminal)
  const { language, passed, proposals, sentences } = found
  terminal.answer(options.json === true, formatValue(words, found), () => [
    terminal.say('text.found', { file, language, sentences, proposals: proposals.length }),
    ...proposals.flatMap((proposal, i) => describe(words, proposal, i + 1, terminal)),
    ...(passed.length === 0 ? [] : [terminal.say('text.passed')]),
    ...passed.map(({ range, rule }) => terminal.say('text.passed-one', { rule, words: oneLine(words, range) })),
    terminal.say('text.confirm'),
  ])
}

/** @throws CliError with the code of the refusal, in the person's language. */
function refusingPlainly<T>(work: () => T, { language }: Terminal): T {
  try {
    return work()
  } catch (cause) {
    if (cause instanceof TextsError)
      throw new CliError(cause.code, textWord(language, `refused.${cause.code}`), { cause })
    throw cause
  }
}

type Place = { readonly start: number; readonly end: number }

const oneLine = (words: string, place: Place): string => wordsAt(words, place).replaceAll(/\s+/g, ' ')

/** The same for machines: every place with its words, in UTF-16 units of the text as it was read. */
function formatValue(words: string, { language, passed, proposals, sentences }: ReadText): unknown {
  const quote = (place: Place): unknown => ({ ...place, words: wordsAt(words, place) })
  return {
    language,
    sentences,
    proposals: proposals.map(
      ({ actor, block: _block, conditions, hosts, object, operative, qualifiers, range, times, ...rest }) => ({
        ...rest,
        range: quote(range),
        operative: quote(operative),
        object: quote(object),
        actor: { ...actor, ...(actor.range === undefined ? {} : { range: quote(actor.range) }) },
        qualifiers: qualifiers.map((each) => ({ ...each, range: quote(each.range) })),
        conditions: conditions.map(quote),
        times: times.map((each) => ({ ...each, range: quote(each.range) })),
        ...(hosts === undefined ? {} : { hosts: quote(hosts) }),
      }),
    ),
    passed: passed.map(({ range, rule }) => ({ rule, range: quote(range) })),
  }
}

function describe(words: string, proposal: Proposal, place: number, { language, say }: Terminal): readonly string[] {
  const { actor, conditions, force, hosts, kind, number, operative, qualifiers, range, rule, times } = proposal
  return [
    say('text.proposal', {
      number: place,
      kind: textWord(language, `kind.${kind}`),
      force: wordOf(language, `force.${force}`),
      actor: textWord(language, `actor.${actor.kind}`),
    }),
    say('text.words', { words: oneLine(words, range) }),
    say('text.rests', { words: oneLine(words, operative), rule }),
    ...describeActor(words, proposal, { language, say }),
    ...(number === undefined ? [] : [say('text.number', { number })]),
    ...times.map((time) => say('text.time', { time: sayTimeRule(language, time), words: oneLine(words, time.range) })),
    ...qualifiers.map((each) =>
      say('text.qualifier', {
        qualifier: textWord(language, `qualifier.${each.code}`),
        words: oneLine(words, each.range),
      }),
    ),
    ...conditions.map((each) => say('text.condition', { words: oneLine(words, each) })),
    ...(hosts === undefined ? [] : [say('text.hosts', { words: oneLine(words, hosts) })]),
  ]
}

function describeActor(
  words: string,
  { actor }: Proposal,
  { language, say }: Pick<Terminal, 'language' | 'say'>,
): readonly string[] {
  if (actor.kind === 'unnamed') return []
  if (actor.range === undefined) return [say('text.actor-default')]
  const named = oneLine(words, actor.range)
  if (actor.kind !== 'absent') return [say('text.actor', { words: named })]
  return [say('text.actor-context', { words: named, actor: textWord(language, `actor.${actor.taken ?? 'all'}`) })]
}
