// Every refusal the HTTP interface can give, as a problem document of RFC 9457 with a stable code. Codes are added and
// never renamed; titles are for developers, the console has its own words for each code.

import { code as codeText } from './identifiers.ts'
import { z } from './zod.ts'

/** The status and the title of each code: the one list that the server, the client and the OpenAPI document share. */
export const problems = {
  // the shell
  'http.not-found': { status: 404, title: 'There is nothing at this address' },
  'http.method': { status: 405, title: 'This address does not take this method' },
  'http.host': { status: 421, title: 'This host name is not one of the node’s own' },
  'http.origin': { status: 403, title: 'The request does not prove that it comes from the node’s own pages' },
  'http.credentials': { status: 401, title: 'Nobody is signed in' },
  'http.forbidden': { status: 403, title: 'This needs another role or another kind of sign-in' },
  'http.media-type': { status: 415, title: 'This media type is not accepted here' },
  'http.too-large': { status: 413, title: 'The body is larger than this operation takes' },
  'http.body': { status: 400, title: 'The body is missing, unwanted or was cut short' },
  'http.json': { status: 400, title: 'The body is not JSON as this interface takes it' },
  'http.query': { status: 400, title: 'The query string is not as this operation takes it' },
  'http.invalid': { status: 400, title: 'Fields are missing, unknown or out of bounds' },
  'http.rate': { status: 429, title: 'Too many requests' },
  'http.busy': { status: 503, title: 'The node has too much in hand' },
  'http.internal': { status: 500, title: 'The node failed' },
  // signing in
  'session.step-up': { status: 403, title: 'This needs the person to be verified again' },
  'session.token': { status: 401, title: 'This token opens nothing here' },
  'session.not-found': { status: 404, title: 'There is no such session' },
  'sign-in.refused': { status: 401, title: 'This does not sign anybody in here' },
  'sign-in.unavailable': { status: 409, title: 'This way of signing in is not open here' },
  'enrolment.refused': { status: 403, title: 'The invitation or the passkey cannot be used' },
  'passkey.not-found': { status: 404, title: 'There is no such passkey' },
  'passkey.last': { status: 409, title: 'The last passkey of an account is not given up' },
  // people
  'person.not-found': { status: 404, title: 'There is no such person' },
  'change.not-found': { status: 404, title: 'No such change waits' },
  'change.not-allowed': { status: 409, title: 'The rules about people do not allow this change' },
  'export.not-approved': { status: 403, title: 'So much leaves only after a second person’s approval and a delay' },
  // the node
  'node.not-ready': { status: 503, title: 'The node is not ready' },
  'node.read-only': { status: 503, title: 'The node is read-only' },
  'node.storage': { status: 507, title: 'The node cannot write to its disk' },
  // what is asked for is not there, or not for this caller: the two are never told apart
  'channel.not-found': { status: 404, title: 'There is no such channel' },
  'channel.exists': { status: 409, title: 'The channel is known here already' },
  'channel.refused': { status: 400, title: 'The genesis and the cards do not make this party a member of a channel' },
  'request.not-found': { status: 404, title: 'There is no such request' },
  'call.not-found': { status: 404, title: 'There is no such call' },
  'agreement.not-found': { status: 404, title: 'The node does not hold this agreement’s pack' },
  'pack.refused': { status: 400, title: 'The agreement pack is broken' },
  'log.not-found': { status: 404, title: 'There is no such log' },
  'entry.not-found': { status: 404, title: 'There is no such entry' },
  'fork-proof.not-found': { status: 404, title: 'No fork of this log is known' },
  'body.not-found': { status: 404, title: 'There is no such body' },
  'peer.not-found': { status: 404, title: 'There is no such peer' },
  'cursor.malformed': { status: 400, title: 'This cursor was not given by this list' },
  'filter.malformed': { status: 400, title: 'There is no word in what is to be searched for' },
  'filter.not-found': { status: 404, title: 'There is no filter of this name' },
  'filter.too-many': { status: 409, title: 'No more filters can be kept' },
  'notice.preferences': { status: 400, title: 'Mail needs an address, and the time zone must be one there is' },
  'calendar.not-found': { status: 404, title: 'There is no such calendar' },
  'webhook.address': { status: 400, title: 'This address may not be told' },
  'webhook.not-found': { status: 404, title: 'There is no such webhook' },
  'webhook.too-many': { status: 409, title: 'No more webhooks can be kept' },
  // writing
  'act.malformed': { status: 400, title: 'The act is not shaped as its type demands' },
  'act.not-allowed': { status: 409, title: 'The rules do not allow this act now' },
  'act.not-approved': { status: 403, title: 'The officials who must approve this act have not' },
  'act.repeated': { status: 409, title: 'The idempotency key was used for another act' },
  'entry.malformed': { status: 400, title: 'The entry is not an entry' },
  'entry.refused': { status: 409, title: 'The entry would not be valid in this log' },
  'entry.not-published': { status: 409, title: 'No signed checkpoint covers this entry yet' },
  'log.frozen': { status: 409, title: 'The log is frozen because a fork was seen' },
  'cut.waiting': { status: 409, title: 'The cut names entries that have not arrived yet' },
  // drafts and release
  'draft.not-found': { status: 404, title: 'There is no such draft' },
  'draft.moved': { status: 409, title: 'The draft has been changed meanwhile' },
  'draft.limit': { status: 409, title: 'The draft is too long, or there are too many' },
  'release.not-found': { status: 404, title: 'Nothing of this draft waits for release' },
  'release.changed': { status: 409, title: 'What waits for release is not what was meant' },
  'release.not-approved': { status: 403, title: 'This approval may not be given' },
  'release.not-ready': { status: 409, title: 'This may not leave as it is' },
  // bodies
  'body.malformed': { status: 400, title: 'The sealed body is not the one the entry commits to' },
  'body.sealed': { status: 409, title: 'This node holds no key that opens the body' },
  'body.mismatch': { status: 409, title: 'What the body holds is not what its entry commits to' },
  'body.missing': { status: 409, title: 'The body has not arrived' },
  'body.erased': { status: 410, title: 'The body was erased' },
  // evidence
  'evidence.not-found': { status: 404, title: 'There is no such item of evidence' },
  'evidence.missing': { status: 409, title: 'The file of this item is not held here' },
  'evidence.damaged': { status: 409, title: 'The file of this item is not what its entry commits to' },
  'evidence.unstated': { status: 409, title: 'The file is handed out only after the record says what for' },
  'upload.not-found': { status: 404, title: 'There is no such upload' },
  'upload.offset': { status: 409, title: 'The upload goes on at another offset' },
  'upload.length': { status: 413, title: 'The file is longer than it may be, or than was announced' },
  'upload.limit': { status: 409, title: 'Too many uploads are open' },
  'upload.checksum': { status: 460, title: 'The bytes are not those of their checksum' },
  'upload.version': { status: 412, title: 'This version of the upload protocol is not spoken here' },
  'upload.metadata': { status: 400, title: 'What is said of the file is not as it should be' },
  // peers and bundles
  'peer.busy': { status: 409, title: 'A test of this peer is under way' },
  'override.refused': { status: 409, title: 'The node does not go on without this party' },
  'bundle.malformed': { status: 400, title: 'The bundle is not a bundle' },
  'bundle.recipient': { status: 409, title: 'The bundle is not for this node' },
  'case-file.too-large': { status: 409, title: 'The case has more acts than one document shows' },
  'bundle.too-large': { status: 409, title: 'The bundle would be too large for HTTP' },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemCode = keyof typeof problems

/** The codes, in the order of the list. */
export const problemCodes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]]

/** Why the contract itself refuses a field. What is behind the contract has further codes of its own. */
export type FieldCode = 'missing' | 'unknown' | 'type' | 'format' | 'too-small' | 'too-large' | 'value'

/** One field that was refused: where (RFC 6901) and why. */
export const fieldProblem = z.strictObject({ pointer: z.string(), code: codeText })
export type FieldProblem = z.output<typeof fieldProblem>

export const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string(),
  code: z.enum(problemCodes),
  /** Names this occurrence; the node's log carries the same identifier. */
  instance: z.string(),
  /** The code of the rule, or of the record's own refusal, that stands behind this one. */
  reason: codeText.optional(),
  errors: z.array(fieldProblem).optional(),
})
export type Problem = z.output<typeof problem>

export const problemMediaType = 'application/problem+json'

/** The `type` of a problem document: a name, not an address, so that reading an error needs no network. */
export function problemType(code: ProblemCode): string {
  return `urn:parley:problem:${code}`
}
