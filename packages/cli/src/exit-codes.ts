// The exit codes of every command, and which one an error ends in. docs/cli.md is the list for people.

import { MechanismError } from '@parley/mechanism'
import { RecordError } from '@parley/record'
import { CliError } from './error.ts'

export const exitCodes = {
  ok: 0,
  /** It failed, or what was to be verified does not verify. */
  failed: 1,
  usage: 2,
  /** The node does not answer. */
  unreachable: 3,
  /** A rule of the agreement, or the form of an entry, refuses it. */
  refused: 4,
  /** Somebody else holds it, or it is there already: another time it may work. */
  busy: 5,
} as const

export type Ending = Exclude<keyof typeof exitCodes, 'ok'>

const endings: Readonly<Record<string, Ending>> = {
  'client.unreachable': 'unreachable',
  'act.malformed': 'refused',
  'act.not-allowed': 'refused',
  'act.not-approved': 'refused',
  'change.not-allowed': 'refused',
  'draft.limit': 'refused',
  'export.not-approved': 'refused',
  'draft.moved': 'busy',
  'release.changed': 'refused',
  'release.not-approved': 'refused',
  'release.not-ready': 'refused',
  'entry.malformed': 'refused',
  'entry.refused': 'refused',
  'channel.refused': 'refused',
  'pack.refused': 'refused',
  'act.repeated': 'busy',
  'bundle.recipient': 'refused',
  'channel.exists': 'busy',
  'channel.not-a-party': 'refused',
  'cut.waiting': 'busy',
  'db.busy': 'busy',
  'db.locked': 'busy',
  'entry.not-published': 'busy',
  'home.exists': 'busy',
  'http.busy': 'busy',
  'http.rate': 'busy',
  'lock.held': 'busy',
  'log.busy': 'busy',
  'log.frozen': 'busy',
  'log.read-only': 'busy',
  'node.not-ready': 'busy',
  'node.read-only': 'busy',
  'override.refused': 'refused',
  'peer.busy': 'busy',
}

/** What an error says of itself: a stable code, a rule behind it, and a sentence for developers. */
export interface Told {
  readonly ending: Ending
  readonly code: string
  readonly reason: string | undefined
  readonly detail: string
}

/** Every error of this project carries a stable code; any other is a fault of ours and has the code `internal`. */
export function tell(error: unknown): Told {
  if (!(error instanceof Error)) return { ending: 'failed', code: 'internal', reason: undefined, detail: String(error) }
  const { code, detail, reason } = error as Error & { code?: unknown; detail?: unknown; reason?: unknown }
  if (typeof code !== 'string' || !/^[a-z-]+\.[a-z0-9-]+$/.test(code)) {
    const system = typeof code === 'string' ? `system.${code.toLowerCase()}` : 'internal'
    return { ending: 'failed', code: system, reason: undefined, detail: error.message }
  }
  if (error instanceof CliError) return { ending: error.ending, code, reason: undefined, detail: error.message }
  const ending = Object.hasOwn(endings, code) ? endings[code]! : 'failed'
  if (error instanceof RecordError) return { ending: 'failed', code, reason: undefined, detail: error.message }
  if (error instanceof MechanismError) {
    // A text that cannot be said this way is refused before a node is asked; a pack that is looked at is found wanting.
    const isText = code.startsWith('body-content.')
    return { ending: isText ? 'refused' : 'failed', code, reason: error.problems[0]?.code, detail: error.message }
  }
  // The problem of an interface has its rule in `reason`; an error of a node that is opened here, in `detail`.
  const isProblem = error.name === 'ApiProblem'
  const rule = isProblem ? reason : detail
  return {
    ending,
    code,
    reason: typeof rule === 'string' && rule !== '' ? rule : undefined,
    detail: isProblem && typeof detail === 'string' ? detail : error.message,
  }
}
