// Reads one English sentence: every operative word in it with its subject, what is to be done, and where the statement ends.
// A statement that a passing rule explains away is reported as passed and proposes nothing.

import { speakerOf } from '../context.ts'
import type { Context, LeadIn, NamedActor } from '../context.ts'
import type { Draft, SentenceReading } from '../draft.ts'
import type { Range } from '../range.ts'
import type { OperativeRule } from '../rule.ts'
import { createPatternIndex } from '../words/pattern-index.ts'
import { compilePattern, findPattern, matchAt, readClasses } from '../words/pattern.ts'
import type { Pattern, Reading } from '../words/pattern.ts'
import { readTokens } from '../words/tokens.ts'
import { readActor } from './actors.ts'
import { readComplement } from './complements.ts'
import { englishLexicon } from './lexicon.ts'
import { englishOperativeRules } from './operative-rules.ts'
import { findPassing } from './passing.ts'
import { findSubject } from './subjects.ts'
import type { Subject } from './subjects.ts'

const operatives = createPatternIndex(englishOperativeRules)

interface Statement {
  readonly rule: OperativeRule
  readonly subject: Subject
  /** The first token of the statement, and those of the operative words. */
  readonly start: number
  readonly head: number
  readonly after: number
  readonly actor: NamedActor | 'unnamed' | 'absent'
}

export function readEnglishSentence(range: Range, context: Context): SentenceReading {
  const reading = readClasses(readTokens(context.text, range), englishLexicon)
  const { tokens } = reading
  const statements: Statement[] = []
  const passed: { rule: string; range: Range }[] = []
  let floor = 0
  for (let at = 0; at < tokens.length;) {
    const found = operatives.find(reading, at)
    if (found === undefined) {
      at += 1
      continue
    }
    const { end, rule } = found
    const subject = findSubject(
      reading,
      at,
      floor,
      context.parties,
      rule.name === 'en.designating' || rule.name === 'en.agreeing',
    )
    const statement = judge(rule, subject, { reading, head: at, after: end, previous: statements.at(-1), context })
    if (statement === undefined) {
      at += 1
      continue
    }
    const why = findPassing(reading, rule, { introduced: subject.introduced, head: at, floor })
    if (why === undefined) statements.push(statement)
    else passed.push({ rule: why, range: rangeOf(reading, statement.start, end) })
    floor = end
    at = end
  }
  return { drafts: draftAll(statements, reading), passed, spoken: speakerOf(firstActor(reading, context)) }
}

/** An item of a list whose lead-in obliges: `The participants agreed to: (a) publish …`. */
export function readEnglishItem(range: Range, lead: LeadIn, context: Context): Draft {
  const reading = readClasses(readTokens(context.text, range), englishLexicon)
  const complement = readComplement(lead.rule, reading, 0, { none: lead.actor?.none ?? false })
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
  readonly previous: Statement | undefined
  readonly context: Context
}

/** The statement that operative words make with their subject, or undefined when they make none. */
function judge(rule: OperativeRule, subject: Subject, situation: Situation): Statement | undefined {
  const { after, head, previous, reading } = situation
  const { classes, tokens } = reading
  const make = (start: number, actor: Statement['actor']): Statement => ({ rule, subject, start, head, after, actor })
  if (!fits(rule, reading, head, after)) return undefined
  switch (subject.kind) {
    case 'actor': {
      const before = tokens[subject.start - 1]?.word
      const complementizer = tokens[subject.introduced - 1]?.word
      if (complementizer === 'that' || before === 'that') {
        if (previous !== undefined) return undefined
        if (!introducesClause(reading, subject.introduced - 1)) return undefined
      }
      if (complementizer === 'which' || complementizer === 'who') return undefined
      if (!takes(rule, subject.phrase.actor.kind, reading, subject, after)) return undefined
      return make(subject.start, {
        ...subject.phrase.actor,
        range: rangeOf(reading, subject.start, subject.phrase.end),
      })
    }
    case 'thing': {
      const name = properName(reading, subject, rule, after)
      if (name !== undefined) return make(subject.start, name)
      if (previous !== undefined && (rule.name.endsWith('-noun') || tokens[subject.introduced - 1]?.word === 'that'))
        return undefined
      if (previous !== undefined && isWithinThat(reading, previous, head)) return undefined
      if (tokens[subject.start]!.word === 'it' && subject.end - subject.start === 1) {
        const meant = firstActor(reading, situation.context, subject.start)
        return meant === undefined ? undefined : make(subject.start, meant)
      }
      if (rule.subject !== 'actor-or-thing' || !admitsThing(rule, reading, subject, after)) return undefined
      if (rule.name.endsWith('-noun')) return make(head, 'absent')
      if (rule.name === 'en.binds-them') {
        const bound = readActor(reading, head + 1, situation.context.parties)
        return bound === undefined
          ? undefined
          : make(subject.start, { ...bound.actor, range: rangeOf(reading, head + 1, bound.end) })
      }
      return make(subject.start, 'unnamed')
    }
    case 'shared': {
      const shared = previous === undefined ? firstActor(reading, situation.context, head) : previous.actor
      if (previous === undefined) {
        // `The two sides held talks and agreed to …`
        return shared === undefined || !takes(rule, (shared as NamedActor).kind, reading, subject, after)
          ? undefined
          : make(head, shared)
      }
      // What a thing must be is one statement, however many `should` it has.
      if (previous.actor === 'unnamed') return undefined
      return sameForm(reading, previous, head) ? make(head, previous.actor) : undefined
    }
    case 'absent': {
      const first = tokens[head - 1]?.word
      const begins =
        head === 0 ||
        first === '"' ||
        first === ':' ||
        first === ';' ||
        first === '—' ||
        classes[head - 1]!.has('adverb') ||
        classes[head - 1]!.has('link')
      if (!begins || rule.absent !== true) return undefined
      if (!isBase(reading, head) && !impersonal.has(rule.name)) return undefined
      if (previous !== undefined && first !== '"' && first !== ';' && first !== ':') return undefined
      return make(head, 'absent')
    }
  }
}

/** True when the previous statement is of a clause after `that`, and that clause still goes on. */
function isWithinThat({ tokens }: Reading, { after }: Statement, head: number): boolean {
  const leads = tokens[after - 1]!.word === 'that' || tokens[after]?.word === 'that'
  return leads && !tokens.slice(after, head).some(({ word }) => word === ';')
}

const impersonal = new Set(['en.it-was-agreed', 'en.it-was-decided', 'en.agreement-reached'])

/** True when a token is the base form of a verb that is not written as the past. */
function isBase({ classes }: Reading, at: number): boolean {
  return classes[at]!.has('verb.base')
}

/** Coordinate verbs agree in form: `affirm … and commit`, `agreed … and decided`; modals with modals. */
function sameForm({ classes }: Reading, { head }: Statement, at: number): boolean {
  const forms = ['verb.base', 'verb.s', 'verb.ed', 'modal', 'be'].filter((form) => classes[head]!.has(form))
  return forms.some((form) => classes[at]!.has(form)) || (forms.includes('modal') && classes[at]!.has('be'))
}

const complementizing = compilePattern(
  '@say.finite/@affirm.finite/@agree.finite/@commit.finite/@said-noun/@welcome.finite/saying/stating/adding/announced/and/says/is',
)

/** `says that`, `agreement that`: a clause follows; after any other noun `that` begins a relative clause. */
function introducesClause(reading: Reading, that: number): boolean {
  for (let at = that - 1; at >= Math.max(0, that - 2); at--) {
    if (matchAt(complementizing, reading, at) > at) return true
  }
  return that === 0
}

/** What only some rules ask of the words around them. */
function fits(rule: OperativeRule, reading: Reading, head: number, after: number): boolean {
  const { classes, tokens } = reading
  const before = tokens[head - 1]?.word
  if (before === 'to' || before === "'s") return false
  if (head > 0 && (classes[head - 1]!.has('determiner') || before === 'of') && !rule.name.endsWith('-noun'))
    return false
  switch (rule.name) {
    case 'en.affirm':
    case 'en.welcome': {
      const next = tokens[after]?.word
      return next !== undefined && next !== 'by' && next !== '.' && next !== ','
    }
    case 'en.agree':
      return tokens[after - 1]!.word !== 'as' || (tokens[after]?.word === 'follows' && tokens[after + 1]?.word === ':')
    case 'en.designate':
    case 'en.designating':
      return near(reading, after, 'office', 14)
    case 'en.hereby-establish':
      return near(reading, after, 'institution', 14)
    case 'en.meets':
      return findPattern(recurrence, reading, after, Math.min(tokens.length, after + 12)) !== undefined
    default:
      return true
  }
}

const recurrence = compilePattern('once/twice/every/each/annually/yearly/quarterly/monthly/regularly/#/three/times')

function near({ classes }: Reading, from: number, name: string, reach: number): boolean {
  return classes.slice(from, from + reach).some((each) => each.has(name))
}

/** True when the rule takes such an actor. */
function takes(
  rule: OperativeRule,
  kind: NamedActor['kind'],
  reading: Reading,
  subject: Subject,
  after: number,
): boolean {
  // A text binds a party; a party that commits money to a fund is another matter.
  if (rule.name === 'en.binds-them') return false
  if (rule.name === 'en.duty-present') return kind === 'each' || kind === 'class' || kind === 'body' || kind === 'one'
  if (rule.name === 'en.said-would') return kind !== 'body'
  // `The ministry appointed a spokesman` is news; a party that appoints its lead is not.
  if (rule.name === 'en.designate') return kind !== 'body' && reading.tokens[after - 1]!.word !== 'named'
  if (rule.name === 'en.hereby-establish')
    return subject.kind === 'actor' && (kind === 'all' || kind === 'body' || kind === 'each')
  return true
}

const passiveDuty = compilePattern(
  '@not? @adverb* be @adverb* @duty.ed/@establish.ed/@designate.ed/set/held/made/taken/kept/used',
)
const passive = compilePattern(
  '@not? @adverb* be @adverb* @verb.ed/set/made/given/kept/consistent/narrowly/proportionate/transparent/open/based/limited/free/available',
)

/** True when a thing may stand before the operative words: `Requests shall be answered`, `A group will be set up`. */
function admitsThing(
  rule: OperativeRule,
  reading: Reading,
  subject: Subject & { kind: 'thing' },
  after: number,
): boolean {
  const inside = (name: string): boolean => near(reading, subject.start, name, subject.end - subject.start)
  switch (rule.name) {
    case 'en.shall':
      return !inside('outsider') || reading.tokens[after - 1]!.word !== 'must'
    case 'en.will':
      return matchAt(passiveDuty, reading, after) > after && !inside('outsider')
    case 'en.should':
      return !inside('outsider') && (inside('norm') || matchAt(passive, reading, after) > after)
    case 'en.binds-them':
      return near(reading, 0, 'self-text', subject.end) || near(reading, 0, 'said-noun', subject.end)
    case 'en.established':
      return inside('institution')
    case 'en.agreement-noun':
    case 'en.commitment-noun':
      // `a commitment to a rules-based order` commits to nothing that is done.
      if (reading.classes[after]?.has('determiner') !== false && reading.tokens[after - 1]!.word === 'to') return false
      return inside('list-verb') || near(reading, Math.max(0, subject.introduced - 8), 'list-verb', 8)
    default:
      return false
  }
}

/** A name that nothing else in the text explains is taken for a party where only a party would be the subject. */
function properName(
  reading: Reading,
  subject: Subject & { kind: 'thing' },
  rule: OperativeRule,
  after: number,
): NamedActor | undefined {
  const { classes, tokens } = reading
  const [first] = tokens.slice(subject.start, subject.end)
  if (first === undefined || !first.capital || first.kind !== 'word' || subject.end - subject.start > 3)
    return undefined
  if (classes[subject.start]!.has('norm') || classes[subject.start]!.has('outsider') || first.word.endsWith('s'))
    return undefined
  const rest = tokens.slice(subject.start + 1, subject.end)
  if (!rest.every((token, i) => token.capital || classes[subject.start + 1 + i]!.has('adverb') || token.word === 'has'))
    return undefined
  if (
    !['en.agree', 'en.agree-with', 'en.commit', 'en.committed', 'en.decide', 'en.shall', 'en.designating'].includes(
      rule.name,
    )
  )
    return undefined
  if (rule.name === 'en.shall' && matchAt(passive, reading, after) > after) return undefined
  if (classes[after]?.has('commercial') === true || classes[after + 1]?.has('commercial') === true) return undefined
  return { kind: 'one', none: false, range: rangeOf(reading, subject.start, subject.end) }
}

/** The first actor that the sentence begins with. */
function firstActor(reading: Reading, { parties }: Context, head = reading.tokens.length): NamedActor | undefined {
  const limit = Math.min(head, 12)
  for (let at = 0; at < limit; at++) {
    if (at === 0 && reading.classes[0]!.has('subordinator')) at += 1
    const phrase = readActor(reading, at, parties)
    if (phrase !== undefined && phrase.end <= head) return { ...phrase.actor, range: rangeOf(reading, at, phrase.end) }
    while (at < limit && reading.tokens[at]!.word !== ',') at += 1
  }
  return undefined
}

function draftAll(statements: readonly Statement[], reading: Reading): readonly Draft[] {
  return statements.flatMap((statement, i): readonly Draft[] => {
    const { actor, after, head, rule, start, subject } = statement
    const next = statements[i + 1]
    const until = statementEnd(
      reading,
      next === undefined ? reading.tokens.length : Math.min(next.start, next.subject.introduced),
    )
    const named = actor === 'absent' || actor === 'unnamed' ? undefined : actor
    const thing = subject.kind === 'thing' ? { subject } : {}
    const complement = readComplement(rule, reading, after, {
      none: named?.none ?? startsWithNone(reading, subject),
      ...thing,
    })
    const agent = passiveAgent(reading, after, until)
    const draft: Draft = {
      rule,
      ...complement,
      force: rule.force,
      range: rangeOf(reading, openingOf(reading, start, i === 0), until),
      operative: rangeOf(reading, head, after),
      object: rangeOf(reading, Math.min(after, until - 1), until),
      actor: agent ?? (complement.kind === 'establish' && isPassive(reading, after) ? 'unnamed' : actor),
      ...(rule.qualifier === undefined ? {} : { qualifier: rule.qualifier }),
    }
    return [draft, ...splitThats(draft, statement, until, reading)].reduceRight<Draft[]>((kept, each) => {
      const follower = kept[0]
      return [follower === undefined ? each : endBefore(each, follower), ...kept]
    }, [])
  })
}

const beDone = compilePattern('@not? @adverb* be/established/created @adverb* @verb.ed?')

function isPassive(reading: Reading, after: number): boolean {
  return (
    matchAt(beDone, reading, after) > after ||
    /^(?:established|created|constituted|instituted)$/.test(reading.tokens[after - 1]!.word)
  )
}

/** `Costs shall be borne by the requested Party`: who is to do it stands after the verb. */
function passiveAgent(reading: Reading, after: number, until: number): NamedActor | undefined {
  if (matchAt(passive, reading, after) <= after) return undefined
  for (let at = after; at < Math.min(until, after + 8); at++) {
    if (reading.tokens[at]!.word !== 'by') continue
    const phrase = readActor(reading, at + 1, noNames)
    return phrase === undefined ? undefined : { ...phrase.actor, range: rangeOf(reading, at + 1, phrase.end) }
  }
  return undefined
}

const noNames: ReadonlySet<string> = new Set()

const andThat: Pattern = compilePattern(',? "? ,? and that')

/** `Affirm that … and that …`: each clause after the first is a statement of its own under the same verb. */
function splitThats(draft: Draft, { after }: Statement, until: number, reading: Reading): readonly Draft[] {
  const { tokens } = reading
  if (tokens[after]?.word !== 'that' && tokens[after - 1]?.word !== 'that') return []
  const more: Draft[] = []
  for (let at = after; at < until; at++) {
    const end = matchAt(andThat, reading, at)
    if (end <= at || end >= until) continue
    let first = end
    while (first < until - 1 && (tokens[first]!.word === '"' || tokens[first]!.word === 'that')) first += 1
    const complement = readComplement(draft.rule, reading, end, { none: false })
    const range = rangeOf(reading, first, until)
    more.push({ ...draft, ...complement, range, object: range })
    at = end
  }
  return more
}

function endBefore(draft: Draft, follower: Draft): Draft {
  const end = Math.min(draft.range.end, follower.range.start)
  return end >= draft.range.end
    ? draft
    : {
        ...draft,
        range: { ...draft.range, end },
        object: { ...draft.object, end: Math.max(end, draft.object.start + 1) },
      }
}

function startsWithNone({ classes, tokens }: Reading, subject: Subject): boolean {
  if (subject.kind !== 'thing' || !classes[subject.start]!.has('none')) return false
  return !/^(?:later|more|less|longer|sooner)$/.test(tokens[subject.start + 1]?.word ?? '')
}

const opening =
  /^(?:within|by|before|no|not|upon|on|in|where|if|when|whenever|until|unless|twice|once|three|every|each|subject|consistent|during|after|following|at|annually|quarterly|monthly|from|for|to|without|as|throughout)$/
const openingReach = 40

/** `Twice a year, the co-chairs …`, `Within 30 days of receipt, …`: what opens the sentence says when and on what condition. */
function openingOf({ tokens }: Reading, start: number, first: boolean): number {
  return first && start > 0 && start <= openingReach && opening.test(tokens[0]!.word) ? 0 : start
}

/** Without closing marks and the `and` before the next statement. */
function statementEnd({ tokens }: Reading, end: number): number {
  let at = end
  while (at > 1 && /^(?:[.;,:"—()]|and|while|but|with)$/.test(tokens[at - 1]!.word)) at -= 1
  return at
}

function rangeOf({ tokens }: Reading, from: number, to: number): Range {
  const last = tokens[Math.max(from, to - 1)]!
  return { start: tokens[from]!.start, end: last.end }
}
