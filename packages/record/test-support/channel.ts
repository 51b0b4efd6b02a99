// A channel of two parties with a few entries, sealed bodies and deliveries, for tests and vectors of what travels. The same
// in every run.

import { bodyCommitment, formatEnvelope } from '../src/body.ts'
import { formatHex, formatUtf8 } from '../src/bytes.ts'
import { openCard } from '../src/card.ts'
import { signCheckpoint } from '../src/checkpoint.ts'
import { formatDelivery } from '../src/delivery.ts'
import type { DeliveredBody, DeliveredCosignature, Delivery } from '../src/delivery.ts'
import { formatEntry } from '../src/entry.ts'
import { formatGenesis } from '../src/genesis.ts'
import { leafHash } from '../src/merkle.ts'
import { MemoryTree } from '../src/memory-tree.ts'
import { seal } from '../src/node/age/seal.ts'
import { parseRecipient } from '../src/node/age/x25519.ts'
import type { Random } from '../src/node/age/x25519.ts'
import { nodeCrypto } from '../src/node/crypto.ts'
import { channelOrigin, governanceOrigin } from '../src/origins.ts'
import { proveConsistency } from '../src/prove.ts'
import { approve, bytesOf, foundingEntry, partyOf, signerOf, testTime } from './parties.ts'
import type { TestParty } from './parties.ts'

export const testChannel = '00112233445566778899aabbccddeeff'

/** Chance that follows from a label. */
export function randomOf(label: string): Random {
  let draws = 0
  return (bytes) => bytesOf(`${label} ${draws++}`).slice(0, bytes)
}

/** A log that keeps everything in memory and delivers any part of it. */
export interface TestLog {
  readonly origin: string
  readonly entries: Uint8Array[]
  readonly bodies: DeliveredBody[]
  readonly tree: MemoryTree
  append(entry: Uint8Array): void
  /** The entries from `from` to before `end`, under the head of `size` entries. */
  deliver(from: number, end?: number, size?: number, cosignatures?: readonly DeliveredCosignature[]): Promise<Delivery>
}

export function createLog(party: TestParty, origin: string): TestLog {
  const signer = signerOf(`${party.party} log`)
  const [tree, entries, bodies] = [new MemoryTree(nodeCrypto), [] as Uint8Array[], [] as DeliveredBody[]]
  return {
    origin,
    entries,
    bodies,
    tree,
    append(entry) {
      entries.push(entry)
      tree.append(leafHash(nodeCrypto, entry))
    },
    async deliver(from, end = tree.size, size = tree.size, cosignatures = []) {
      const head = await signCheckpoint(nodeCrypto, signer, { origin, size, root: tree.root(size) })
      const proof = end === 0 || end === size ? [] : await proveConsistency(nodeCrypto, tree, end, size)
      return { origin, from, head, proof, entries: entries.slice(from, end), bodies, cosignatures }
    },
  }
}

/** Seals a plaintext to both parties and the author's archive, as a body of an entry. */
export function sealBody(parties: readonly TestParty[], author: TestParty, label: string, plaintext: Uint8Array) {
  const salt = bytesOf(`${label} salt`)
  const envelope = formatEnvelope(salt, plaintext)
  const recipients = [...parties.map((party) => party.founded.keys.sealing), author.founded.keys.archive]
  const bytes = seal(envelope, recipients.map(parseRecipient), randomOf(label))
  const digest = formatHex(nodeCrypto.sha256(bytes))
  const size = envelope.length as 1024
  return {
    bytes,
    digest,
    reference: { ciphertext: digest, commitment: bodyCommitment(nodeCrypto, salt, plaintext), size },
  }
}

export interface TestChannel {
  readonly parties: readonly [TestParty, TestParty]
  readonly genesis: Uint8Array
  readonly cards: readonly Uint8Array[]
  /** The governance logs of both, with their founding entries. */
  readonly governance: readonly [TestLog, TestLog]
  /** What each said in the channel: one request with a body and two entries after it, and one acknowledgement. */
  readonly logs: readonly [TestLog, TestLog]
}

/** The parties `cn` and `us`; `us` opens a request. */
export async function createChannel(): Promise<TestChannel> {
  const parties: [TestParty, TestParty] = [partyOf('cn'), partyOf('us')]
  const governance = await Promise.all(
    parties.map(async (party) => {
      const log = createLog(party, governanceOrigin(party.prefix))
      log.append(formatEntry(await foundingEntry(party)))
      return log
    }),
  )
  const cards = governance.flatMap((log) => log.entries)
  const opened = await Promise.all(cards.map((card) => openCard(nodeCrypto, card)))
  const genesis = formatGenesis({
    v: 1,
    channel: testChannel,
    agreement: 'us-cn-2015',
    parties: opened.map(({ party, prefix, founded, keys }) => ({ party, prefix, founded, key: keys.log })),
  })
  const [cn, us] = parties
  const logs = parties.map((party) => createLog(party, channelOrigin(party.prefix, testChannel))) as [TestLog, TestLog]
  const body = sealBody(parties, us, 'request', formatUtf8('{"text":"who used this address"}'))
  logs[1].bodies.push({ digest: body.digest, bytes: body.bytes })
  const draft = { v: 1, channel: testChannel, seen: [], data: { urgency: 'high' } } as const
  const request = await approve(
    { ...draft, from: 'us', type: 'request.opened', at: testTime, body: body.reference },
    us.releasing,
  )
  logs[1].append(formatEntry(request))
  for (const at of [1, 2]) {
    const later = { ...draft, from: 'us', type: 'request.chased', subject: '11'.repeat(32), at: testTime + at }
    logs[1].append(formatEntry(await approve(later, us.liaison)))
  }
  const answer = { ...draft, from: 'cn', type: 'request.acknowledged', subject: '11'.repeat(32), at: testTime + 3 }
  logs[0].append(formatEntry(await approve(answer, cn.liaison)))
  return { parties, genesis, cards, governance: governance as [TestLog, TestLog], logs }
}

/** The frames of all logs of a channel, whole. */
export async function frameAll(channel: TestChannel): Promise<Uint8Array[]> {
  const logs = [...channel.governance, ...channel.logs]
  return Promise.all(logs.map(async (log) => formatDelivery(await log.deliver(0))))
}
