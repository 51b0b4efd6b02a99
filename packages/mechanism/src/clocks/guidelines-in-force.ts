// Which guidelines rule a request: those of the pack in force as the author of its opening had seen. A later pack changes
// no request that is under way.

import { listVisible, type Act } from '../act.ts'
import { viewInForce } from '../agreement.ts'
import type { Guidelines } from '../guidelines/shape.ts'
import type { Pack } from '../pack.ts'

/** What has been agreed in a channel. */
export interface Agreed {
  /** The acts of the agreement. */
  readonly agreement: readonly Act[]
  readonly parties: readonly string[]
  readonly pack: (digest: string) => Pack | undefined
}

/** Undefined where no pack was in force, it is not at hand, or it has no guidelines. */
export function guidelinesOf(opening: Act, { agreement, pack, parties }: Agreed): Guidelines | undefined {
  return guidelinesInForce({ agreement: listVisible(agreement, opening), pack, parties })
}

/** The guidelines that a request opened now would be ruled by. Undefined as above. */
export function guidelinesInForce({ agreement, pack, parties }: Agreed): Guidelines | undefined {
  const digest = viewInForce(agreement, parties)
  return digest === undefined ? undefined : pack(digest)?.guidelines
}
