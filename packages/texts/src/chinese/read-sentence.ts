// Reads one Chinese sentence: every operative word in it with its subject, what is to be done, and where the statement ends. A
// subject goes on over commas until another is named; without any it is absent, and the text around it says whose it is.

import { speakerOf } from '../context.ts'
import type { Context, LeadIn, NamedActor } from '../context.ts'
import type { Draft, SentenceReading } from '../draft.ts'
import type { Range } from '../range.ts'
import type { OperativeRule } from '../rule.ts'
import { createPatternIndex } from '../words/pattern-index.ts'
import { compilePattern, matchAt, readClasses } from '../words/pattern.ts'
import type { Reading } from '../words/pattern.ts'
import { readTokens } from '../words/tokens.ts'
import { readActor } from './actors.ts'
import { readComplement } from './complements.ts'
import { chineseLexicon } from './lexicon.ts'
import { chineseOperativeRules } from './operative-rules.ts'
import { findPassing } from './passing.ts'
import { clauseStart, findSubject } from './subjects.ts'
import type { Subject } from './subjects.ts'

const operatives = createPatternIndex(chineseOperativeRules)
/** Words by which what follows is obliged, so that later 应 and 将 in the same sentence are part of it. */
const governing = new Set([
  'zh.agree',
  'zh.commit',
  'zh.decide',
  'zh.resolve',
  'zh.affirm',
  'zh.welcome',
  'zh.agree-that',
  'zh.said-will',
  'zh.intend',
])
const modals = new Set(['zh.shall', 'zh.must-not', 'zh.will', 'zh.will-establish', 'zh.by-whom'])
const present = new Set([
  'zh.duty-present',
  'zh.establish-present',
  'zh.recurrence',
  'zh.after-receipt',
  'zh.carries-out',
])

interface Statement {
  readonly rule: OperativeRule
  readonly subject: Subject
  readonly start: number
  readonly head: number
  readonly after: number
  readonly actor: NamedActor | 'unnamed' | 'absent'
}

export function readChinese(text: string, range: Range): Reading {
  return readClasses(
    readTokens(text, range, (at, end) => chineseLexicon.longestAt(text, at, end)),
    chineseLexicon,
  )
}

export function readChineseSentence(range: Range, context: Context): SentenceReading {
  const reading = readChinese(context.text, range)
  const { tokens } = reading
  const statements: Statement[] = []
  const passed: { rule: string; range: Range }[] = []
  for (let at = 0; at < tokens.length;) {
    const found = operatives.find(reading, at)
    if (found === undefined) {
      at += 1
      continue
    }
    const { end: after } = found
    const subject = findSubject(reading, at, statements.at(-1)?.after ?? 0, context.parties)
    const statement = judge(found.rule, subject, { reading, head: at, after, statements, context })
    if (statement === undefined) {
      at += 1
      continue
    }
    const why = findPassing(reading, found.rule, clauseStart(reading, at, 0), at)
    if (why === undefined) statements.push(statement)
    else passed.push({ rule: why, range: rangeOf(reading, statement.start, after) })
    at = after
  }
  return { drafts: draftAll(statements, reading), passed, spoken: speakerOf(firstActor(reading, context)) }
}

/** An item of a list whose lead-in obliges: 双方同意：（一）公布…. */
export function readChineseItem(range: Range, lead: LeadIn, context: Context): Draft {
  const reading = readChinese(context.text, range)
  const complement = readComplement(lead.rule, reading, 0, { none: lead.actor?.none ?? false, head: 0 })
  const end = statementEnd(reading, reading.tokens.length)
  const whole = { start: range.start, end: end === 0 ? range.end : reading.tokens[end - 1]!.end }
  return {
    rule: lead.rule,
    ...complement,
    force: lead.force,
    range: whole,
    operative: lead.operative,
    object: whole,
    actor: lead.actor ?? 'absent',
  }
}

interface Situation {
  readonly reading: Reading
  readonly head: number
  readonly after: number
  readonly statements: readonly Statement[]
  readonly context: Context
}

function judge(
  rule: OperativeRule,
  subject: Subject,
  { after, context, head, reading, statements }: Situation,
): Statement | undefined {
  const { tokens } = reading
  const previous = statements.at(-1)
  const make = (start: number, actor: Statement['actor']): Statement => ({ rule, subject, start, head, after, actor })
  if (tokens[after]?.word === '的' && rule.name !== 'zh.commitment-noun') return undefined
  // 所作的承诺、该决定: a noun, not what somebody does now.
  if (head > 0 && /^(?:的|该|其|这一|上述|这些|作出|做出|一项|有关)$/.test(tokens[head - 1]!.word)) return undefined
  if (previous !== undefined && !goesOn(rule, subject, previous, reading, head)) return undefined
  if (!fits(rule, reading, head, after)) return undefined
  switch (subject.kind) {
    case 'actor': {
      const actor: NamedActor = { ...subject.phrase.actor, range: rangeOf(reading, subject.start, subject.end) }
      if (present.has(rule.name) && !owesByHabit(rule, actor, reading, subject, head)) return undefined
      return make(subject.clause, actor)
    }
    case 'absent':
      if (rule.name === 'zh.commitment-noun') return make(head, 'absent')
      if (rule.absent !== true) return undefined
      return previous === undefined ? make(head, 'absent') : make(head, previous.actor)
    case 'shared': {
      const actor = previous === undefined ? firstActor(reading, context, head) : previous.actor
      // After what was agreed, 坚持 and 支持 say how, and bind no more.
      if (
        previous !== undefined &&
        governing.has(previous.rule.name) &&
        /^(?:坚持|支持|强调|主张)$/.test(tokens[head]!.word)
      )
        return undefined
      if (actor === undefined) return rule.absent === true ? make(head, 'absent') : undefined
      if (actor === 'absent' || actor === 'unnamed') return present.has(rule.name) ? undefined : make(head, actor)
      if (present.has(rule.name)) return undefined
      // 各成员国在收到请求后，应…: what stands between the subject and the verb says when.
      const first = tokens.findIndex(({ start }) => start === actor.range.start)
      return make(previous === undefined && first !== -1 ? first : head, actor)
    }
    case 'thing':
      if (rule.name === 'zh.by-whom') {
        const doer = readActor(reading, head + 1, context.parties)
        return doer === undefined
          ? undefined
          : make(subject.start, { ...doer.actor, range: rangeOf(reading, head + 1, doer.end) })
      }
      if (rule.name === 'zh.commitment-noun') return make(head, 'absent')
      return rule.subject === 'actor-or-thing' && admitsThing(reading, subject)
        ? make(subject.start, 'unnamed')
        : undefined
  }
}

/** Whether operative words after a statement begin another, or are part of what it says. */
function goesOn(
  rule: OperativeRule,
  subject: Subject,
  previous: Statement,
  { tokens }: Reading,
  head: number,
): boolean {
  const between = tokens
    .slice(previous.after, subject.clause)
    .some(({ word }) => word === ',' || word === ';' || word === '"')
  if (!between || present.has(rule.name)) return false
  // 同意…，并将…: what will be done besides.
  if (rule.name === 'zh.will' && /^(?:并|还|同时)$/.test(tokens[head - 1]?.word ?? '')) return true
  if (modals.has(rule.name) && governing.has(previous.rule.name)) return false
  if (subject.kind === 'thing') return false
  // What a thing must be is one statement, however many 应 it has.
  if (subject.kind !== 'actor' && previous.actor === 'unnamed') return false
  return true
}

function fits(rule: OperativeRule, reading: Reading, head: number, after: number): boolean {
  const { classes, tokens } = reading
  const next = tokens[after]
  const clause = clauseStart(reading, head, 0)
  switch (rule.name) {
    case 'zh.will': {
      if (next === undefined) return false
      const known =
        classes[after]!.has('doing') ||
        classes[after]!.has('not') ||
        classes[after]!.has('preposition') ||
        classes[after]!.has('adverb')
      // 并将任何变动通知对方、应将…: 将 marks an object there.
      const marks = reading.classes.slice(clause, head).some((each) => each.has('named') && !each.has('all')) && !known
      const joined = head > 0 && classes[head - 1]!.has('link')
      return known || (!marks && !joined && next.kind === 'word' && classes[after]!.size === 0)
    }
    case 'zh.designate':
      return near(reading, after, 'office', 18)
    case 'zh.establish-present':
      return near(reading, after, 'institution', 18)
    case 'zh.affirm':
    case 'zh.welcome':
      return next !== undefined && !/^(?:[。;]|人|者)$/.test(next.word)
    case 'zh.shall':
      return next !== undefined && next.word !== '"' && matchAt(atRequest, reading, head) <= head
    default:
      return true
  }
}

const atRequest = compilePattern('应 ..6 请求 ,')

function near({ classes }: Reading, from: number, name: string, reach: number): boolean {
  return classes.slice(from, from + reach).some((each) => each.has(name))
}

const past = compilePattern('了/过/已/已经/曾/曾于')

/** `各联络点保存…的记录`: what somebody does as a rule is owed where each or a body is said to do it, and nothing is past. */
function owesByHabit(
  rule: OperativeRule,
  actor: NamedActor,
  reading: Reading,
  subject: Subject,
  head: number,
): boolean {
  if (reading.tokens.some((_token, at) => matchAt(past, reading, at) > at)) return false
  // The verb stands right after its subject, but for adverbs.
  const gap = reading.tokens.slice(subject.kind === 'actor' ? subject.end : head, head)
  if (rule.name === 'zh.recurrence') return true
  if (rule.name === 'zh.carries-out') return actor.kind === 'body' || actor.kind === 'each'
  if (!gap.every((_token, i) => reading.classes[head - gap.length + i]!.has('adverb'))) return false
  if (rule.name === 'zh.establish-present') return actor.kind !== 'one' && actor.kind !== 'class'
  return actor.kind === 'each' || actor.kind === 'body' || (actor.kind === 'class' && rule.name === 'zh.after-receipt')
}

function admitsThing({ classes }: Reading, { end, start }: Subject): boolean {
  const inside = (name: string): boolean => classes.slice(start, end).some((each) => each.has(name))
  return !inside('outsider') && !inside('self')
}

/** The first actor that the sentence begins with. */
function firstActor(reading: Reading, { parties }: Context, head = reading.tokens.length): NamedActor | undefined {
  for (let at = 0; at < Math.min(head, 40); at++) {
    const begins = at === 0 || /^[,;:。"]$/.test(reading.tokens[at - 1]!.word) || reading.classes[at - 1]!.has('link')
    const phrase = begins ? readActor(reading, at, parties) : undefined
    if (phrase !== undefined && phrase.end <= head) return { ...phrase.actor, range: rangeOf(reading, at, phrase.end) }
  }
  return undefined
}

function draftAll(statements: readonly Statement[], reading: Reading): readonly Draft[] {
  return statements.flatMap((statement, i): readonly Draft[] => {
    const { actor, after, head, rule, start, subject } = statement
    const until = statementEnd(reading, statements[i + 1]?.start ?? reading.tokens.length)
    const named = actor === 'absent' || actor === 'unnamed' ? undefined : actor
    const complement = readComplement(rule, reading, after, { none: named?.none ?? false, head })
    const draft: Draft = {
      rule,
      ...complement,
      force: rule.force,
      range: rangeOf(reading, openingOf(reading, start, i === 0), until),
      operative: rangeOf(reading, head, after),
      object: rangeOf(reading, rule.name === 'zh.reach' ? subject.start : Math.min(after, until - 1), until),
      actor,
    }
    return [draft, ...splitQuotations(draft, statement, until, reading)].reduceRight<Draft[]>(
      (kept, each) => [kept[0] === undefined ? each : endBefore(each, kept[0]), ...kept],
      [],
    )
  })
}

const openingReach = 60

/** 在收到请求后30日内，被请求方应…: what opens the sentence says when and on what condition. */
function openingOf({ tokens }: Reading, start: number, first: boolean): number {
  if (!first || start === 0 || start > openingReach) return start
  return /^(?:在|自|于|每|每年|如|若|如果|凡|经|应|应请求|根据|依照|按照|除非|对|自收到|收到)/.test(tokens[0]!.word)
    ? 0
    : start
}

const another = compilePattern('" ,? 以及/和/并/并且 "')

/** 确认“…”，以及“…”: each quotation after the first is a statement of its own under the same verb. */
function splitQuotations(draft: Draft, { after }: Statement, until: number, reading: Reading): readonly Draft[] {
  const more: Draft[] = []
  for (let at = after; at < until; at++) {
    const end = matchAt(another, reading, at)
    if (end <= at || end >= until) continue
    const complement = readComplement(draft.rule, reading, end, { none: false, head: end })
    const range = rangeOf(reading, end, until)
    more.push({
      ...draft,
      ...complement,
      negative: complement.negative || deniesIn(reading, end, until),
      range,
      object: range,
    })
  }
  return more
}

const denial = compilePattern('不应/不得/不会/不将/不应当')

function deniesIn(reading: Reading, from: number, until: number): boolean {
  for (let at = from; at < until; at++) if (matchAt(denial, reading, at) > at) return true
  return false
}

function endBefore(draft: Draft, { range }: Draft): Draft {
  if (range.start >= draft.range.end) return draft
  return {
    ...draft,
    range: { ...draft.range, end: range.start },
    object: { ...draft.object, end: Math.max(range.start, draft.object.start + 1) },
  }
}

function statementEnd({ tokens }: Reading, end: number): number {
  let at = end
  while (at > 1 && /^(?:[.;,:"—()]|。|并|且|以及|而)$/.test(tokens[at - 1]!.word)) at -= 1
  return at
}

function rangeOf({ tokens }: Reading, from: number, to: number): Range {
  return { start: tokens[from]!.start, end: tokens[Math.max(from, to - 1)]!.end }
}
