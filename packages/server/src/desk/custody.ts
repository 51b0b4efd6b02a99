// Lets the files follow the record: what was handed to us is fetched in the background and its receipt recorded when it is
// held and verified; what we have erased in the record is erased on the disk. Everything is found again from the states, so
// a crash between the two loses nothing.

import type { EvidenceState, SubjectState } from '@parley/mechanism'
import { listSubjects } from '../db/subjects.ts'
import { fetchItem } from '../evidence/fetch-item.ts'
import type { ItemSource } from '../evidence/fetch-item.ts'
import { ServerError } from '../error.ts'
import type { ParleyNode } from '../node.ts'
import { recordAct } from './act.ts'

const retryMilliseconds = 5_000
const sweepMilliseconds = 60 * 60 * 1000
const rowsPerPage = 200

export interface Custody {
  /** Resolves when what is under way has stopped. */
  close(): Promise<void>
}

export interface CustodyParts {
  /** How a party is asked for an item of a channel. */
  readonly source: (party: string, channel: string, id: string) => ItemSource
  /** Hears what went wrong with whom. */
  readonly failed: (party: string, error: unknown) => void
}

export function startCustody(node: ParleyNode, { failed, source }: CustodyParts): Custody {
  const { clock, evidence, registry } = node
  const stopping = new AbortController()
  /** Items to look at; `undefined` stands for all of them. */
  const waiting = new Map<string, { readonly channel: string; readonly id: string }>()
  let running: Promise<void> | undefined
  let sweptAt = clock()

  async function follow(channel: string, id: string, state: EvidenceState): Promise<void> {
    const own = state.custody.find(({ party }) => party === registry.self)
    if (own === undefined) return
    if (own.erased !== undefined) return evidence.folder.erase(state.ciphertext)
    if (own.given === undefined || own.received !== undefined) return
    try {
      await fetchItem(node.crypto, evidence.folder, state, source(state.from, channel, id), stopping.signal)
    } catch (error) {
      if (!stopping.signal.aborted) failed(state.from, error)
      return
    }
    await recordAct(node, channel, {
      type: 'evidence.received',
      subject: id,
      data: {},
      ...(state.exercise ? { exercise: true } : {}),
      idempotencyKey: `evidence.received ${id}`,
    }).catch((error: unknown) => {
      // A log that may not be added to now is tried again at the next round.
      if (!(error instanceof ServerError)) throw error
      failed(registry.self, error)
    })
  }

  async function addAll(): Promise<void> {
    const channels = registry.channels().map(({ channel }) => channel)
    for (let before: number | undefined; ;) {
      const filter = { channels, topic: 'evidence', limit: rowsPerPage }
      const rows = await listSubjects(node.database.reader, before === undefined ? filter : { ...filter, before })
      for (const { channel, id, state } of rows) {
        const item = (JSON.parse(state) as Extract<SubjectState, { topic: 'evidence' }>).state
        if (needsWork(item, registry.self)) waiting.set(`${channel} ${id}`, { channel, id })
      }
      before = rows.at(-1)?.changed
      if (rows.length < rowsPerPage || before === undefined) return
    }
  }

  async function work(): Promise<void> {
    for (const [key, { channel, id }] of waiting) {
      waiting.delete(key)
      if (stopping.signal.aborted) return
      const state = await evidence.readItem(channel, id)
      if (state !== undefined) await follow(channel, id, state)
    }
  }

  function wake(): void {
    if (running !== undefined || stopping.signal.aborted) return
    running = work()
      .catch((error: unknown) => failed(registry.self, error))
      .finally(() => {
        running = undefined
        if (waiting.size > 0) wake()
      })
  }

  const forget = node.listen((change) => {
    if (change.kind !== 'subject' || change.subject.topic !== 'evidence') return
    const { channel, subject } = change.subject
    waiting.set(`${channel} ${subject}`, { channel, id: subject })
    wake()
  })
  async function round(): Promise<void> {
    await addAll()
    wake()
    if (clock() - sweptAt < sweepMilliseconds) return
    sweptAt = clock()
    await evidence.uploads.sweep()
  }
  const tick = (): void => {
    round().catch((error: unknown) => failed(registry.self, error))
  }
  const ticking = setInterval(tick, retryMilliseconds)
  tick()

  return {
    async close() {
      clearInterval(ticking)
      forget()
      stopping.abort()
      await running
    },
  }
}

function needsWork(state: EvidenceState, self: string): boolean {
  const own = state.custody.find(({ party }) => party === self)
  if (own === undefined) return false
  return own.erased !== undefined || (own.given !== undefined && own.received === undefined)
}
