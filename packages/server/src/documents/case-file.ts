// The case file of one request as plain data for the typesetter: both halves as one timeline, what was said in every language
// it was said in, and for each entry the proof that it stands in its author's log. It draws no conclusion. Everything in it is
// text that was put into words here or foreign text to be printed as it is.

import { findType, limitsOf, parseTextBlocks, wordOf } from '@parley/mechanism'
import type { BodyContent, EvidenceState, Pack, RequestState, RequestType, WordLanguage } from '@parley/mechanism'
import type { ActView } from '@parley/api'
import { listDataFacts, wordOrCode } from './data-facts.ts'
import type { Fact } from './data-facts.ts'
import { printMoment } from './moment.ts'
import { documentWord } from './wording.ts'
import type { DocumentWord } from './wording.ts'

/** The file that is named beside the verification line: the bundle that goes with the case file. */
const bundleName = 'case.parley'

/** Where an entry stands and who has signed that it does. */
export interface EntryInLog {
  readonly origin: string
  /** Undefined while no signed head covers the entry. */
  readonly head: { readonly size: number; readonly root: string } | undefined
  readonly cosigners: readonly { readonly name: string; readonly time: number }[]
}

/** An act with what was said beside its coded data, as far as this node can open it. */
export interface ActInCase {
  readonly act: ActView
  readonly body: BodyContent | 'missing' | 'sealed' | 'erased' | 'mismatch' | undefined
  readonly place: EntryInLog
}

/** An item of evidence with what each party says of its copy. */
export interface EvidenceInCase {
  readonly id: string
  /** What its file is called, as far as this node can read it. */
  readonly name: string | null
  readonly state: EvidenceState
  readonly acts: readonly ActInCase[]
}

export interface CaseOrder {
  /** The languages of the document, the leading one first. */
  readonly languages: readonly [WordLanguage, ...WordLanguage[]]
  readonly channel: string
  readonly id: string
  readonly title: string | null
  readonly state: RequestState
  readonly pack: Pack | undefined
  readonly digests: {
    readonly state: string
    readonly cut: string
    readonly rules: string
    readonly pack: string | undefined
  }
  readonly acts: readonly ActInCase[]
  /** The items that belong to the request, in the order in which they were sealed. */
  readonly evidence: readonly EvidenceInCase[]
}

/**
 * What the template prints: every list of strings has one for each language of the document. Pure: the same case at the same
 * cut gives the same value.
 */
export function composeCaseFile(order: CaseOrder) {
  const { acts, channel, digests, evidence, id, languages, pack, state, title } = order
  const word = (name: DocumentWord, values?: Readonly<Record<string, string | number>>) =>
    languages.map((language) => documentWord(language, name, values))
  const code = (list: string, value: string) => languages.map((language) => wordOrCode(language, list, value))
  const party = (party: string) => nameParty(languages, pack, party)
  const fact = (name: DocumentWord, value: readonly string[]) => ({ name: word(name), value })
  return {
    languages,
    id,
    title: title ?? id.slice(0, 16),
    heading: word('caseFile'),
    exercise: state.exercise ? word('exercise') : null,
    handling: code('handling', state.handling),
    kind: code('requestKind', state.kind),
    urgency: code('urgency', state.urgency),
    status: code('requestStatus', state.status),
    facts: [
      fact('requesting', party(state.from)),
      fact('requested', party(state.to)),
      ...(pack === undefined
        ? []
        : [
            fact(
              'agreement',
              languages.map((language) => pack.title[language] ?? pack.id),
            ),
          ]),
    ],
    computed: [
      { name: word('subject'), digest: id },
      { name: word('channel'), digest: channel },
      { name: word('state'), digest: digests.state },
      { name: word('cut'), digest: digests.cut },
      { name: word('rules'), digest: digests.rules },
      ...(digests.pack === undefined ? [] : [{ name: word('commitment'), digest: digests.pack }]),
    ],
    labels: {
      acts: word('acts'),
      figures: word('figures'),
      proof: word('proof'),
      proofLead: word('proofLead'),
      verify: word('verify', { file: bundleName }),
      handling: word('handling'),
      claimed: word('claimed'),
      evidence: word('evidence'),
      approvedBy: word('approvedBy'),
      exhibits: word('exhibits'),
      standing: word('standing'),
      cosigned: word('cosigned'),
      head: word('head'),
      leaf: word('leaf'),
      page: languages.map((language) => documentWord(language, 'page')),
    },
    acts: acts.map((one, i) => composeAct(languages, one, i + 1, { party, state })),
    exhibits: evidence.map((item, i) => composeExhibit(languages, item, i + 1, party)),
  }
}

function composeAct(
  languages: CaseOrder['languages'],
  { act, body, place }: ActInCase,
  number: number,
  { party, state }: { readonly party: (id: string) => readonly string[]; readonly state: RequestState },
) {
  const [leading] = languages
  const moment = (at: number) => languages.map((language) => printMoment(language, at))
  const factsIn = (language: WordLanguage): readonly Fact[] => listDataFacts(language, act.type, act.data)
  const names = languages.map(factsIn)
  return {
    number,
    party: party(act.party),
    type: languages.map((language) => wordOrCode(language, 'type', act.type)),
    at: moment(act.at),
    received: act.interval.notAfter === null ? null : moment(act.interval.notAfter),
    standing: languages.map((language) => wordOf(language, `standing.${act.standing.level}`)),
    facts: [
      ...factsIn(leading).map((_, i) => ({
        name: names.map((facts) => facts[i]![0]),
        value: names.map((facts) => facts[i]![1]),
      })),
      ...(body === undefined ? [] : composeLimits(languages, act, state)),
    ],
    approvals: act.approvals.map(({ official, roles }) => ({
      official,
      roles: languages.map((language) => roles.map((role) => wordOrCode(language, 'role', role)).join(' · ')),
    })),
    ...composeBody(languages, body),
    proof: composeProof(languages, act, place),
  }
}

function composeProof(languages: CaseOrder['languages'], act: ActView, place: EntryInLog) {
  return {
    digest: act.entry.digest,
    origin: place.origin,
    place: languages.map((language) => documentWord(language, 'index', { index: act.entry.position })),
    head: place.head ?? null,
    missing: place.head === undefined ? languages.map((language) => documentWord(language, 'notProven')) : null,
    cosigners: place.cosigners.map(({ name, time }) => ({
      name,
      at: languages.map((language) => printMoment(language, time * 1000)),
    })),
  }
}

/** The item by its digests, who holds it, and each entry about it with its proof. The file itself travels as a bag. */
function composeExhibit(
  languages: CaseOrder['languages'],
  { acts, id, name, state }: EvidenceInCase,
  number: number,
  party: (id: string) => readonly string[],
) {
  const word = (key: DocumentWord) => languages.map((language) => documentWord(language, key))
  const coded = (list: string, code: string) => languages.map((language) => wordOrCode(language, list, code))
  return {
    number: `E${number}`,
    id,
    name,
    status: coded('evidenceStatus', state.status),
    facts: [
      { name: word('from'), value: party(state.from) },
      { name: coded('field', 'media'), value: coded('evidenceMedia', state.media) },
      { name: word('handling'), value: coded('handling', state.handling) },
      { name: word('sealedBytes'), value: languages.map(() => String(state.bytes)) },
    ],
    digests: [
      { name: word('item'), digest: id },
      { name: word('sealedFile'), digest: state.ciphertext },
    ],
    custody: state.custody.map((one) => ({
      party: party(one.party),
      status: coded('custodyStatus', one.status),
    })),
    acts: acts.map(({ act, place }, i) => ({
      number: `E${number}.${i + 1}`,
      party: party(act.party),
      type: coded('type', act.type),
      at: languages.map((language) => printMoment(language, act.at)),
      proof: composeProof(languages, act, place),
    })),
  }
}

/** Under what limits a text was given, as far as its own act does not say: no text is printed without. */
function composeLimits(languages: CaseOrder['languages'], { data, type }: ActView, state: RequestState) {
  if (!isRequestType(type)) return []
  const { conditions, handling, use } = limitsOf({ type, data }, state)
  const limits = [
    { list: 'handling', field: 'handling', codes: [handling] },
    { list: 'use', field: 'use', codes: use === undefined ? [] : [use] },
    { list: 'condition', field: 'conditions', codes: conditions },
  ]
  return limits
    .filter(({ codes, field }) => codes.length > 0 && data[field] === undefined)
    .map(({ codes, field, list }) => ({
      name: languages.map((language) => wordOrCode(language, 'field', field)),
      value: languages.map((language) => codes.map((one) => wordOrCode(language, list, one)).join(' · ')),
    }))
}

function isRequestType(type: string): type is RequestType {
  return type.startsWith('request.') && findType(type) !== undefined
}

const nothing = { texts: [], particulars: [], attachments: [], names: [] }

function composeBody(languages: CaseOrder['languages'], body: ActInCase['body']) {
  const word = (name: DocumentWord) => languages.map((language) => documentWord(language, name))
  if (body === undefined) return { closed: null, ...nothing }
  if (typeof body === 'string') return { closed: word(body), ...nothing }
  return {
    closed: null,
    texts: body.texts.map(({ by, language, role, text }) => ({
      language,
      role: word(role),
      by: by === undefined ? null : { label: word('by'), name: by },
      blocks: parseTextBlocks(text).map((block) => ({
        kind: block.kind,
        number: block.kind === 'item' ? block.number : null,
        lines: block.text.split('\n'),
      })),
    })),
    particulars: Object.entries(body.fields ?? {}).map(([name, value]) => ({
      name: languages.map((language) => wordOrCode(language, 'particular', name)),
      value: value.split('\n'),
    })),
    attachments: (body.attachments ?? []).map(({ bytes, digest, media, name }) => ({
      name,
      about: `${media} · ${bytes} B`,
      digest,
    })),
    names: (body.names ?? []).map(({ as, name }) => ({
      name,
      as: languages.map((language) => wordOrCode(language, 'nameRole', as)),
    })),
  }
}

function nameParty(languages: CaseOrder['languages'], pack: Pack | undefined, id: string): readonly string[] {
  const named = pack?.parties.find((party) => party.id === id)?.names
  return languages.map((language) => named?.[language] ?? id)
}
