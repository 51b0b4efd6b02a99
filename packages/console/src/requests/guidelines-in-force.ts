// The guidelines by which a request that is being written will be ruled: those of the agreement in force, if it has any.

import type { AgreementView } from '@parley/api'
import type { Guidelines } from '@parley/mechanism'

export function guidelinesInForce(agreement: AgreementView | undefined): Guidelines | undefined {
  if (agreement === undefined || agreement.inForce?.pack !== agreement.pack.digest) return undefined
  return (agreement.pack.guidelines ?? undefined) as unknown as Guidelines | undefined
}
