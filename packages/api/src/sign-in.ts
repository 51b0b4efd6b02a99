// Signing in as a person: by a passkey, or through the party's own OpenID provider. Every refusal of a credential reads the
// same, so that nobody learns from one which accounts there are.

import { digest } from './identifiers.ts'
import { authenticatorDataTextLengthMax, labelLengthMax, oidcTextLengthMax } from './limits.ts'
import { operation } from './operation.ts'
import { sessionView } from './session.ts'
import { z } from './zod.ts'

export const base64url = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .max(authenticatorDataTextLengthMax)
/** The code of an invitation: 128 bits. */
export const invitationCode = z.string().regex(/^[A-Za-z0-9_-]{22}$/)

/** What `navigator.credentials.get` is asked for, in its JSON form. */
export const assertionOptions = z.strictObject({
  challenge: base64url,
  rpId: z.string().max(labelLengthMax),
  timeout: z.int(),
  userVerification: z.literal('required'),
  /** Empty where the authenticator itself knows who its owner is. */
  allowCredentials: z.array(z.strictObject({ type: z.literal('public-key'), id: base64url })),
})
export type AssertionOptions = z.output<typeof assertionOptions>

/** What an authenticator answered to `get`. */
export const assertion = z.strictObject({
  id: base64url,
  clientDataJSON: base64url,
  authenticatorData: base64url,
  signature: base64url,
})
export type AssertionAnswer = z.output<typeof assertion>

/** What `navigator.credentials.create` is asked for, in its JSON form. */
export const creationOptions = z.strictObject({
  challenge: base64url,
  rp: z.strictObject({ id: z.string().max(labelLengthMax), name: z.string().max(labelLengthMax) }),
  user: z.strictObject({
    id: base64url,
    name: z.string().max(labelLengthMax),
    displayName: z.string().max(labelLengthMax),
  }),
  pubKeyCredParams: z.array(z.strictObject({ type: z.literal('public-key'), alg: z.int() })),
  timeout: z.int(),
  attestation: z.literal('none'),
  authenticatorSelection: z.strictObject({
    residentKey: z.literal('required'),
    requireResidentKey: z.literal(true),
    userVerification: z.literal('required'),
  }),
  excludeCredentials: z.array(z.strictObject({ type: z.literal('public-key'), id: base64url })),
})
export type CreationOptions = z.output<typeof creationOptions>

/** What an authenticator answered to `create`. */
export const attestation = z.strictObject({ id: base64url, clientDataJSON: base64url, attestationObject: base64url })
export type AttestationAnswer = z.output<typeof attestation>

/** What an owner calls a passkey. */
export const passkeyLabel = z.string().min(1).max(labelLengthMax)

export const passkeyView = z.strictObject({
  /** The digest of the credential id. */
  id: digest,
  label: z.string().max(labelLengthMax),
  created: z.int(),
  lastUsed: z.int().nullable(),
})
export type PasskeyView = z.output<typeof passkeyView>

export const viewSignIn = operation({
  name: 'viewSignIn',
  method: 'GET',
  path: '/api/sign-in',
  policy: { access: 'public', rate: 'probe', keepsSession: false },
  summary: 'By what one may sign in here',
  description: '`token`: an operator’s token makes a session only until there is an administrator.',
  response: {
    kind: 'json',
    status: 200,
    schema: z.strictObject({ passkey: z.boolean(), oidc: z.boolean(), token: z.boolean() }),
  },
  problems: [],
})

export const beginPasskeySignIn = operation({
  name: 'beginPasskeySignIn',
  method: 'POST',
  path: '/api/sign-in/passkey/begin',
  policy: { access: 'public', rate: 'sign-in', keepsSession: false },
  summary: 'Ask for a challenge to sign in with a passkey',
  description: 'The challenge opens one sign-in within two minutes.',
  response: { kind: 'json', status: 200, schema: assertionOptions },
  problems: ['sign-in.unavailable', 'http.busy'],
})

export const signInWithPasskey = operation({
  name: 'signInWithPasskey',
  method: 'POST',
  path: '/api/sign-in/passkey',
  policy: { access: 'public', rate: 'sign-in', keepsSession: false },
  summary: 'Sign in with what the passkey answered',
  description: 'Sets the session cookie. A session that the request came with ends, whoever it belonged to.',
  request: { kind: 'json', schema: z.strictObject({ assertion }) },
  response: { kind: 'json', status: 201, schema: sessionView },
  problems: ['sign-in.refused', 'sign-in.unavailable'],
})

export const beginOidcSignIn = operation({
  name: 'beginOidcSignIn',
  method: 'POST',
  path: '/api/sign-in/oidc/begin',
  policy: { access: 'public', rate: 'sign-in', keepsSession: false },
  summary: 'Ask where to sign in at the party’s own provider',
  description: 'Sets a cookie that binds the answer to this browser. With an invitation, who signs in is linked to it.',
  request: { kind: 'json', schema: z.strictObject({ invitation: invitationCode.optional() }) },
  response: { kind: 'json', status: 200, schema: z.strictObject({ address: z.string().max(oidcTextLengthMax) }) },
  problems: ['sign-in.unavailable'],
})

export const signInWithOidc = operation({
  name: 'signInWithOidc',
  method: 'POST',
  path: '/api/sign-in/oidc',
  policy: { access: 'public', rate: 'sign-in', keepsSession: false },
  summary: 'Sign in with what the provider answered',
  description: 'Whoever has a passkey signs in with it and not here.',
  request: {
    kind: 'json',
    schema: z.strictObject({
      code: z.string().min(1).max(oidcTextLengthMax),
      state: z.string().min(1).max(oidcTextLengthMax),
      iss: z.string().min(1).max(oidcTextLengthMax),
    }),
  },
  response: { kind: 'json', status: 201, schema: sessionView },
  problems: ['sign-in.refused', 'sign-in.unavailable'],
})

export const beginEnrolment = operation({
  name: 'beginEnrolment',
  method: 'POST',
  path: '/api/enrolments/begin',
  policy: { access: 'public', rate: 'sign-in', keepsSession: false },
  summary: 'Ask for a challenge to enrol a passkey with an invitation',
  request: { kind: 'json', schema: z.strictObject({ invitation: invitationCode }) },
  response: { kind: 'json', status: 200, schema: creationOptions },
  problems: ['enrolment.refused', 'sign-in.unavailable'],
})

export const enrolPasskey = operation({
  name: 'enrolPasskey',
  method: 'POST',
  path: '/api/enrolments',
  policy: { access: 'public', rate: 'sign-in', keepsSession: false },
  summary: 'Enrol a passkey with an invitation, and sign in with it',
  description: 'The invitation is used up. A session that the request came with ends.',
  request: {
    kind: 'json',
    schema: z.strictObject({ invitation: invitationCode, attestation, label: passkeyLabel }),
  },
  response: { kind: 'json', status: 201, schema: sessionView },
  problems: ['enrolment.refused', 'sign-in.unavailable'],
})
