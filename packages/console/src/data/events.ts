// Listens to what changes at the node and marks what was read as stale. An event says where to look and never what
// changed, so nothing is taken from it.

import type { NodeEvent } from '@parley/api'
import { ApiProblem } from '@parley/api/client'
import type { OperationName } from '@parley/api'
import type { QueryClient } from '@tanstack/react-query'
import { client } from './client.ts'

/** The operations whose answers a topic can change. */
const concerned: Record<NodeEvent['topic'], readonly OperationName[]> = {
  draft: ['listDrafts', 'viewDraft', 'joinDraft'],
  release: ['listReleases', 'viewRelease'],
  entry: [
    'listLogs',
    'listEntries',
    'viewRequest',
    'viewEvidence',
    'viewCall',
    'viewAgreement',
    'viewDirectory',
    'viewCut',
  ],
  standing: [
    'viewEntry',
    'listEntries',
    'viewRequest',
    'viewEvidence',
    'listInbox',
    'listCalls',
    'viewCall',
    'viewAgreement',
    'listLogs',
    'listCosignatures',
  ],
  request: ['listInbox', 'viewRequest', 'listChannels', 'viewCut'],
  evidence: ['listEvidence', 'viewEvidence', 'listUploads'],
  hotline: ['listCalls', 'viewCall', 'viewCallFigures', 'viewCut'],
  ping: ['listPings', 'viewDirectory', 'viewCut'],
  directory: ['viewDirectory', 'viewCut'],
  log: ['listLogs', 'listEntries', 'listCosignatures', 'viewCut'],
  peer: ['listPeers'],
  channel: ['listChannels', 'viewChannel', 'viewAgreement'],
  node: ['viewNode'],
}

const retrySecondsFirst = 1
const retrySecondsMax = 30
const gatherMilliseconds = 250

/** Whether an answer under this key may be changed by the event. */
export function isConcerned(event: NodeEvent, key: readonly unknown[]): boolean {
  const [name, input] = key
  if (typeof name !== 'string' || !concerned[event.topic]?.some((operation) => operation === name)) return false
  if (event.id === undefined) return true
  // Keys hold the identifiers of what was asked for: a page on another request need not be read again.
  const one =
    name === 'viewRequest' ||
    name === 'viewEvidence' ||
    name === 'viewEntry' ||
    name === 'listEntries' ||
    name === 'listCosignatures'
  return !one || event.topic === 'entry' || event.topic === 'standing' || JSON.stringify(input).includes(event.id)
}

export interface Listener {
  /** Told once for each burst of changes. */
  readonly onChange: (topics: ReadonlySet<NodeEvent['topic']>) => void
  /** The session has ended, and with it the stream. */
  readonly onSignedOut: () => void
}

/**
 * Listens until the signal aborts, through losses of the link. Nothing is sent again by the node, so after each new
 * start everything is stale.
 */
export async function followEvents(queries: QueryClient, signal: AbortSignal, listener: Listener): Promise<void> {
  let wait = retrySecondsFirst
  let first = true
  while (!signal.aborted) {
    try {
      const events = await client.streamEvents({}, { signal })
      if (!first) void queries.invalidateQueries()
      first = false
      wait = retrySecondsFirst
      await readGathered(events, queries, listener.onChange)
    } catch (problem) {
      if (problem instanceof ApiProblem && problem.code === 'http.credentials') {
        listener.onSignedOut()
        return
      }
    }
    await pause(wait * 1000, signal)
    wait = Math.min(retrySecondsMax, wait * 2)
  }
}

/** A burst of events, such as a peer catching up, makes each answer stale once. */
async function readGathered(
  events: AsyncIterable<NodeEvent>,
  queries: QueryClient,
  onChange: (topics: ReadonlySet<NodeEvent['topic']>) => void,
) {
  let gathered: NodeEvent[] = []
  const flush = () => {
    const burst = gathered
    gathered = []
    void queries.invalidateQueries({ predicate: ({ queryKey }) => burst.some((event) => isConcerned(event, queryKey)) })
    onChange(new Set(burst.map((event) => event.topic)))
  }
  for await (const event of events) {
    if (gathered.length === 0) setTimeout(flush, gatherMilliseconds)
    gathered.push(event)
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
