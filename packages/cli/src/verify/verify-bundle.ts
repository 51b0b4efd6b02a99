// Verifies a bundle from nothing: every digest, every log from its first entry to its signed head, the history of the keys,
// the cosignatures, the approvals and the bodies; and, with the agreement's pack, the states that follow.

import {
  checkCard,
  equalBytes,
  formatHex,
  genesisDigest,
  openCard,
  openCosignatures,
  parseBundle,
  parseNote,
  RecordError,
} from '@parley/record'
import type { Bundle, Crypto, GovernanceState } from '@parley/record'
import type { Pack } from '@parley/mechanism'
import { buildLogs, openLogHead } from './bundle-logs.ts'
import type { BuiltLogs } from './bundle-logs.ts'
import { replayBundle } from './bundle-replay.ts'
import { refused } from './finding.ts'
import type { Counts, Facts, Failure, Finding } from './finding.ts'
import { cosignersOf } from './trust.ts'
import type { Trust } from './trust.ts'

export interface BundleQuestion {
  readonly crypto: Crypto
  readonly trust: Trust
  readonly pack?: { readonly digest: string; readonly pack: Pack }
  readonly progress?: (done: number, total: number) => void
}

export async function verifyBundleFile(bytes: Uint8Array, question: BundleQuestion): Promise<Finding> {
  const { crypto, pack, progress = () => undefined, trust } = question
  let bundle: Bundle
  try {
    bundle = parseBundle(crypto, bytes)
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    return refused('bundle', error.code, 'file', error.message)
  }
  const { genesis, manifest } = bundle
  if (trust.genesis !== undefined && !equalBytes(trust.genesis.bytes, genesis.bytes)) {
    return refused('bundle', 'verify.genesis', 'genesis', 'the bundle has another genesis than the one given')
  }
  const { failures: cardFailures, founded } = await openCards(crypto, bundle, trust)
  let done = 0
  const built = await buildLogs(crypto, bundle, founded, () => progress(++done, bundle.deliveries.length))
  const carried = await checkCarried(crypto, bundle, built)
  const failures = [...cardFailures, ...built.failures, ...carried.failures]
  const logs = [...built.logs.values()]
  const facts: Facts = {
    label: bundle.label,
    purpose: manifest.purpose,
    from: manifest.from,
    ...(manifest.to === undefined ? {} : { to: manifest.to }),
    channel: manifest.channel,
    agreement: genesis.value.agreement,
    genesis: genesisDigest(crypto, genesis.bytes),
  }
  const counts: Counts = {
    blobs: manifest.blobs.length,
    cards: founded.size,
    logs: logs.length,
    entries: logs.reduce((sum, { entries }) => sum + entries.length, 0),
    heads: built.heads + carried.heads,
    consistencies: built.consistencies,
    cosignatures: carried.cosignatures,
  }
  // Without the keys of a party, or with a log that did not verify, nothing further follows.
  if (failures.length > 0) return { kind: 'bundle', facts, counts, ineffective: [], failures }
  const bodies = new Map([
    ...built.bodies,
    ...bundle.bodies.map(({ bytes: sealed, digest }) => [digest, sealed] as const),
  ])
  const replayed = await replayBundle(crypto, genesis.value, logs, founded, bodies, pack)
  return {
    kind: 'bundle',
    facts: {
      ...facts,
      ...(pack === undefined ? {} : { pack: pack.digest, cut: replayed.cutDigest, state: replayed.stateDigest }),
    },
    counts: { ...counts, ...replayed.counts },
    ineffective: replayed.ineffective,
    failures: replayed.failures,
  }
}

/** The governance of every party after its founding entry, which the genesis pins. */
async function openCards(
  crypto: Crypto,
  { cards, genesis }: Bundle,
  trust: Trust,
): Promise<{ founded: Map<string, GovernanceState>; failures: Failure[] }> {
  const founded = new Map<string, GovernanceState>()
  const failures: Failure[] = []
  for (const bytes of cards) {
    try {
      const card = await openCard(crypto, bytes)
      checkCard(genesis.value, card)
      founded.set(card.party, card.governance)
    } catch (error) {
      if (!(error instanceof RecordError)) throw error
      failures.push({ code: error.code, where: `card ${formatHex(crypto.sha256(bytes))}`, detail: error.message })
    }
  }
  for (const card of trust.cards) {
    if (genesis.value.parties.some((item) => item.founded === card.founded)) founded.set(card.party, card.governance)
  }
  for (const { party } of genesis.value.parties) {
    if (!founded.has(party)) failures.push({ code: 'verify.no-card', where: party, detail: 'the card is missing' })
  }
  return { founded, failures }
}

/** The heads and cosignatures that travel along: each that is by a known key must hold, and agree with the logs here. */
async function checkCarried(
  crypto: Crypto,
  { deliveries }: Bundle,
  built: BuiltLogs,
): Promise<{ heads: number; cosignatures: number; failures: Failure[] }> {
  const cosigners = [...built.governances.values()].flatMap((state) => cosignersOf(crypto, state))
  const failures: Failure[] = []
  const distinct = new Set<string>()
  let heads = 0
  for (const { origin, note } of deliveries.flatMap(({ delivery }) => delivery.cosignatures)) {
    const log = built.logs.get(origin)
    if (log === undefined) continue
    try {
      const { lines } = parseNote(note)
      const known = cosigners.filter((key) => lines.some(({ id, name }) => name === key.name && id === key.id))
      const verified = known.length === 0 ? [] : await openCosignatures(crypto, note, known)
      const signed = lines.some(({ name }) => name === origin)
        ? [await openLogHead({ crypto, governances: built.governances }, log, note)]
        : []
      for (const head of [...verified.map((cosignature) => cosignature.head), ...signed]) {
        if (
          head.origin !== origin ||
          (head.size <= log.tree.size && !equalBytes(log.tree.root(head.size), head.root))
        ) {
          throw new RecordError('delivery.root', 'a signed head is not of the log that the bundle carries')
        }
      }
      for (const { cosigner, head, time } of verified) distinct.add(`${cosigner.name} ${origin} ${head.size} ${time}`)
      heads += signed.length
    } catch (error) {
      if (!(error instanceof RecordError)) throw error
      failures.push({ code: error.code, where: `${origin} head`, detail: error.message })
    }
  }
  return { heads, cosignatures: distinct.size, failures }
}
