// Rows for tests of the store: plausible, made from a number, and small.

import { createHash } from 'node:crypto'
import type { Database } from '../src/db/database.ts'
import { DatabaseError } from '../src/db/error.ts'
import type { StoredEntry } from '../src/db/entries.ts'
import { addLog } from '../src/db/logs.ts'

/** 32 bytes that depend on the text. */
export function digestOf(text: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(text).digest())
}

/** A valid entry at this position. */
export function sampleEntry(log: number, position: number, change: Partial<StoredEntry> = {}): StoredEntry {
  return {
    log,
    position,
    digest: digestOf(`entry ${log} ${position}`),
    type: 'request.opened',
    subject: digestOf(`subject ${log} ${position}`).toHex(),
    at: 1_443_200_000_000 + position,
    verdict: 'valid',
    code: null,
    bodyCiphertext: null,
    bytes: new TextEncoder().encode(`entry ${log} ${position}`),
    ...change,
  }
}

/** An empty log in the channel. */
export function sampleLog(id: number, channel = 'c'.repeat(32)): ReturnType<typeof addLog> {
  return addLog({
    id,
    origin: `party${id}.parley.example/c/${channel}`,
    party: `party${id}`,
    channel,
    own: id === 1,
    root: digestOf(''),
    frontier: new Uint8Array(),
  })
}

/** Adds empty logs 1 to `count`, all in one channel. */
export async function addSampleLogs(database: Database, count: number): Promise<void> {
  await database.writer.commit(Array.from({ length: count }, (_, i) => sampleLog(i + 1)).flat())
}

/** The code that `attempt` is refused with, or 'accepted'. Any other kind of failure is rethrown: it is a crash. */
export async function refusalOf(attempt: () => unknown): Promise<string> {
  try {
    await attempt()
    return 'accepted'
  } catch (error) {
    if (error instanceof DatabaseError) return error.code
    throw error
  }
}
