// What a person does about their own account: prove anew who they are, and look after their passkeys and sessions.

import { digest, moment } from './identifiers.ts'
import { sessionsAccountMax } from './limits.ts'
import { operation } from './operation.ts'
import { sessionMeans, sessionView } from './session.ts'
import { assertion, assertionOptions, attestation, creationOptions, passkeyLabel, passkeyView } from './sign-in.ts'
import { z } from './zod.ts'

export const sessionRow = z.strictObject({
  /** The digest of the session's secret. */
  id: digest,
  means: sessionMeans,
  since: moment,
  idleUntil: moment,
  absoluteUntil: moment,
  /** Whether it is the session that asks. */
  current: z.boolean(),
})
export type SessionRow = z.output<typeof sessionRow>

export const beginVerification = operation({
  name: 'beginVerification',
  method: 'POST',
  path: '/api/session/verification/begin',
  policy: { access: 'session', rate: 'sign-in', keepsSession: false },
  summary: 'Ask for a challenge to prove anew who one is',
  response: { kind: 'json', status: 200, schema: assertionOptions },
  problems: ['passkey.not-found', 'sign-in.unavailable'],
})

export const verifySession = operation({
  name: 'verifySession',
  method: 'POST',
  path: '/api/session/verification',
  policy: { access: 'session', rate: 'sign-in', keepsSession: true },
  summary: 'Prove anew who one is, with one of one’s own passkeys',
  description: 'For a minute, what needs it is open. The session goes on under a new cookie.',
  request: { kind: 'json', schema: z.strictObject({ assertion }) },
  response: { kind: 'json', status: 200, schema: sessionView },
  problems: ['sign-in.refused', 'sign-in.unavailable'],
})

export const listSessions = operation({
  name: 'listSessions',
  method: 'GET',
  path: '/api/sessions',
  policy: { access: 'session', rate: 'read', keepsSession: true },
  summary: 'One’s own sessions',
  response: {
    kind: 'json',
    status: 200,
    schema: z.strictObject({ items: z.array(sessionRow).max(sessionsAccountMax) }),
  },
  problems: [],
})

export const endSession = operation({
  name: 'endSession',
  method: 'DELETE',
  path: '/api/sessions/{session}',
  policy: { access: 'session', rate: 'write', keepsSession: true },
  summary: 'End one of one’s own sessions',
  params: z.strictObject({ session: digest }),
  response: { kind: 'none' },
  problems: ['session.not-found'],
})

export const listPasskeys = operation({
  name: 'listPasskeys',
  method: 'GET',
  path: '/api/passkeys',
  policy: { access: 'session', rate: 'read', keepsSession: true },
  summary: 'One’s own passkeys',
  response: { kind: 'json', status: 200, schema: z.strictObject({ items: z.array(passkeyView) }) },
  problems: [],
})

export const beginPasskey = operation({
  name: 'beginPasskey',
  method: 'POST',
  path: '/api/session/passkey/begin',
  policy: { access: 'session', stepUp: 'passkey', rate: 'sign-in', keepsSession: true },
  summary: 'Ask for a challenge to enrol another passkey of one’s own',
  response: { kind: 'json', status: 200, schema: creationOptions },
  problems: ['sign-in.unavailable', 'enrolment.refused'],
})

export const addPasskey = operation({
  name: 'addPasskey',
  method: 'POST',
  path: '/api/passkeys',
  policy: { access: 'session', stepUp: 'passkey', rate: 'write', keepsSession: true },
  summary: 'Enrol another passkey of one’s own',
  request: { kind: 'json', schema: z.strictObject({ attestation, label: passkeyLabel }) },
  response: { kind: 'json', status: 201, schema: passkeyView },
  problems: ['enrolment.refused', 'sign-in.unavailable'],
})

export const removePasskey = operation({
  name: 'removePasskey',
  method: 'DELETE',
  path: '/api/passkeys/{passkey}',
  policy: { access: 'session', stepUp: 'passkey', rate: 'write', keepsSession: true },
  summary: 'Give up one of one’s own passkeys; never the last',
  params: z.strictObject({ passkey: digest }),
  response: { kind: 'none' },
  problems: ['passkey.not-found', 'passkey.last'],
})
