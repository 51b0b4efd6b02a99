// The words that name things on the wire: parties, channels, digests, origins, codes and moments. Shapes only; what
// they stand for is not known here.

import { z } from './zod.ts'
import { codeLengthMax, cursorLengthMax, entryTypeLengthMax, originLengthMax, pageSizeMax } from './limits.ts'

/** SHA-256, in lower-case hexadecimal. */
export const digest = z.string().regex(/^[0-9a-f]{64}$/)
/** SHA-256 of a log's origin: the log's name in URLs. */
export const logId = z.string().regex(/^[0-9a-f]{64}$/)
export const channelId = z.string().regex(/^[0-9a-f]{32}$/)
export const partyId = z.string().regex(/^[a-z][a-z0-9-]{0,15}$/)
/** The pseudonym of an official's key. */
export const officialId = z.string().regex(/^[0-9a-f]{32}$/)
export const packId = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/)
/** A log's origin line: a URL without its scheme. */
export const origin = z.string().min(1).max(originLengthMax)
export const entryType = z
  .string()
  .max(entryTypeLengthMax)
  .regex(/^[a-z]+(\.[a-z]+)+$/)
/** A stable word of a closed list that an agreement pack or the mechanism owns: a kind, a status, a reason. */
export const code = z
  .string()
  .max(codeLengthMax)
  .regex(/^[a-z0-9][a-z0-9.-]*$/)
/** A language tag of BCP 47, as far as the packs use them. */
export const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/)
/** 32 bytes in base64: a tree hash or a root. */
export const hashText = z.base64().length(44)

/** Milliseconds since the epoch, UTC. */
export const moment = z.int().min(0)
/** Seconds since the epoch, UTC, as cosignatures carry them. */
export const unixSeconds = z.int().min(0)
/** A number of entries, or the place of one. */
export const size = z.int().min(0)
/** Opaque: only the node that gave it can read it. */
export const cursor = z
  .string()
  .max(cursorLengthMax)
  .regex(/^[A-Za-z0-9_-]+$/)

/**
 * A whole number in a path or a query string: decimal digits without sign or leading zero. This is the only conversion in the
 * contract; everything else is taken as the type it arrives in.
 */
export function integerText(min: number, max: number) {
  return z.codec(z.string().regex(/^(0|[1-9][0-9]{0,15})$/), z.int().min(min).max(max), {
    decode: (text) => Number(text),
    encode: (value) => String(value),
  })
}

/** The number of items wanted on one page. */
export const pageLimit = integerText(1, pageSizeMax)

/** What an entry's `data` may hold: no null, whole numbers only. */
export type DataValue = string | number | boolean | DataValue[] | { [field: string]: DataValue }
export const dataValue: z.ZodType<DataValue> = z.lazy(() =>
  z.union([z.string(), z.int(), z.boolean(), z.array(dataValue), z.record(z.string(), dataValue)]),
)
export const dataObject = z.record(z.string(), dataValue)
export type DataObject = z.output<typeof dataObject>

/** What the mechanism computes, and what a body says: as `DataValue`, and null for what is known to be absent. */
export type StateValue = string | number | boolean | null | StateValue[] | { [field: string]: StateValue }
export const stateValue: z.ZodType<StateValue> = z.lazy(() =>
  z.union([z.string(), z.int(), z.boolean(), z.null(), z.array(stateValue), z.record(z.string(), stateValue)]),
)
export const stateObject = z.record(z.string(), stateValue)
export type StateObject = z.output<typeof stateObject>

/** A moment as the evidence knows it: not before, not after; null where nothing bounds that side. */
export const interval = z.strictObject({ notBefore: moment.nullable(), notAfter: moment.nullable() })
export type Interval = z.output<typeof interval>

/** One page of a list. `next` is null on the last page. */
export function page<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ items: z.array(item).max(pageSizeMax), next: cursor.nullable() })
}
