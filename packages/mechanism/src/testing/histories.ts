// For tests: channel logs in which parties look at each other's logs now and then and speak at once, written by hand or
// at random. No signatures, no bytes: acts only.

import type { CanonicalObject } from '@parley/record'
import type { Act } from '../act.ts'
import { readAct } from '../mechanism.ts'
import type { LogEntry } from '../replay.ts'
import { isCalled, type HotlineType } from '../hotline/shapes.ts'
import { isRequesting, type RequestType } from '../request/shapes.ts'
import { isStanding } from '../table.ts'
import type { EntryTypeName } from '../words/keys.ts'
import { office, packOne, packTwo, samples, someDigest, someSignature } from './samples.ts'

/** How an act differs from the sample of its type. */
interface Speech {
  readonly subject?: string
  readonly data?: CanonicalObject
  readonly body?: boolean
  readonly exercise?: boolean
}

/** Logs under construction. Every party begins blind and sees what it is told to look at. */
export interface History {
  readonly parties: readonly string[]
  readonly acts: readonly Act[]
  /**
   * The party sees all there is of the other's log, or of everybody's, and cosigns it at this Unix second by its own clock;
   * 0 when it does not cosign.
   */
  look(party: string, other?: string, time?: number): void
  /** The party appends an act. A body comes with it unless `body` is false. */
  say(party: string, type: EntryTypeName, speech?: Speech): Act
  /** The same as log entries of a cut, origins made from party ids. */
  entries(): readonly LogEntry[]
}

export function originOf(party: string): string {
  return `${party}.example/c/0`
}

const bodiless: readonly EntryTypeName[] = [
  'body.erased',
  'entry.opened',
  'evidence.copied',
  'evidence.erased',
  'evidence.opened',
  'evidence.received',
  'hotline.rung',
  'hotline.unanswered',
  'ping.answered',
  'ping.sent',
  'request.agreed',
  'request.chased',
]

export function createHistory(parties: readonly string[] = ['cn', 'us']): History {
  const acts: Act[] = []
  const sizes = new Map(parties.map((party) => [party, 0]))
  const seen = new Map(parties.map((party): [string, Record<string, number>] => [party, {}]))
  const times = new Map(parties.map((party): [string, Record<string, number>] => [party, {}]))
  return {
    parties,
    acts,
    look(party, other, time = 0) {
      for (const [name, size] of sizes) {
        if (name === party || (other !== undefined && other !== name)) continue
        seen.get(party)![name] = size
        times.get(party)![name] = time
      }
    },
    say(party, type, { subject, data, body = true, exercise = false } = {}) {
      const digest = (acts.length + 1).toString(16).padStart(64, '0')
      const index = sizes.get(party)!
      const named = subject === undefined || isStanding(subject) ? {} : { subject }
      const standing = isStanding(subject) && bodiless.includes(type) ? { standing: subject } : {}
      const reading = readAct(
        {
          from: party,
          type,
          ...named,
          at: 0,
          data: { ...samples[type], ...standing, ...data },
          ...(body && !bodiless.includes(type)
            ? { body: { ciphertext: `b${digest.slice(1)}`, commitment: `c${digest.slice(1)}`, size: 1024 } }
            : {}),
          ...(exercise ? { exercise: true as const } : {}),
        },
        { index, digest, seen: { ...seen.get(party)! }, seenTimes: { ...times.get(party)! } },
      )
      if (reading.kind !== 'act') throw new Error(`not an act: ${JSON.stringify(reading)}`)
      sizes.set(party, index + 1)
      acts.push(reading.act)
      return reading.act
    },
    entries() {
      return acts.map((act) => ({
        origin: originOf(act.party),
        index: act.index,
        seen: Object.entries(act.seen).map(([party, size]) => ({ origin: originOf(party), size })),
        reading: { kind: 'act', act },
      }))
    },
  }
}

/** A history in which every party has adopted the same pack and seen that all have. */
export function createAgreed(parties: readonly string[] = ['cn', 'us']): History {
  const history = createHistory(parties)
  for (const party of parties) history.say(party, 'agreement.adopted')
  for (const party of parties) history.look(party)
  return history
}

/** One step of a random history; numbers are taken modulo what there is to choose from. */
export interface Step {
  readonly party: number
  /** Looks at one other log before it speaks, or does not. */
  readonly looks: number
  readonly type: number
  readonly subject: number
  readonly variant: number
}

/** Plays random steps after an agreement, an opening by each party and some offices; most steps are sensible, some not. */
export function playSteps(steps: readonly Step[], parties: readonly string[]): History {
  const history = createAgreed(parties)
  for (const [i, party] of parties.entries()) {
    for (const founding of foundings) history.say(party, founding, { data: { to: pick(parties, i + 1) } })
    for (const code of ['desk', 'lab']) history.say(party, 'directory.designated', { data: office(code) })
  }
  for (const party of parties) history.look(party)
  for (const step of steps) playStep(history, step)
  return history
}

const types = Object.keys(samples) as readonly EntryTypeName[]
/** The types that found a subject which has an addressee. */
const foundings: readonly EntryTypeName[] = ['request.opened', 'hotline.raised', 'ping.sent']
const requests = types.filter((type) => type.startsWith('request.'))
const calls = types.filter((type) => type.startsWith('hotline.'))
// Halves disagree about requests, and about how they end above all, so these are chosen more often.
const ends: readonly EntryTypeName[] = ['request.withdrawn', 'request.answered', 'request.closed', 'request.answered']
const chosen: readonly EntryTypeName[] = [
  ...types,
  ...requests,
  ...requests,
  ...calls,
  ...calls,
  ...ends,
  ...ends,
  'entry.opened',
  'body.erased',
]

function playStep(history: History, { party, looks, type, subject, variant }: Step): void {
  const { parties, acts } = history
  const name = pick(chosen, type)
  if (name.startsWith('evidence.')) return playEvidence(history, name, { party, looks, type, subject, variant })
  const founding = foundings.find((one) => topicOf(one) === topicOf(name)) ?? pick(foundings, variant)
  const openings = acts.filter((act) => act.type === founding)
  const about = variant % 9 === 0 ? 'directory' : pick(openings, subject).digest
  const author =
    variant % 6 === 0 ? pick(parties, party) : authorOf(name, openings[subject % openings.length]!, parties, party)
  if (looks % 3 !== 0) history.look(author, pick(parties, looks))
  const exercise = openings.find(({ digest }) => digest === about)?.exercise === true
  if (name.startsWith('agreement.') || name.startsWith('directory.')) {
    history.say(author, name, { data: variantOf(name, history, about, variant) })
  } else if (name === founding) {
    history.say(author, name, { data: { to: pick(parties, variant) }, exercise: variant % 5 === 0 })
  } else if (about !== 'directory' || name.startsWith('entry.') || name.startsWith('body.')) {
    history.say(author, name, { subject: about, data: variantOf(name, history, about, variant), exercise })
  }
}

/** An item is sealed, or something is done with one; not always by who may. */
function playEvidence(history: History, name: EntryTypeName, { party, looks, subject, variant }: Step): void {
  const { acts, parties } = history
  const author = pick(parties, party)
  if (looks % 3 !== 0) history.look(author, pick(parties, looks))
  const items = acts.filter((act) => act.type === 'evidence.sealed')
  const recipients = parties.map((recipient) => ({ party: recipient, key: someDigest }))
  if (name === 'evidence.sealed' || items.length === 0) {
    history.say(author, 'evidence.sealed', { data: { recipients }, exercise: variant % 5 === 0 })
    return
  }
  const item = pick(items, subject)
  const other = pick(parties, variant)
  const asked = variant % 2 === 0 ? { confirm: [other] } : {}
  const data = name === 'evidence.given' ? { to: other } : name === 'evidence.erased' ? asked : {}
  history.say(author, name, { subject: item.digest, data, exercise: item.exercise })
}

/** The party that may act so, as far as the type decides it. */
function authorOf(type: EntryTypeName, opening: Act, parties: readonly string[], party: number): string {
  if (foundings.includes(type)) return pick(parties, party)
  const to = opening.data['to'] as string
  switch (topicOf(type)) {
    case 'request':
      return isRequesting(type as RequestType) ? opening.party : to
    case 'ping':
      return to
    case 'hotline':
      if (isCalled(type as HotlineType)) return to
      return party % 2 === 0 ? opening.party : to
    default:
      return pick(parties, party)
  }
}

function topicOf(type: EntryTypeName): string {
  return type.split('.')[0]!
}

/** A receipt as an entry carries it; nothing here verifies it. */
function receiptBy(party: string, variant: number): CanonicalObject {
  return { party, size: 1 + (variant % 12), time: 1 + variant, signature: someSignature }
}

function variantOf(type: EntryTypeName, { acts, parties }: History, about: string, variant: number): CanonicalObject {
  const own = acts.filter((act) => act.subject === about)
  const code = pick(['desk', 'lab'], variant)
  const named = { office: code }
  const designated = office(code, variant % 3 === 0 ? { designations: ['lead'] } : {})
  const spokenOf = pick(own.length > 0 ? own : acts, variant).digest
  const variants: Partial<Record<EntryTypeName, CanonicalObject>> = {
    'agreement.adopted':
      variant % 3 === 0 ? { pack: packTwo, replaces: packOne } : { pack: pick([packOne, packTwo], variant) },
    'directory.designated': designated,
    'directory.amended': designated,
    'directory.ended': named,
    'directory.appointed': named,
    'directory.vacated': named,
    'directory.returned': { absence: pick(acts, variant).digest },
    'request.agreed': { extension: own.findLast((act) => act.type === 'request.extended')?.digest ?? spokenOf },
    'request.chased': variant % 2 === 0 ? { receipt: receiptBy(pick(parties, variant), variant) } : {},
    'request.closed': { outcome: pick(['satisfied', 'abandoned', 'lapsed', 'satisfied'], variant) },
    'request.preserved': { until: 1_700_000_000_000 + variant },
    'request.renewed': { until: 1_700_000_000_000 + variant },
    'directory.rostered': named,
    'hotline.escalated': { rung: pick(['duty-officer', 'head-of-unit', 'ministers-office', 'minister'], variant) },
    'request.answered': { outcome: pick(['full', 'part', 'part', 'nothing-found'], variant) },
    'entry.opened': { entry: spokenOf },
    'body.erased': { ciphertext: `b${spokenOf.slice(1)}` },
  }
  return variants[type] ?? {}
}

function pick<T>(items: readonly [T, ...T[]], number: number): T
function pick<T>(items: readonly T[], number: number): T
function pick<T>(items: readonly T[], number: number): T {
  return items[number % items.length] as T
}
