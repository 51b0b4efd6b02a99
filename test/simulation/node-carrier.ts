// Carries out what a node's core wants of other nodes, over the bad network, with the real frames.

import { RecordError } from '@parley/record'
import type { CoreEvent, Effect, SignedHead } from '@parley/record/core'
import {
  composeDelivery,
  openAnswer,
  openDelivery,
  openHeads,
  parseConsistency,
  proveFork,
  questionOf,
  type KeyLookup,
  type LogReader,
} from '@parley/record/exchange'
import type { Answer, Question } from './network.ts'
import type { DrivenNode } from './driven-node.ts'
import { coreTools } from './entries.ts'
import type { Cast } from './parties.ts'
import { stubCrypto } from './stub-crypto.ts'

type Outward = Extract<Effect, { kind: 'deliver' | 'ask-heads' | 'fetch' | 'fetch-bodies' | 'prove-fork' }>
type Of<K extends Outward['kind']> = Extract<Outward, { kind: K }>

export interface Carrier {
  carry(effect: Outward): void
}

/** Small, so that a few entries already come in several deliveries. */
export const deliveryLimits = { entriesMax: 5, bytesMax: 6000 }

export function keyLookup(cast: Cast): KeyLookup {
  const logKeys = new Map(cast.parties.flatMap(({ logKeys: keys }) => [...keys]))
  const mirrors = cast.parties.map(({ mirrorKey }) => mirrorKey)
  return {
    verifierKeysOf: ({ origin }) => {
      const key = logKeys.get(origin)
      return key === undefined ? [] : [key]
    },
    cosignerKeysOf: () => mirrors,
  }
}

export function createCarrier(node: DrivenNode): Carrier {
  const { cast, disk, network, observer, self } = node.parts
  const keys = keyLookup(cast)

  /** Asks, and goes on a little later with the answer; what goes wrong with it, or no answer, becomes the failure. */
  function ask(
    party: string,
    question: Question,
    failure: () => CoreEvent,
    hear: (answer: NonNullable<Answer>) => Promise<CoreEvent | undefined>,
  ): void {
    const { incarnation } = node
    const go = async (answer: Answer): Promise<void> => {
      try {
        const event = answer === undefined ? failure() : await hear(answer)
        // A moment passes between reading what is held and handing in what was concluded from it.
        if (event !== undefined) node.later(1, () => node.dispatch({ ...event, at: node.clock() }))
      } catch (error) {
        if (!(error instanceof RecordError)) throw error
        node.trace(`${question.kind} ${party}: ${error.code}`)
        node.dispatch(failure())
      }
    }
    network.ask(self.party, party, question, (answer) => {
      if (node.up && node.incarnation === incarnation) node.later(1, () => go(answer))
    })
  }

  function deliver({ party, origin, start, head }: Of<'deliver'>): void {
    const failure = (): CoreEvent => ({ kind: 'unanswered', party, origin, at: node.clock() })
    node.later(1, async () => {
      const { store } = node
      const reader = node.parts.behaviour.stripsBodies
        ? { ...readerOf(node), readBodies: async () => new Map() }
        : store
      const order = { origin, start, head, cosignatures: [] }
      const { bytes } = await composeDelivery(coreTools, reader, order, deliveryLimits)
      ask(party, { kind: 'deliver', bytes }, failure, async (answer) => {
        const mirrors = cast.parties.filter((other) => other.party === party).map(({ mirrorKey }) => mirrorKey)
        const opened = await openAnswer(stubCrypto, { mirrors, witnesses: [] }, { origin, head }, answer)
        const before = node.core.peers.get(party)?.progress.get(origin)?.receipted ?? 0
        const progress = { have: opened.have, receipted: Math.max(before, opened.receipted) }
        disk.write({ kind: 'progress', party, origin, progress })
        if (opened.receipted > 0) observer.delivered(node, party, origin, opened.receipted)
        return { kind: 'answered', party, origin, have: opened.have, receipted: opened.receipted, at: node.clock() }
      })
    })
  }

  function askHeads({ party }: Of<'ask-heads'>): void {
    const failure = (): CoreEvent => ({ kind: 'heads-failed', party, at: node.clock() })
    if (node.parts.behaviour.deaf) {
      return node.later(1, () => node.dispatch({ kind: 'heads', party, heads: [], at: node.clock() }))
    }
    ask(party, { kind: 'heads' }, failure, async (answer) => {
      const { heads } = await openHeads(stubCrypto, node.store, keys, (origin) => node.core.own.has(origin), answer)
      return { kind: 'heads', party, heads, at: node.clock() }
    })
  }

  function fetchEntries({ party, origin, start }: Of<'fetch'>): void {
    const fetched = (failed: boolean): CoreEvent => ({ kind: 'fetched', party, origin, failed, at: node.clock() })
    ask(
      party,
      { kind: 'fetch', origin, start },
      () => fetched(true),
      async (answer) => {
        const { arrival } = await openDelivery(stubCrypto, node.store, keys, party, answer)
        if (arrival.origin !== origin) return fetched(true)
        node.arrive(arrival, (outcome) => {
          const failed = outcome.kind === 'refused' || arrival.entries.length === 0
          node.later(1, () => node.dispatch(fetched(failed)))
        })
        return undefined
      },
    )
  }

  function fetchBodies({ party, origin, digests }: Of<'fetch-bodies'>): void {
    const fetched = (failed: boolean): CoreEvent => ({ kind: 'fetched', party, origin, failed, at: node.clock() })
    ask(
      party,
      { kind: 'bodies', origin, digests },
      () => fetched(true),
      async (answer) => {
        const { arrival } = await openDelivery(stubCrypto, node.store, keys, party, answer)
        node.arrive({ kind: 'bodies', party, origin, bodies: arrival.bodies }, (outcome) => {
          const failed = outcome.kind === 'refused' || arrival.bodies.length === 0
          node.later(1, () => node.dispatch(fetched(failed)))
        })
        return undefined
      },
    )
  }

  function prove({ party, origin, theirs }: Of<'prove-fork'>): void {
    const fetched = (failed: boolean): CoreEvent => ({ kind: 'fetched', party, origin, failed, at: node.clock() })
    const ours = heldHead(node, origin)
    if (ours === undefined) return node.later(1, () => node.dispatch(fetched(true)))
    const suspicion = { origin, ours, theirs }
    const question = questionOf(suspicion)
    const keep = async (answer?: ReturnType<typeof parseConsistency>): Promise<void> => {
      const proof = await proveFork(stubCrypto, node.store, keys.verifierKeysOf, suspicion, answer)
      disk.write({ kind: 'fork', origin, proof })
      node.later(5, async () => {
        disk.sync()
        node.store.apply({ kind: 'fork', origin, proof })
        await observer.forkProven(node, origin, proof)
        node.dispatch({ kind: 'fork-proven', origin, at: node.clock() })
        node.dispatch(fetched(false))
      })
    }
    if (question !== undefined) {
      return ask(
        party,
        { kind: 'consistency', ...question },
        () => fetched(true),
        async (answer) => {
          await keep(parseConsistency(answer))
          return undefined
        },
      )
    }
    node.later(1, () =>
      keep().catch((error: unknown) => {
        if (!(error instanceof RecordError)) throw error
        node.dispatch(fetched(true))
      }),
    )
  }

  return {
    carry(effect) {
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
          return prove(effect)
      }
    },
  }
}

/** The newest signed head every entry below which is held. */
export function heldHead(node: DrivenNode, origin: string): SignedHead | undefined {
  return node.core.own.get(origin)?.published ?? node.store.logs.get(origin)?.whole
}

/** What the node hands over from: all that it holds, or the entries only. */
export function readerOf({ parts, store }: DrivenNode): LogReader {
  if (!parts.behaviour.stripsBodies) return store
  return {
    readSize: (origin) => store.readSize(origin),
    readEntries: (origin, start, end) => store.readEntries(origin, start, end),
    treeOf: (origin) => store.treeOf(origin),
    readBodies: () => Promise.resolve(new Map()),
  }
}
