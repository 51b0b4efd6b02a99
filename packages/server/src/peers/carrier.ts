// Carries out what the core wants of other nodes: deliveries and the receipts that answer them, questions for heads,
// fetches, and proofs of forks. Whatever goes wrong here becomes an event; nothing a peer does can throw.

import { deliveryAnswerBytesMax, deliveryBytesMax, equalBytes, formatUtf8 } from '@parley/record'
import {
  composeDelivery,
  headsBytesMax,
  openAnswer,
  openDelivery,
  openHeads,
  parseConsistency,
  proveFork,
  questionOf,
} from '@parley/record/exchange'
import type { Cosignature, Crypto } from '@parley/record'
import type { Arrival, BodyArrival, BodyOf, CoreEvent, CoreState, SignedHead } from '@parley/record/core'
import type { KeyLookup, LogReader } from '@parley/record/exchange'
import type { Carrier, OutwardEffect } from '../log/carrier.ts'
import type { Outcome } from '../log/log-driver.ts'
import type { Registry } from '../log/registry.ts'
import { ServerError } from '../error.ts'
import type { PeerLinks } from './peer-link.ts'
import { peerPaths } from './peer-paths.ts'

const consistencyBytesMax = 8192

export interface CarrierParts {
  readonly crypto: Crypto
  readonly bodyOf: BodyOf
  readonly clock: () => number
  readonly registry: Registry
  readonly reader: LogReader
  readonly keys: KeyLookup
  readonly links: PeerLinks
  readonly state: CoreState
  readonly arrive: (work: Arrival | BodyArrival) => Promise<Outcome>
  /** The newest signed head of the log every entry below which is held here. */
  readonly heldHead: (origin: string) => Promise<SignedHead | undefined>
  /** Keeps verified cosignatures, durably, and how far a member has got with one of our own logs. */
  readonly keepReceipts: (
    cosignatures: readonly Cosignature[],
    progress?: { readonly party: string; readonly origin: string; readonly have: number; readonly receipted: number },
  ) => Promise<void>
  /** Freezes the log and keeps the proof of its fork, durably. */
  readonly keepFork: (origin: string, proof: Uint8Array) => Promise<void>
  readonly failed: (party: string, what: OutwardEffect['kind'], error: unknown) => void
}

type EffectOf<K extends OutwardEffect['kind']> = Extract<OutwardEffect, { kind: K }>

export function createCarrier(parts: CarrierParts): Carrier {
  const { arrive, bodyOf, clock, crypto, keys, links, reader, registry, state } = parts

  const logIdOf = (origin: string): string => {
    const log = registry.logOf(origin)
    if (log === undefined) throw new ServerError('log.unknown', 'there is no such log here')
    return log.id
  }

  async function read(party: string, path: string, bytesMax: number, body?: Uint8Array): Promise<Uint8Array> {
    const method = body === undefined ? 'GET' : 'POST'
    const answer = await links.request(party, { method, path, bytesMax, ...(body === undefined ? {} : { body }) })
    if (answer.status !== 200) throw new ServerError('peer.protocol', `the peer answered ${answer.status}`)
    return new Uint8Array(answer.body)
  }

  async function deliver({ party, origin, start, head }: EffectOf<'deliver'>): Promise<CoreEvent[]> {
    const order = { origin, start, head, cosignatures: [] }
    const { bytes } = await composeDelivery({ crypto, bodyOf }, reader, order)
    const answer = await read(party, peerPaths.deliveries, deliveryAnswerBytesMax, bytes)
    const cosigners = registry.cosigners(party)
    const mirrors = cosigners.filter(({ role }) => role === 'mirror').map(({ key }) => key)
    const witnesses = cosigners.filter(({ role }) => role === 'witness').map(({ key }) => key)
    const { have, receipted, cosignatures } = await openAnswer(crypto, { mirrors, witnesses }, { origin, head }, answer)
    await parts.keepReceipts(cosignatures, { party, origin, have, receipted })
    return [{ kind: 'answered', party, origin, have, receipted, at: clock() }]
  }

  async function askHeads({ party }: EffectOf<'ask-heads'>): Promise<CoreEvent[]> {
    const bytes = await read(party, peerPaths.heads, headsBytesMax)
    const isOwn = (origin: string): boolean => state.own.has(origin)
    const { heads, cosignatures } = await openHeads(crypto, reader, keys, isOwn, bytes)
    // A cosignature over another history than ours is no receipt for ours: it may be the other half of a fork.
    const ours = new Map(heads.map(({ head, ours: root, origin }) => [`${origin} ${head.size}`, root]))
    const receipts = cosignatures.filter(({ head: { origin, root, size } }) => {
      const held = ours.get(`${origin} ${size}`)
      return held !== undefined && equalBytes(held, root)
    })
    if (receipts.length > 0) await parts.keepReceipts(receipts)
    return [{ kind: 'heads', party, heads, at: clock() }]
  }

  /** Fetches until the peer's head is reached, each piece durable before the next is asked for. */
  async function fetchEntries({ party, origin, start }: EffectOf<'fetch'>): Promise<CoreEvent[]> {
    for (let from = start; ;) {
      const bytes = await read(party, peerPaths.delivery(logIdOf(origin), from), deliveryBytesMax)
      const { arrival } = await openDelivery(crypto, reader, keys, party, bytes)
      if (arrival.origin !== origin) throw new ServerError('peer.protocol', 'the peer sent another log')
      const outcome = await arrive(arrival)
      if (outcome.kind === 'refused') throw new ServerError('peer.protocol', 'refused', { detail: outcome.code })
      if (outcome.position <= from || outcome.position >= arrival.head.size) break
      from = outcome.position
    }
    return [{ kind: 'fetched', party, origin, failed: false, at: clock() }]
  }

  async function fetchBodies({ party, origin, digests }: EffectOf<'fetch-bodies'>): Promise<CoreEvent[]> {
    const body = formatUtf8(`${digests.join('\n')}\n`)
    const bytes = await read(party, peerPaths.bodies(logIdOf(origin)), deliveryBytesMax, body)
    const { arrival } = await openDelivery(crypto, reader, keys, party, bytes)
    await arrive({ kind: 'bodies', party, origin, bodies: arrival.bodies })
    return [{ kind: 'fetched', party, origin, failed: arrival.bodies.length === 0, at: clock() }]
  }

  async function proveSuspicion({ party, origin, theirs }: EffectOf<'prove-fork'>): Promise<CoreEvent[]> {
    const ours = await parts.heldHead(origin)
    if (ours === undefined) throw new ServerError('peer.protocol', 'there is no head of ours to compare with')
    const suspicion = { origin, ours, theirs }
    const question = questionOf(suspicion)
    const answer =
      question === undefined
        ? undefined
        : parseConsistency(
            await read(
              party,
              peerPaths.consistency(logIdOf(origin), question.oldSize, question.size),
              consistencyBytesMax,
            ),
          )
    const proof = await proveFork(crypto, reader, keys.verifierKeysOf, suspicion, answer)
    await parts.keepFork(origin, proof)
    return [{ kind: 'fetched', party, origin, failed: false, at: clock() }]
  }

  function perform(effect: OutwardEffect): Promise<CoreEvent[]> {
    switch (effect.kind) {
      case 'deliver':
        return deliver(effect)
      case 'ask-heads':
        return askHeads(effect)
      case 'fetch':
        return fetchEntries(effect)
      case 'fetch-bodies':
        return fetchBodies(effect)
      case 'prove-fork':
        return proveSuspicion(effect)
    }
  }

  function failure(effect: OutwardEffect): CoreEvent {
    const at = clock()
    switch (effect.kind) {
      case 'deliver':
        return { kind: 'unanswered', party: effect.party, origin: effect.origin, at }
      case 'ask-heads':
        return { kind: 'heads-failed', party: effect.party, at }
      case 'fetch':
      case 'fetch-bodies':
      case 'prove-fork':
        return { kind: 'fetched', party: effect.party, origin: effect.origin, failed: true, at }
    }
  }

  return {
    async carry(effect) {
      try {
        return await perform(effect)
      } catch (error) {
        parts.failed(effect.party, effect.kind, error)
        return [failure(effect)]
      }
    },
  }
}
