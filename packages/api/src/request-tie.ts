// What binds one request to others: what is asked twice, what one names of another and as what, and where a request was taken
// on to. And what can be said of a request's words before they are sent.

import { channelId, code, digest, partyId } from './identifiers.ts'
import { tiesMax } from './limits.ts'
import { z } from './zod.ts'

/** Another request in few words. */
export const requestSummary = z.strictObject({
  id: digest,
  channel: channelId,
  requesting: partyId,
  requested: partyId,
  kind: code,
  status: code,
  /** From the opened body; null while this node cannot read it. */
  title: z.string().nullable(),
})
export type RequestSummary = z.output<typeof requestSummary>

/** A request about the same matter: both carry an equal keyed digest. */
export const alsoAsked = z.strictObject({ request: requestSummary, shared: z.int().min(1) })
export type AlsoAsked = z.output<typeof alsoAsked>

export const requestLink = z.strictObject({
  /** `extension`, `follow-up`, `related`, `converted` to formal assistance, `forwarded` to the competent authority. */
  kind: z.enum(['extension', 'follow-up', 'related', 'converted', 'forwarded']),
  /** `names`: the viewed request says it of the other. `named`: the other says it of the viewed one. */
  direction: z.enum(['names', 'named']),
  /** The other request: null when it is none of this mechanism. */
  request: requestSummary.nullable(),
  /** The id that is named, also of a request that is not here. */
  id: digest.optional(),
  /** The channel of formal assistance, or the kind of authority and its office. */
  by: code.optional(),
  office: code.optional(),
})
export type RequestLink = z.output<typeof requestLink>

export const ties = {
  alsoAsked: z.array(alsoAsked).max(tiesMax),
  links: z.array(requestLink).max(3 * tiesMax),
}

/** What is said of an act's content before it leaves; it keeps nothing from leaving but the ceiling. */
export const contentChecks = z.strictObject({
  /** Particulars that the request would lack, by the code that the receiver returns it by. */
  missing: z.array(code),
  /** The strictest marking that may travel in the channel; null where nothing rules it. */
  ceiling: code.nullable(),
  /** Whether the marking is stricter than that: then it is refused. */
  aboveCeiling: z.boolean(),
  alsoAsked: ties.alsoAsked,
  /** Names of attachments whose item of evidence is not here, or is not sealed to another party. */
  loose: z.array(z.string()),
})
export type ContentChecks = z.output<typeof contentChecks>
