// People on the command line. A session there begins with a code that its owner draws in the browser, verified by their
// passkey; it lasts as long as any, is listed and ended with the others, and is carried by a token instead of a cookie. What
// needs the person again needs an official's key of theirs, and who may be what is never decided there.

import { digest, moment, officialId } from './identifiers.ts'
import { operation } from './operation.ts'
import { changeOutcome } from './people.ts'
import { personRole } from './role.ts'
import { sessionView } from './session.ts'
import { z } from './zod.ts'

/** What the person carries from the browser to the command line: 128 bits, base64url. */
export const commandLineCode = z.string().regex(/^[A-Za-z0-9_-]{22}$/)
/** The secret of a session of the command line, 256 bits. */
export const commandLineToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
/** 32 bytes, hexadecimal. */
const nonce = digest
const signature = z.base64().length(88)

export const beginCommandLine = operation({
  name: 'beginCommandLine',
  method: 'POST',
  path: '/api/session/command-line',
  policy: { access: 'session', stepUp: 'passkey', rate: 'sign-in', keepsSession: true },
  summary: 'Draw a code that signs oneself in on the command line, once and soon',
  description:
    'The session there has the roles named, as far as the person holds them. A newer code ends an older one.',
  request: { kind: 'json', schema: z.strictObject({ roles: z.array(personRole).min(1) }) },
  response: { kind: 'json', status: 201, schema: z.strictObject({ code: commandLineCode, expires: moment }) },
  problems: [],
})

export const signInOnCommandLine = operation({
  name: 'signInOnCommandLine',
  method: 'POST',
  path: '/api/command-line',
  policy: { access: 'public', rate: 'sign-in', keepsSession: false },
  summary: 'Begin a session of the command line with a code',
  description: 'Sets no cookie: the token is sent as a bearer token. It is shown here and nowhere else.',
  request: { kind: 'json', schema: z.strictObject({ code: commandLineCode }) },
  response: { kind: 'json', status: 201, schema: z.strictObject({ session: sessionView, token: commandLineToken }) },
  problems: ['sign-in.refused'],
})

export const beginKeyProof = operation({
  name: 'beginKeyProof',
  method: 'POST',
  path: '/api/session/key/begin',
  policy: { access: 'session', rate: 'sign-in', keepsSession: true },
  summary: 'Draw the nonce over which an official’s key proves something',
  description: 'It serves one proof of this session within two minutes.',
  response: { kind: 'json', status: 201, schema: z.strictObject({ nonce }) },
  problems: [],
})

export const verifySessionWithKey = operation({
  name: 'verifySessionWithKey',
  method: 'POST',
  path: '/api/session/key/verification',
  policy: { access: 'session', rate: 'sign-in', keepsSession: true },
  summary: 'Prove on the command line that one is there, with an official’s key of one’s own',
  description:
    'For a minute, release is open. The signature is over `parley/presence/v1`, the node’s origin and the nonce.',
  request: { kind: 'json', schema: z.strictObject({ official: officialId, nonce, signature }) },
  response: { kind: 'json', status: 200, schema: sessionView },
  problems: ['sign-in.refused'],
})

export const enrolOwnKey = operation({
  name: 'enrolOwnKey',
  method: 'POST',
  path: '/api/session/key/official',
  policy: { access: 'session', rate: 'write', keepsSession: true },
  summary: 'Ask that an Ed25519 key of one’s own be enrolled as an official’s',
  description:
    'The proof of possession (`parley/pop/v1`) is over the nonce. The key is enrolled in the governance log when an administrator has approved it.',
  request: {
    kind: 'json',
    schema: z.strictObject({
      key: z.base64().length(44),
      nonce,
      proof: signature,
      roles: z.array(personRole).min(1),
    }),
  },
  response: { kind: 'json', status: 200, schema: changeOutcome },
  problems: ['sign-in.refused', 'change.not-allowed'],
})
