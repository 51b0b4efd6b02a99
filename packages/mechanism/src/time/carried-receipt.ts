// A receipt in the data of an act: the mirror cosignature of another party over the log that the act stands in, so that what
// that party certainly held, and by when, is in the record although it says nothing itself. The record verifies it.

import type { CanonicalObject, CarriedReceipt } from '@parley/record'
import { checkShape, integer, object, party, second, signature } from '../shape.ts'

/** The field of that name in the data of the types below. The node of the author fills it in, never a person. */
export const receiptField = 'receipt'

export const receiptShape = object({
  /** The party that cosigned. */
  party: party(),
  /** How many entries the head holds that it cosigned: all those before, and never the act itself. */
  size: integer(1, Number.MAX_SAFE_INTEGER),
  /** Unix seconds, by the cosigner's clock. */
  time: second(),
  signature: signature(),
})

const carriers: ReadonlySet<string> = new Set(['request.chased'])

/** True for the types whose data may carry a receipt. */
export function carriesReceipt(type: string): boolean {
  return carriers.has(type)
}

/** The receipt in the data of an act of this type, if there is one and it has its form. */
export function carriedReceipt(type: string, data: CanonicalObject): CarriedReceipt | undefined {
  if (!carriesReceipt(type) || !Object.hasOwn(data, receiptField)) return undefined
  const checked = checkShape(receiptShape, data[receiptField])
  return checked.kind === 'value' ? checked.value : undefined
}
