// Which person a subject of an OpenID provider is. The pair of issuer and subject decides, and nothing else does.

import { write } from './statement.ts'
import type { Reader, Statement } from './statement.ts'

export interface OidcLink {
  readonly issuer: string
  readonly subject: string
  readonly account: string
  /** Unix milliseconds. */
  readonly created: number
}

/** Refused (`db.conflict`) when the subject is linked already. */
export function addOidcLink(link: OidcLink): Statement {
  return write((db) => db.insertInto('oidc_links').values(link))
}

export function removeOidcLinks(account: string): Statement {
  return write((db) => db.deleteFrom('oidc_links').where('account', '=', account))
}

export function readOidcLink(reader: Reader, issuer: string, subject: string): Promise<OidcLink | undefined> {
  return reader
    .selectFrom('oidc_links')
    .select(['issuer', 'subject', 'account', 'created'])
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst()
}
