// Going on without a member that does not answer after a start (docs/spec/core.md). The member may hold entries of ours that a
// restored backup has lost, and signing others in their place would be a fork: so two people take it upon themselves, having
// seen which logs wait, and it holds until the node stops. It is known in memory only: a backup must not bring it back.

import { listAccounts } from '../db/accounts.ts'
import { ServerError } from '../error.ts'
import type { Actor } from '../identity/change-rules.ts'
import type { SecurityEvent } from '../identity/security-log.ts'
import type { ParleyNode } from '../node.ts'

/** Who may decide it; held for the whole node. */
export const overrideRoles = ['administrator', 'cochair', 'releasing'] as const
/** For so long does the first person's word wait for the second's. */
export const overrideMillisecondsMax = 60 * 60 * 1000
const peopleDemanded = 2

/** How it stands with one member. Times are Unix milliseconds. */
export type Override =
  | { readonly state: 'asked'; readonly at: number; readonly logs: readonly string[] }
  | { readonly state: 'done'; readonly at: number; readonly logs: readonly string[] }

export interface Overrides {
  /** Origins of our own logs that wait to hear from the member, in order. */
  listHeldUp(party: string): string[]
  view(party: string): Override | undefined
  /**
   * Somebody says to go on without the member, having seen that these logs wait for it; with the second one they open.
   *
   * @throws ServerError `override.refused`, its detail `override.nothing` (no log waits for it), `override.changed` (other logs
   *   wait than these), `override.lost` (the lock names entries that are not here), `override.same-person`,
   *   `override.machine` (there are two people to decide it).
   */
  approve(actor: Actor, party: string, logs: readonly string[]): Promise<Override>
}

interface Asked {
  readonly at: number
  readonly logs: readonly string[]
  readonly actors: readonly Actor[]
}

export interface OverrideParts {
  readonly note: (
    actor: Actor,
    kind: SecurityEvent['kind'],
    detail: NonNullable<SecurityEvent['detail']>,
  ) => Promise<void>
}

export function createOverrides(node: ParleyNode, { note }: OverrideParts): Overrides {
  const { clock, database, driver, state } = node
  const asked = new Map<string, Asked>()
  const done = new Map<string, Override & { readonly state: 'done' }>()

  function listHeldUp(party: string): string[] {
    return [...state.own.values()]
      .filter(({ answered, members, phase }) => phase === 'asking' && members.has(party) && !answered.has(party))
      .map(({ origin }) => origin)
      .sort()
  }

  function isLost(origin: string): boolean {
    const own = state.own.get(origin)
    return own !== undefined && own.frontier.size < own.locked.size
  }

  /** What the first person said, as long as it holds. */
  function askedOf(party: string): Asked | undefined {
    const found = asked.get(party)
    return found === undefined || clock() - found.at > overrideMillisecondsMax ? undefined : found
  }

  async function countOfficers(): Promise<number> {
    const accounts = await listAccounts(database.reader)
    return accounts.filter(
      (account) =>
        account.state === 'active' &&
        account.roles.some(
          ({ channel, role }) => channel === null && (overrideRoles as readonly string[]).includes(role),
        ),
    ).length
  }

  /** Opens what waits for nobody but those whom the party goes on without. */
  function open(): void {
    for (const own of state.own.values()) {
      if (own.phase !== 'asking') continue
      const silent = [...own.members].filter((member) => !own.answered.has(member))
      if (!silent.every((member) => done.get(member)?.logs.includes(own.origin) === true)) continue
      driver.dispatch({ kind: 'overridden', origin: own.origin, at: clock() })
    }
  }

  return {
    listHeldUp,
    view(party) {
      const first = askedOf(party)
      return first === undefined ? done.get(party) : { state: 'asked', at: first.at, logs: first.logs }
    },
    async approve(actor, party, logs) {
      const officers = await countOfficers()
      if (actor.kind === 'machine' && officers >= peopleDemanded) {
        throw refused('override.machine', 'there are two people to decide it')
      }
      const waiting = listHeldUp(party)
      if (waiting.length === 0) throw refused('override.nothing', 'no log waits to hear from that party')
      const known = askedOf(party)
      if (!isSame(logs, waiting) || (known !== undefined && !isSame(known.logs, waiting))) {
        asked.delete(party)
        throw refused('override.changed', 'other logs wait for that party than were named')
      }
      if (waiting.some(isLost)) throw refused('override.lost', 'the lock names entries that are not here')
      const actors = [...(known?.actors ?? []), actor]
      if (known?.actors.some((other) => idOf(other) === idOf(actor)) === true) {
        throw refused('override.same-person', 'the same person has said so already')
      }
      const at = clock()
      if (!isEnough(actors, officers)) {
        asked.set(party, { at, logs: waiting, actors })
        await note(actor, 'override.asked', { party, logs: waiting })
        return { state: 'asked', at, logs: waiting }
      }
      // Nothing is signed on their word before it is written down whose word it was.
      await note(actor, 'override.done', { party, logs: waiting })
      asked.delete(party)
      const made = { state: 'done', at, logs: waiting } as const
      done.set(party, made)
      open()
      return made
    },
  }
}

function refused(reason: string, message: string): ServerError {
  return new ServerError('override.refused', message, { detail: reason })
}

/** The machine stands in for people whom the party does not have, and for no others. */
function isEnough(actors: readonly Actor[], officers: number): boolean {
  const people = actors.filter(({ kind }) => kind === 'person').length
  const machine = actors.some(({ kind }) => kind === 'machine') ? Math.max(0, peopleDemanded - officers) : 0
  return people + machine >= peopleDemanded
}

function idOf(actor: Actor): string {
  return actor.kind === 'person' ? `person ${actor.account}` : 'machine'
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return [...one].sort().join(' ') === [...other].sort().join(' ')
}
