// Which guidelines rule a request: those of the pack in force as the author of its opening had seen. A later pack changes
// no request that is under way.

import { listVisible, type Act } from '../act.ts'
import { viewInForce } from '../agreement.ts'
import type { Guidelines } from '../guidelines/shape.ts'
import type { Pack } from '../pack.ts'

/** Undefined where no pack was in force, it is not at hand, or it has no guidelines. */
export function guidelinesOf(
  opening: Act,
  {
    agreement,
    pack,
    parties,
  }: {
    readonly agreement: readonly Act[]
    readonly parties: readonly string[]
    readonly pack: (digest: string) => Pack | undefined
  },
): Guidelines | undefined {
  const digest = viewInForce(listVisible(agreement, opening), parties)
  return digest === undefined ? undefined : pack(digest)?.guidelines
}
