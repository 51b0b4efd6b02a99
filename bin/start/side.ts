// One party's side of the case: its node, reached as any client would reach it.

import type { Client } from '@parley/api/client'

export interface Side {
  readonly party: string
  /** Where its console and API are. */
  readonly origin: string
  readonly client: Client
  readonly channel: string
  readonly token: string
  /** The token was made by this very start. */
  readonly newToken: boolean
}
