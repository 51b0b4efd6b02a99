// Which particulars a body gives is declared by code beside it, so that both sides compute what is missing.

import { listGiven } from '@parley/mechanism'
import type { DataObject, StateObject } from '@parley/api'

const declaring = new Set(['request.opened', 'request.supplemented'])

/** The data with the particulars of the body, for the types that declare them; what is declared already stays. */
export function declareParticulars(type: string, data: DataObject, body: StateObject | undefined): DataObject {
  const given = listGiven(body?.['fields'] as Record<string, string> | undefined)
  if (!declaring.has(type) || data['particulars'] !== undefined || given.length === 0) return data
  return { ...data, particulars: [...given] }
}
