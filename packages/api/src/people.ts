// People and what they may do. A change is proposed by one administrator and approved by another, once there are two; what
// is done alone before that, and by the machine's command line, stands in the security log like everything else.

import { channelId, code, digest, integerText, moment, officialId, pageLimit } from './identifiers.ts'
import { accountIdLengthMax, grantsMax, labelLengthMax, peopleMax, securityDetailLengthMax } from './limits.ts'
import { operation } from './operation.ts'
import { sessionRow } from './own-account.ts'
import { personRole } from './role.ts'
import { invitationCode } from './sign-in.ts'
import { z } from './zod.ts'

export const personId = z.string().regex(/^[0-9a-f]{32}$/)
export const changeId = z.string().regex(/^[0-9a-f]{32}$/)
export const personName = z.string().min(1).max(labelLengthMax)

/** A role that a person holds, in one channel or, with null, for the whole node. */
export const personGrant = z.strictObject({ role: personRole, channel: channelId.nullable() })
export type PersonGrant = z.output<typeof personGrant>
const personGrants = z.array(personGrant).max(grantsMax)

export const personView = z.strictObject({
  id: personId,
  name: personName,
  state: z.enum(['invited', 'active', 'ended']),
  grants: personGrants,
  created: moment,
  passkeys: z.array(z.strictObject({ id: digest, label: personName, official: officialId.nullable() })),
  /** The official keys in force that are theirs. */
  officials: z.array(z.strictObject({ official: officialId, roles: z.array(code) })),
})
export type PersonView = z.output<typeof personView>

export const changeKinds = ['add', 'roles', 'end', 'recover', 'official', 'export'] as const
export const changeView = z.strictObject({
  id: changeId,
  kind: z.enum(changeKinds),
  person: personId,
  /** What the person is called, or would be. */
  name: personName,
  /** The roles that the person, or the official, would hold. */
  grants: personGrants,
  /** The key that would be enrolled, for whoever approves it to compare with its owner; null for other changes. */
  official: officialId.nullable(),
  /** The channel that much would be taken out of; null for other changes. */
  channel: channelId.nullable(),
  proposedBy: z.string().max(accountIdLengthMax),
  proposed: moment,
  expires: moment,
})
export type ChangeView = z.output<typeof changeView>

export const changeOutcome = z.strictObject({
  person: personId,
  /** The change that waits for a second administrator; null when it is done. */
  waiting: changeId.nullable(),
  /** To be handed to the person, once. It is shown here and nowhere else. */
  invitation: z.strictObject({ code: invitationCode, expires: moment }).nullable(),
})
export type ChangeOutcome = z.output<typeof changeOutcome>

export const securityEventView = z.strictObject({
  number: z.int().min(0),
  at: moment,
  kind: code,
  actor: z.string().max(accountIdLengthMax),
  account: personId.nullable(),
  detail: z.string().max(securityDetailLengthMax),
  digest,
})
export type SecurityEventView = z.output<typeof securityEventView>

const outcome = { kind: 'json', status: 200, schema: changeOutcome } as const
const managing = {
  access: 'roles',
  roles: ['administrator', 'operator'],
  scope: 'node',
  stepUp: 'passkey',
  rate: 'write',
  keepsSession: true,
} as const

export const listPeople = operation({
  name: 'listPeople',
  method: 'GET',
  path: '/api/people',
  policy: {
    access: 'roles',
    roles: ['administrator', 'auditor', 'operator'],
    scope: 'node',
    rate: 'read',
    keepsSession: true,
  },
  summary: 'Everybody with an account, and the changes that wait',
  response: {
    kind: 'json',
    status: 200,
    schema: z.strictObject({ items: z.array(personView).max(peopleMax), changes: z.array(changeView) }),
  },
  problems: [],
})

export const addPerson = operation({
  name: 'addPerson',
  method: 'POST',
  path: '/api/people',
  policy: managing,
  summary: 'Add a person with their first roles',
  description: 'The operator’s token adds the first administrator only.',
  request: { kind: 'json', schema: z.strictObject({ name: personName, grants: personGrants }) },
  response: outcome,
  problems: ['change.not-allowed'],
})

export const putRoles = operation({
  name: 'putRoles',
  method: 'POST',
  path: '/api/people/{person}/roles',
  policy: managing,
  summary: 'Give a person exactly these roles; their sessions end',
  params: z.strictObject({ person: personId }),
  request: { kind: 'json', schema: z.strictObject({ grants: personGrants }) },
  response: outcome,
  problems: ['person.not-found', 'change.not-allowed'],
})

export const endPerson = operation({
  name: 'endPerson',
  method: 'POST',
  path: '/api/people/{person}/end',
  policy: managing,
  summary: 'End an account with its passkeys and sessions',
  params: z.strictObject({ person: personId }),
  response: outcome,
  problems: ['person.not-found', 'change.not-allowed'],
})

export const recoverPerson = operation({
  name: 'recoverPerson',
  method: 'POST',
  path: '/api/people/{person}/recovery',
  policy: managing,
  summary: 'Invite a person anew who lost their passkeys; the old ones and their sessions end',
  params: z.strictObject({ person: personId }),
  response: outcome,
  problems: ['person.not-found', 'change.not-allowed'],
})

export const enrolOfficial = operation({
  name: 'enrolOfficial',
  method: 'POST',
  path: '/api/people/{person}/officials',
  policy: { ...managing, roles: ['administrator'] },
  summary: 'Enrol a person’s passkey as the approval key of an official, in the governance log',
  params: z.strictObject({ person: personId }),
  request: { kind: 'json', schema: z.strictObject({ passkey: digest, roles: z.array(personRole).min(1) }) },
  response: outcome,
  problems: ['person.not-found', 'passkey.not-found', 'change.not-allowed', 'entry.refused', 'node.read-only'],
})

export const approveChange = operation({
  name: 'approveChange',
  method: 'POST',
  path: '/api/people/changes/{change}/approval',
  policy: managing,
  summary: 'Approve a change that another administrator proposed, which is then done',
  params: z.strictObject({ change: changeId }),
  response: outcome,
  problems: ['change.not-found', 'change.not-allowed', 'entry.refused', 'node.read-only'],
})

export const rejectChange = operation({
  name: 'rejectChange',
  method: 'POST',
  path: '/api/people/changes/{change}/rejection',
  policy: managing,
  summary: 'Reject a change that waits, or take back one’s own',
  params: z.strictObject({ change: changeId }),
  response: { kind: 'none' },
  problems: ['change.not-found'],
})

export const listPersonSessions = operation({
  name: 'listPersonSessions',
  method: 'GET',
  path: '/api/people/{person}/sessions',
  policy: {
    access: 'roles',
    roles: ['administrator', 'auditor', 'operator'],
    scope: 'node',
    rate: 'read',
    keepsSession: true,
  },
  summary: 'The sessions of a person',
  params: z.strictObject({ person: personId }),
  response: { kind: 'json', status: 200, schema: z.strictObject({ items: z.array(sessionRow) }) },
  problems: ['person.not-found'],
})

export const endPersonSessions = operation({
  name: 'endPersonSessions',
  method: 'DELETE',
  path: '/api/people/{person}/sessions',
  policy: { access: 'roles', roles: ['administrator', 'operator'], scope: 'node', rate: 'write', keepsSession: true },
  summary: 'End every session of a person',
  params: z.strictObject({ person: personId }),
  response: { kind: 'none' },
  problems: ['person.not-found'],
})

export const listSecurityEvents = operation({
  name: 'listSecurityEvents',
  method: 'GET',
  path: '/api/security-events',
  policy: {
    access: 'roles',
    roles: ['administrator', 'auditor', 'operator'],
    scope: 'node',
    rate: 'read',
    keepsSession: true,
  },
  summary: 'The security log of the node, newest first',
  query: z.strictObject({ before: integerText(0, Number.MAX_SAFE_INTEGER).optional(), limit: pageLimit.optional() }),
  response: { kind: 'json', status: 200, schema: z.strictObject({ items: z.array(securityEventView) }) },
  problems: [],
})
