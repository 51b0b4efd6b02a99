// What a node answers to the questions of others, with the real frames. Nothing that is asked can throw.

import { formatDelivery, RecordError } from '@parley/record'
import type { Arrival } from '@parley/record/core'
import { composeAnswer, composeConsistency, composeDelivery, composeHeads, openDelivery } from '@parley/record/exchange'
import type { Answer, Question } from './network.ts'
import { deliveryLimits, heldHead, keyLookup, readerOf } from './node-carrier.ts'
import type { DrivenNode } from './driven-node.ts'
import { coreTools } from './entries.ts'
import { stubCrypto } from './stub-crypto.ts'

type Reply = (answer: Answer) => void

export async function serve(node: DrivenNode, from: string, question: Question, reply: Reply): Promise<void> {
  if (node.parts.behaviour.withholds.has(question.kind)) return
  try {
    switch (question.kind) {
      case 'deliver':
        return await takeDelivery(node, from, question.bytes, reply)
      case 'heads':
        return reply(showHeads(node))
      case 'fetch':
        return reply(await giveEntries(node, from, question.origin, question.start))
      case 'bodies':
        return reply(await giveBodies(node, question.origin, question.digests))
      case 'consistency':
        return reply(await composeConsistency(stubCrypto, node.store, question))
    }
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    node.trace(`${question.kind} of ${from} refused: ${error.code}`)
    reply(undefined)
  }
}

async function takeDelivery(node: DrivenNode, from: string, bytes: Uint8Array, reply: Reply): Promise<void> {
  const { arrival } = await openDelivery(stubCrypto, node.store, keyLookup(node.parts.cast), from, bytes)
  if (!node.core.replicas.has(arrival.origin)) return reply(undefined)
  // A moment passes between reading what is held and handing in what was concluded from it.
  node.later(1, () =>
    node.arrive(arrival, (outcome) => {
      const told = outcome.kind === 'settled' || outcome.code === 'delivery.gap'
      node.later(1, async () => reply(told ? await answerDelivery(node, arrival) : undefined))
    }),
  )
}

function answerDelivery(node: DrivenNode, { origin, head }: Arrival): Promise<Uint8Array> {
  const replica = node.core.replicas.get(origin)!
  const { mirror, prefix } = node.parts.self
  const more = node.parts.behaviour.overstates ? node.random.below(40) : 0
  const have = replica.frontier.size + more
  const facts = { origin, head, have, cosigned: replica.cosigned, missing: replica.missing.keys() }
  return composeAnswer(stubCrypto, [{ name: `${prefix}/mirror`, signer: mirror }], facts)
}

function showHeads(node: DrivenNode): Uint8Array {
  const shown: { origin: string; note: Uint8Array }[] = []
  for (const { origin, published } of node.core.own.values()) {
    if (published !== undefined) shown.push({ origin, note: published.note })
  }
  for (const { origin, head } of node.core.replicas.values()) {
    if (head !== undefined) shown.push({ origin, note: head.note })
  }
  return composeHeads(shown)
}

async function giveEntries(node: DrivenNode, from: string, origin: string, start: number): Promise<Answer> {
  const head = heldHead(node, origin)
  if (head === undefined || start > head.size) return undefined
  const asksOwn = node.parts.cast.parties.some(
    ({ channelLog, governanceLog, party }) => party === from && [channelLog, governanceLog].includes(origin),
  )
  const order = { origin, start, head, cosignatures: [] }
  const { bytes, end } = await composeDelivery(coreTools, readerOf(node), order, deliveryLimits)
  if (!asksOwn || !node.parts.behaviour.garblesFetches || end === start) return bytes
  const entries = (await node.store.readEntries(origin, start, end)).map((entry) => entry.map((byte) => byte ^ 1))
  return formatDelivery({ origin, from: start, head: head.note, proof: [], entries, bodies: [], cosignatures: [] })
}

async function giveBodies(node: DrivenNode, origin: string, digests: readonly string[]): Promise<Answer> {
  const head = heldHead(node, origin) ?? node.core.replicas.get(origin)?.head
  if (head === undefined || node.parts.behaviour.stripsBodies) return undefined
  const held = [...(await node.store.readBodies(digests))].map(([digest, bytes]) => ({ digest, bytes }))
  return formatDelivery({ origin, from: 0, head: head.note, proof: [], entries: [], bodies: held, cosignatures: [] })
}
