// Accounts of people, and the roles that each holds: for the whole node, or in one channel.

import type { AccountState } from './schema.ts'
import { insertRows, write } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

export interface StoredRole {
  readonly role: string
  /** Null for the whole node. */
  readonly channel: string | null
}

export interface StoredAccount {
  readonly id: string
  readonly name: string
  readonly state: AccountState
  /** Unix milliseconds. */
  readonly created: number
  readonly roles: readonly StoredRole[]
}

/** Refused (`db.conflict`) when the id is known. */
export function addAccount(account: Omit<StoredAccount, 'roles'>): Statement {
  return write((db) => db.insertInto('accounts').values(account))
}

/** Refused (`db.conflict`) unless the account is in one of the states. */
export function putAccountState(id: string, state: AccountState, from: readonly AccountState[]): Statement {
  return write((db) => db.updateTable('accounts').set({ state }).where('id', '=', id).where('state', 'in', from), 1)
}

const insertRoles = insertRows('account_roles', ['account', 'role', 'channel'])

/** The account holds exactly these roles from now on. */
export function putRoles(account: string, roles: readonly StoredRole[]): Statement[] {
  const rows = roles.map(({ channel, role }) => ({ account, role, channel: channel ?? '' }))
  return [write((db) => db.deleteFrom('account_roles').where('account', '=', account)), ...insertRoles(rows)]
}

/** Every account, by name; of those with an id, when it is given. */
export async function listAccounts(reader: Reader, id?: string): Promise<StoredAccount[]> {
  const accounts = reader
    .selectFrom('accounts')
    .select(['id', 'name', 'state', 'created'])
    .orderBy('name')
    .orderBy('id')
  const roles = reader.selectFrom('account_roles').select(['account', 'role', 'channel'])
  const [rows, held] = await Promise.all([
    (id === undefined ? accounts : accounts.where('id', '=', id)).execute(),
    (id === undefined ? roles : roles.where('account', '=', id)).orderBy('role').orderBy('channel').execute(),
  ])
  return rows.map((row) => ({
    ...row,
    roles: held
      .filter(({ account }) => account === row.id)
      .map(({ channel, role }) => ({ role, channel: channel === '' ? null : channel })),
  }))
}

export async function readAccount(reader: Reader, id: string): Promise<StoredAccount | undefined> {
  return (await listAccounts(reader, id))[0]
}
