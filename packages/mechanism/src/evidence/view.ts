// The state of one evidence item: who holds it and what each party says that it did with it. SPEC.md [EV] rules it. No
// figure is made of it, and it knows neither the file nor its name.

import { isVisible, orderActs, type Act } from '../act.ts'
import type { Code } from '../codes.ts'
import { assert } from '../error.ts'
import { isEvidenceAct, type EvidenceAct, type EvidenceData, type EvidenceType } from './shapes.ts'

type Entry = { readonly entry: string }

/** What one party says of its own copy, and what was handed to it. */
export type Custody = {
  readonly party: string
  readonly status: Code<'custodyStatus'>
  readonly given?: Entry & { readonly conditions: readonly Code<'condition'>[] }
  readonly received?: Entry
  readonly opened?: Entry & { readonly purpose: Code<'custodyPurpose'> }
  readonly copies: readonly (Entry & { readonly purpose: Code<'custodyPurpose'>; readonly to?: string })[]
  readonly erased?: Entry & { readonly ground: Code<'erasureGround'>; readonly rule?: string }
}

export type EvidenceState = {
  /** How the sealing party's item stands as a whole. */
  readonly status: Code<'evidenceStatus'>
  readonly from: string
  readonly request?: string
  readonly ciphertext: string
  readonly pieces: string
  readonly commitment: string
  readonly bytes: number
  readonly size: number
  readonly media: Code<'evidenceMedia'>
  readonly handling: Code<'handling'>
  readonly use?: Code<'use'>
  readonly conditions: readonly Code<'condition'>[]
  readonly exercise: boolean
  /** Sorted by party: everybody it is sealed to. */
  readonly custody: readonly Custody[]
  /** Parties asked to erase their copy that have not said that they did, sorted. */
  readonly awaiting: readonly string[]
  /** What was opened or copied while the request to erase was under way, neither having seen the other. */
  readonly crossed: readonly Entry[]
}

/** The state of an item. The acts are valid, of one subject, in any order; its sealing is among them. */
export function viewEvidence(acts: readonly Act[]): EvidenceState {
  const ordered = orderActs(acts.filter(isEvidenceAct)).filter(isEvidenceAct)
  const list = <T extends EvidenceType>(type: T) => ordered.filter((act) => act.type === type) as EvidenceAct<T>[]
  const [sealed] = list('evidence.sealed')
  assert(sealed !== undefined, 'the acts of an item hold its sealing')
  const { recipients, conditions, request, use, ...content } = sealed.data
  const parties = recipients.map(({ party }) => party).sort()
  const custody = parties.map((party) => custodyOf(party, sealed.party, ordered))
  const recall = list('evidence.erased').find(({ data }) => data.confirm !== undefined)
  const erased = (party: string): boolean => custody.some((one) => one.party === party && one.erased !== undefined)
  const awaiting = (recall?.data.confirm ?? []).filter((party) => !erased(party)).sort()
  const crossed =
    recall === undefined
      ? []
      : [...list('evidence.opened'), ...list('evidence.copied')].filter(
          (act) => act.party !== recall.party && !isVisible(act, recall) && !erased(act.party),
        )
  return {
    status: statusOf(custody, sealed.party, awaiting, crossed),
    from: sealed.party,
    ...(request === undefined ? {} : { request }),
    ...content,
    ...(use === undefined ? {} : { use }),
    conditions: conditions ?? [],
    exercise: sealed.exercise,
    custody,
    awaiting,
    crossed: crossed.map(({ digest }) => ({ entry: digest })),
  }
}

function statusOf(
  custody: readonly Custody[],
  from: string,
  awaiting: readonly string[],
  crossed: readonly unknown[],
): EvidenceState['status'] {
  if (crossed.length > 0) return 'conflict'
  if (awaiting.length > 0) return 'erasure-awaited'
  const holders = custody.filter(({ status }) => status !== 'none' && status !== 'given')
  if (holders.every(({ status }) => status === 'erased')) return 'erased'
  const others = custody.filter(({ party }) => party !== from)
  if (others.some(({ received }) => received !== undefined)) return 'received'
  return others.some(({ given }) => given !== undefined) ? 'given' : 'sealed'
}

function custodyOf(party: string, from: string, ordered: readonly EvidenceAct[]): Custody {
  const own = <T extends EvidenceType>(type: T) =>
    ordered.filter((act) => act.type === type && act.party === party) as EvidenceAct<T>[]
  const given = ordered.find((act) => act.type === 'evidence.given' && act.data.to === party) as
    | EvidenceAct<'evidence.given'>
    | undefined
  const [received] = own('evidence.received')
  const [opened] = own('evidence.opened')
  const [erased] = own('evidence.erased')
  const copies = own('evidence.copied').map(({ digest, data }) => ({ entry: digest, ...data }))
  const status = ((): Custody['status'] => {
    if (erased !== undefined) return 'erased'
    if (opened !== undefined) return 'opened'
    if (received !== undefined) return 'received'
    if (given !== undefined) return 'given'
    return party === from ? 'sealed' : 'none'
  })()
  return {
    party,
    status,
    ...(given === undefined ? {} : { given: { entry: given.digest, conditions: given.data.conditions ?? [] } }),
    ...(received === undefined ? {} : { received: { entry: received.digest } }),
    ...(opened === undefined ? {} : { opened: { entry: opened.digest, purpose: opened.data.purpose } }),
    copies,
    ...(erased === undefined ? {} : { erased: { entry: erased.digest, ...grounds(erased.data) } }),
  }
}

function grounds({ ground, rule }: EvidenceData<'evidence.erased'>) {
  return { ground, ...(rule === undefined ? {} : { rule }) }
}
