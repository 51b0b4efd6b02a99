// How far an account reaches: in which channels it holds one of the roles that an operation names.

import type { Operation, Role } from '@parley/api'
import { HttpError } from './error.ts'
import type { Account, Caller } from './handler.ts'

/** Says of a channel's id, or of `governance`, whether what is in it may be shown to the caller of this operation. */
export type Reach = (channel: string) => boolean

/** Whether an account holds one of the roles in a channel, or, without one, for the whole node. */
export function holdsRole(account: Account, roles: readonly Role[], channel?: string): boolean {
  return account.grants.some((grant) => roles.includes(grant.role) && (grant.channel ?? channel) === channel)
}

/** What an operation may show to its caller. Governance logs say who a party is and are for everybody who may ask at all. */
export function reachOf({ policy }: Operation, caller: Caller): Reach {
  if (caller.kind === 'anonymous' || policy.access !== 'roles') return () => false
  return (channel) => channel === 'governance' || holdsRole(caller.account, policy.roles, channel)
}

/**
 * Refuses a caller who does not hold one of the operation's roles where it must be held.
 *
 * @param channel the channel that the path names, as it stands there
 * @throws {HttpError} `channel.not-found` when the caller holds no role in that channel, `http.forbidden`
 */
export function checkRoles({ policy }: Operation, account: Account, channel: string | undefined): void {
  if (policy.access !== 'roles') return
  const { roles, scope } = policy
  switch (scope) {
    case 'node':
      if (!holdsRole(account, roles)) throw forbidden()
      return
    case 'any':
      if (!account.grants.some(({ role }) => roles.includes(role))) throw forbidden()
      return
    case 'channel':
      // Whether a channel exists is nobody's business who has no part in it.
      if (!account.grants.some((grant) => grant.channel === null || grant.channel === channel)) {
        throw new HttpError('channel.not-found', 'There is no such channel')
      }
      if (!holdsRole(account, roles, channel)) throw forbidden()
  }
}

function forbidden(): HttpError {
  return new HttpError('http.forbidden', 'This takes a role that the account does not hold')
}
