// An account as the interface of the node knows it, out of what is stored.

import { personRoles } from '@parley/api'
import type { PersonGrant } from '@parley/api'
import type { StoredAccount } from '../db/accounts.ts'
import type { Account } from '../http/handler.ts'

/** Roles that this program does not know open nothing. */
export function grantsOf({ roles }: Pick<StoredAccount, 'roles'>): PersonGrant[] {
  return roles.flatMap(({ channel, role: name }) => {
    const role = personRoles.find((known) => known === name)
    return role === undefined ? [] : [{ role, channel }]
  })
}

export function accountOf(account: StoredAccount): Account {
  return { id: account.id, grants: grantsOf(account) }
}

/** An administrator of the whole node who can sign in. */
export function isAdministrator({ roles, state }: StoredAccount): boolean {
  return state === 'active' && roles.some(({ channel, role }) => role === 'administrator' && channel === null)
}
