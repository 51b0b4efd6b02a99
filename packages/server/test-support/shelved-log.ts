// A log on a real shelf in a real database, without a node: for tests of what lies between the core's batches and the rows.

import { Frontier, leafHash, signCheckpoint } from '@parley/record'
import { emptyCore } from '@parley/record/core'
import type { Batch, CoreState, Extension } from '@parley/record/core'
import { createSigner, nodeCrypto } from '@parley/record/node'
import type { Database } from '../src/db/database.ts'
import { insertEntries } from '../src/db/entries.ts'
import { openLogShelf } from '../src/log/log-shelf.ts'
import type { LogShelf } from '../src/log/log-shelf.ts'
import type { KnownLog } from '../src/log/registry.ts'

export const shelvedSigner = createSigner(new Uint8Array(32).fill(3))

export interface ShelvedLog {
  readonly shelf: LogShelf
  readonly state: CoreState
  readonly log: KnownLog
  /** Entries as they were appended, for comparison. */
  readonly entries: Uint8Array[]
  /** Appends so many entries in one batch, under a signed head of all of them, as a replica's arrival would. */
  grow(count: number): Promise<void>
  /** The same log on a shelf that was opened anew, as after a start. */
  reopen(): Promise<ShelvedLog>
}

let made = 0

export async function createShelvedLog(database: Database): Promise<ShelvedLog> {
  const name = `p${++made}`
  const origin = `${name}.parley.example/c/${'ab'.repeat(16)}`
  const id = nodeCrypto.sha256(new TextEncoder().encode(origin)).toHex()
  const log: KnownLog = { origin, id, party: name, channel: 'ab'.repeat(16), own: false }
  const state = emptyCore(0)
  const open = (): Promise<LogShelf> =>
    openLogShelf(nodeCrypto, database.reader, (asked) => {
      const held = state.replicas.get(asked)
      return held === undefined ? undefined : { size: held.frontier.size, root: held.root }
    })
  const shelf = await open()
  await database.writer.commit([...shelf.add(log).statements])
  const frontier = Frontier.empty(nodeCrypto)
  state.replicas.set(origin, {
    origin,
    author: name,
    frontier,
    root: frontier.root(),
    head: undefined,
    cosigned: undefined,
    missing: new Map(),
    bodiesDue: 0,
    bodiesFailures: 0,
    frozen: false,
  })
  return createOn(database, shelf, state, log, [], open)
}

function createOn(
  database: Database,
  shelf: LogShelf,
  state: CoreState,
  log: KnownLog,
  entries: Uint8Array[],
  open: () => Promise<LogShelf>,
): ShelvedLog {
  const { origin } = log
  return {
    shelf,
    state,
    log,
    entries,
    async grow(count) {
      const replica = state.replicas.get(origin)!
      const first = replica.frontier.size
      const added = Array.from({ length: count }, (_, i) => new TextEncoder().encode(`entry ${first + i} of ${origin}`))
      const leafHashes = added.map((entry) => leafHash(nodeCrypto, entry))
      const frontier = replica.frontier.copy()
      for (const leaf of leafHashes) frontier.append(leaf)
      const [size, root] = [frontier.size, frontier.root()]
      const head = { size, root, note: await signCheckpoint(nodeCrypto, shelvedSigner, { origin, size, root }) }
      const extension: Extension = { origin, first, entries: added, leafHashes, frontier, root, head }
      const batch: Batch = { ...noBatch, extensions: [extension] }
      const shelved = await shelf.composeBatch(batch, () => [], 1_700_000_000_000)
      const number = shelf.numberOf(origin)
      const rows = added.map((bytes, i) => ({ ...noEntry, log: number, position: first + i, bytes }))
      await database.writer.commit([...shelved.statements, ...insertEntries(rows)])
      shelved.settle()
      Object.assign(replica, { frontier, root, head })
      entries.push(...added)
    },
    reopen: async () => createOn(database, await open(), state, log, entries, open),
  }
}

const noBatch: Batch = {
  extensions: [],
  bodies: [],
  missing: [],
  receipts: [],
  cosignedUntil: 0,
  settles: [],
  refusals: [],
}

const noEntry = {
  digest: null,
  type: null,
  subject: null,
  at: null,
  verdict: 'invalid',
  code: 'json.malformed',
  bodyCiphertext: null,
} as const
