// Builds the logs of a bundle again from their first entry on: each frame must join on to the one before it, and the tree of
// the entries must be the beginning of the head that the log's own key signed.

import {
  createVerifierKey,
  Frontier,
  governanceChannel,
  judgeGovernance,
  logKeyAt,
  MemoryTree,
  openCheckpoint,
  openDeliveredBodies,
  parseCheckpointText,
  parseNote,
  parseOrigin,
  RecordError,
  verifyDelivery,
} from '@parley/record'
import type { Bundle, Checkpoint, Crypto, GovernanceState } from '@parley/record'
import type { Failure } from './finding.ts'

/** A log of the bundle as far as it verified, from its beginning. */
export interface BuiltLog {
  readonly origin: string
  readonly party: string
  /** A channel id, or `governance`. */
  readonly channel: string
  readonly tree: MemoryTree
  readonly entries: readonly Uint8Array[]
}

export interface BuiltLogs {
  readonly logs: ReadonlyMap<string, BuiltLog>
  /** The parties' governance as the bundle's own logs lead it on. */
  readonly governances: ReadonlyMap<string, GovernanceState>
  /** Sealed bodies of frames whose bytes have their digest. */
  readonly bodies: ReadonlyMap<string, Uint8Array>
  readonly heads: number
  readonly consistencies: number
  readonly failures: readonly Failure[]
}

type Frames = readonly Bundle['deliveries'][number][]

interface Building {
  readonly crypto: Crypto
  readonly governances: Map<string, GovernanceState>
  readonly bodies: Map<string, Uint8Array>
  readonly failures: Failure[]
  heads: number
  consistencies: number
}

/** `founded` are the parties' states after their cards; `built` hears of each frame that is done. */
export async function buildLogs(
  crypto: Crypto,
  { deliveries, genesis }: Bundle,
  founded: ReadonlyMap<string, GovernanceState>,
  built: () => void,
): Promise<BuiltLogs> {
  const building: Building = {
    crypto,
    governances: new Map(founded),
    bodies: new Map(),
    failures: [],
    heads: 0,
    consistencies: 0,
  }
  const byOrigin = Map.groupBy(deliveries, ({ delivery }) => delivery.origin)
  const logs = new Map<string, BuiltLog>()
  // Governance first: it says whose keys sign everything else.
  const origins = [...byOrigin.keys()].sort((one, other) => Number(isGovernance(other)) - Number(isGovernance(one)))
  for (const origin of origins) {
    const { prefix } = parseOrigin(origin)
    const party = genesis.value.parties.find((item) => item.prefix === prefix)!.party
    const channel = isGovernance(origin) ? governanceChannel : genesis.value.channel
    logs.set(origin, await buildLog(building, { origin, party, channel }, byOrigin.get(origin)!, built))
  }
  return { ...building, logs }
}

function isGovernance(origin: string): boolean {
  return origin.endsWith(`/${governanceChannel}`)
}

async function buildLog(
  building: Building,
  log: Pick<BuiltLog, 'origin' | 'party' | 'channel'>,
  frames: Frames,
  built: () => void,
): Promise<BuiltLog> {
  const { bodies, crypto, failures } = building
  const tree = new MemoryTree(crypto)
  const entries: Uint8Array[] = []
  let frontier = Frontier.empty(crypto)
  for (const { delivery } of frames) {
    try {
      if (log.channel === governanceChannel) await leadOn(building, log.party, delivery.from, delivery.entries)
      const head = await openLogHead(building, log, delivery.head)
      const verified = verifyDelivery(crypto, { origin: log.origin, frontier }, delivery, head)
      building.heads += 1
      if (delivery.proof.length > 0) building.consistencies += 1
      frontier = verified.frontier
      for (const accepted of verified.accepted) {
        tree.append(accepted.leafHash)
        entries.push(accepted.bytes)
      }
    } catch (error) {
      if (!(error instanceof RecordError)) throw error
      failures.push({ code: error.code, where: `${log.origin}:${delivery.from}`, detail: error.message })
      break
    }
    const opened = openDeliveredBodies(crypto, delivery)
    for (const [digest, bytes] of opened.bodies) bodies.set(digest, bytes)
    for (const digest of opened.refused) {
      failures.push({ code: 'body.ciphertext', where: digest, detail: 'the body is not the one it is named' })
    }
    built()
  }
  return { ...log, tree, entries }
}

/** Takes over what governance entries say of keys; what they are worth is judged again by the replay. */
async function leadOn(
  { crypto, governances }: Building,
  party: string,
  start: number,
  entries: readonly Uint8Array[],
): Promise<void> {
  let state = governances.get(party)
  if (state === undefined || start > state.size) return
  for (const bytes of entries.slice(state.size - start)) {
    state = (await judgeGovernance({ crypto, bytes, state, replay: () => false })).state
  }
  governances.set(party, state)
}

/**
 * Opens a head of a log under the key that its party had in force at that size.
 *
 * @throws RecordError `governance.key`, `note.*`, `checkpoint.*`
 */
export async function openLogHead(
  { crypto, governances }: Pick<Building, 'crypto'> & Pick<BuiltLogs, 'governances'>,
  { origin, party }: Pick<BuiltLog, 'origin' | 'party'>,
  note: Uint8Array,
): Promise<Checkpoint> {
  const state = governances.get(party)
  if (state === undefined) throw new RecordError('governance.key', `nothing says whose key signs for ${party}`)
  const { size } = parseCheckpointText(parseNote(note).text)
  const key = createVerifierKey(crypto, 'ed25519', origin, logKeyAt(state, origin, size))
  return openCheckpoint(crypto, note, { origin, keys: [key] })
}
