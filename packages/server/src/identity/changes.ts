// What a change of people says, as it is kept while it waits for a second administrator.

import type { PersonGrant } from '@parley/api'
import type { OfficialRole } from '@parley/record'

export type ChangeKind = 'add' | 'roles' | 'end' | 'recover' | 'official' | 'export'

export type Change =
  | { readonly kind: 'add'; readonly name: string; readonly grants: readonly PersonGrant[] }
  | { readonly kind: 'roles'; readonly grants: readonly PersonGrant[] }
  | { readonly kind: 'end' }
  | { readonly kind: 'recover' }
  /** That the person may take much out of a channel, when the delay is over. */
  | { readonly kind: 'export'; readonly channel: string }
  | (OfficialKey & { readonly kind: 'official'; readonly roles: readonly OfficialRole[] })

/** By its credential id, or an Ed25519 key (base64) that its owner has proven to hold. */
type OfficialKey = { readonly passkey: string } | { readonly passkey: null; readonly key: string }

/** A change that was kept, which this program wrote. */
export function parseChange(data: string): Change {
  return JSON.parse(data) as Change
}
