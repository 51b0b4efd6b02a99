// What a change of people says, as it is kept while it waits for a second administrator.

import type { PersonGrant } from '@parley/api'
import type { OfficialRole } from '@parley/record'

export type ChangeKind = 'add' | 'roles' | 'end' | 'recover' | 'official'

export type Change =
  | { readonly kind: 'add'; readonly name: string; readonly grants: readonly PersonGrant[] }
  | { readonly kind: 'roles'; readonly grants: readonly PersonGrant[] }
  | { readonly kind: 'end' }
  | { readonly kind: 'recover' }
  /** `passkey` is a credential id. */
  | { readonly kind: 'official'; readonly passkey: string; readonly roles: readonly OfficialRole[] }

/** A change that was kept, which this program wrote. */
export function parseChange(data: string): Change {
  return JSON.parse(data) as Change
}
