// What this node does for a peer that has proven who it is. A peer reaches the logs of the channels that it shares with us
// and the governance logs of their parties; for every other log it is as if there were none.

import { formatDelivery, formatUtf8 } from '@parley/record'
import { composeAnswer, composeConsistency, composeDelivery, composeHeads, openDelivery } from '@parley/record/exchange'
import type { Crypto } from '@parley/record'
import type { Arrival, BodyArrival, BodyOf, CoreState } from '@parley/record/core'
import type { Cosigner, KeyLookup, LogReader } from '@parley/record/exchange'
import { listCommittedDigests } from '../db/entries.ts'
import type { Reader } from '../db/statement.ts'
import { cosignedNote, heldHead, newestHead } from '../log/head-notes.ts'
import type { Outcome } from '../log/log-driver.ts'
import type { KnownLog, Registry } from '../log/registry.ts'
import { noTlogFile } from '../log/tlog-files.ts'
import type { TlogFiles } from '../log/tlog-files.ts'
import { bodiesAskedMax } from './peer-paths.ts'
import type { PeerReply, PeerService } from './peer-routes.ts'
import type { WitnessAnswer } from './witness-endpoint.ts'

export interface PeerServiceParts {
  readonly crypto: Crypto
  readonly bodyOf: BodyOf
  readonly registry: Registry
  readonly state: CoreState
  readonly reader: Reader
  readonly logReader: LogReader
  readonly numberOf: (origin: string) => number
  readonly keys: KeyLookup
  readonly arrive: (work: Arrival | BodyArrival) => Promise<Outcome>
  /** Cosigns what the core gave a receipt for. */
  readonly mirror: Cosigner
  readonly witness: (request: Uint8Array, mayAsk: (log: KnownLog) => boolean) => Promise<WitnessAnswer>
  readonly files: TlogFiles
  readonly evidence: EvidenceGiver
}

/** What a party may have of the evidence here; undefined for what it was not given, or is not held. */
export interface EvidenceGiver {
  giveHashes(party: string, channel: string, item: string): Promise<Uint8Array | undefined>
  givePiece(party: string, channel: string, item: string, index: number): Promise<Uint8Array | undefined>
}

const notFound: PeerReply = { status: 404, code: 'log.unknown' }

function giving(bytes: Uint8Array | undefined): PeerReply {
  return bytes === undefined ? { status: 404, code: 'evidence.unknown' } : { status: 200, body: bytes }
}

/** How a refusal by the core is said to the peer. */
const refusals: Readonly<Record<string, 409 | 422 | 503>> = {
  'node.busy': 503,
  'node.read-only': 503,
  'delivery.frozen': 409,
  'delivery.fork': 409,
}

export function createPeerService(parts: PeerServiceParts): PeerService {
  const { crypto, keys, logReader, registry, state } = parts

  const shares = (party: string, log: KnownLog): boolean =>
    log.party === party || registry.membersOf(log).includes(party)
  const logFor = (party: string, id: string): KnownLog | undefined => {
    const log = registry.logById(id)
    return log !== undefined && shares(party, log) ? log : undefined
  }

  async function answerDelivery({ origin, head }: Arrival): Promise<PeerReply> {
    const replica = state.replicas.get(origin)
    const have = (replica ?? state.own.get(origin))?.frontier.size ?? 0
    const facts = { origin, head, have, cosigned: replica?.cosigned, missing: replica?.missing.keys() ?? [] }
    return { status: 200, body: await composeAnswer(crypto, [parts.mirror], facts) }
  }

  return {
    async takeDelivery(party, frame) {
      const { arrival } = await openDelivery(crypto, logReader, keys, party, frame)
      const log = registry.logOf(arrival.origin)
      if (log === undefined || log.own || !shares(party, log)) return notFound
      const outcome = await parts.arrive(arrival)
      // Whoever began too far ahead learns from the answer where to begin.
      if (outcome.kind === 'settled' || outcome.code === 'delivery.gap') return answerDelivery(arrival)
      return { status: refusals[outcome.code] ?? 422, code: outcome.code }
    },

    async showHeads(party) {
      const shown = []
      for (const log of registry.logs()) {
        const head = newestHead(state, log.origin)
        if (head === undefined || !shares(party, log)) continue
        const note = await cosignedNote(parts.reader, parts.numberOf(log.origin), head)
        shown.push({ origin: log.origin, note })
      }
      return { status: 200, body: composeHeads(shown) }
    },

    showNode: () => Promise.resolve({ status: 200, body: formatUtf8(`${registry.self}\n`) }),

    async giveDelivery(party, id, start) {
      const log = logFor(party, id)
      const head = log === undefined ? undefined : heldHead(state, log.origin)
      if (log === undefined || head === undefined || start > head.size) return notFound
      const order = { origin: log.origin, start, head, cosignatures: [] }
      const { bytes } = await composeDelivery({ crypto, bodyOf: parts.bodyOf }, logReader, order)
      return { status: 200, body: bytes }
    },

    async giveBodies(party, id, digests) {
      const log = logFor(party, id)
      const head = log === undefined ? undefined : newestHead(state, log.origin)
      if (log === undefined || head === undefined) return notFound
      const bodies = await readCommitted(parts, log, digests.slice(0, bodiesAskedMax))
      const empty = { origin: log.origin, from: 0, head: head.note, proof: [], entries: [], cosignatures: [] }
      return { status: 200, body: formatDelivery({ ...empty, bodies }) }
    },

    async giveConsistency(party, id, oldSize, size) {
      const log = logFor(party, id)
      if (log === undefined) return notFound
      return { status: 200, body: await composeConsistency(crypto, logReader, { origin: log.origin, oldSize, size }) }
    },

    giveEvidenceHashes: async (party, channel, item) => giving(await parts.evidence.giveHashes(party, channel, item)),

    giveEvidencePiece: async (party, channel, item, index) =>
      giving(await parts.evidence.givePiece(party, channel, item, index)),

    takeCheckpoint: (party, request) => parts.witness(request, (log) => shares(party, log)),

    showFile(party, path) {
      const [, id, file] = /^\/logs\/([0-9a-f]{64})\/(.+)$/.exec(path) ?? []
      const log = id === undefined ? undefined : logFor(party, id)
      return log === undefined || file === undefined ? Promise.resolve(noTlogFile) : parts.files.read(log, file)
    },
  }
}

/** Only bodies that an entry of this very log commits to: a digest from elsewhere opens nothing. */
async function readCommitted(
  { logReader, numberOf, reader }: PeerServiceParts,
  log: KnownLog,
  digests: readonly string[],
): Promise<{ digest: string; bytes: Uint8Array }[]> {
  const committed = await listCommittedDigests(reader, numberOf(log.origin), digests)
  const held = await logReader.readBodies(committed)
  return [...held].map(([digest, bytes]) => ({ digest, bytes }))
}
