// Examples of the operations about people: signing in, one's own account, everybody's. For tests only.

import type { ExamplesOf } from './example-shape.ts'
import {
  assertion,
  assertionOptions,
  attestation,
  changeDone,
  channel,
  creationOptions,
  digest,
  official,
  passkey,
  person,
  root,
  session,
  sessionRow,
  signature,
} from './example-values.ts'

type PeopleOperation =
  | 'signIn'
  | 'viewSession'
  | 'signOut'
  | 'viewSignIn'
  | 'beginPasskeySignIn'
  | 'signInWithPasskey'
  | 'beginOidcSignIn'
  | 'signInWithOidc'
  | 'beginEnrolment'
  | 'enrolPasskey'
  | 'beginVerification'
  | 'verifySession'
  | 'listSessions'
  | 'endSession'
  | 'listPasskeys'
  | 'beginPasskey'
  | 'addPasskey'
  | 'removePasskey'
  | 'beginCommandLine'
  | 'signInOnCommandLine'
  | 'beginKeyProof'
  | 'verifySessionWithKey'
  | 'enrolOwnKey'
  | 'addExport'
  | 'listPeople'
  | 'addPerson'
  | 'putRoles'
  | 'endPerson'
  | 'recoverPerson'
  | 'enrolOfficial'
  | 'approveChange'
  | 'rejectChange'
  | 'listPersonSessions'
  | 'endPersonSessions'
  | 'listSecurityEvents'

export const peopleExamples: ExamplesOf<PeopleOperation> = {
  signIn: { body: { token: 'not-a-token' }, answer: session },
  viewSession: { answer: session },
  signOut: { answer: undefined },
  viewSignIn: { answer: { passkey: true, oidc: false, token: true } },
  beginPasskeySignIn: { answer: assertionOptions },
  signInWithPasskey: { body: { assertion }, answer: session },
  beginOidcSignIn: { body: { invitation: 'A'.repeat(22) }, answer: { address: 'https://provider.example/' } },
  signInWithOidc: { body: { code: 'code', state: 'state', iss: 'https://provider.example' }, answer: session },
  beginEnrolment: { body: { invitation: 'A'.repeat(22) }, answer: creationOptions },
  enrolPasskey: { body: { invitation: 'A'.repeat(22), attestation, label: 'Key' }, answer: session },
  beginVerification: { answer: assertionOptions },
  verifySession: { body: { assertion }, answer: session },
  listSessions: { answer: { items: [sessionRow] } },
  endSession: { params: { session: digest }, answer: undefined },
  listPasskeys: { answer: { items: [passkey] } },
  beginPasskey: { answer: creationOptions },
  addPasskey: { body: { attestation, label: 'Key' }, answer: passkey },
  removePasskey: { params: { passkey: digest }, answer: undefined },
  beginCommandLine: { body: { roles: ['duty'] }, answer: { code: 'A'.repeat(22), expires: 1 } },
  signInOnCommandLine: { body: { code: 'A'.repeat(22) }, answer: { session, token: 'A'.repeat(43) } },
  beginKeyProof: { answer: { nonce: digest } },
  verifySessionWithKey: { body: { official, nonce: digest, signature }, answer: session },
  enrolOwnKey: {
    body: { key: root, nonce: digest, proof: signature, roles: ['duty'] },
    answer: changeDone,
  },
  addExport: { params: { channel }, answer: changeDone },
  listPeople: {
    answer: {
      items: [
        {
          id: person,
          name: 'First duty desk',
          state: 'active',
          grants: [{ role: 'duty', channel }],
          created: 1,
          passkeys: [{ id: digest, label: 'Key', official }],
          officials: [{ official, roles: ['duty'] }],
        },
      ],
      changes: [
        {
          id: person,
          kind: 'roles',
          person,
          name: 'First duty desk',
          grants: [{ role: 'auditor', channel: null }],
          official: null,
          channel: null,
          proposedBy: person,
          proposed: 1,
          expires: 2,
        },
      ],
    },
  },
  addPerson: { body: { name: 'First duty desk', grants: [{ role: 'duty', channel }] }, answer: changeDone },
  putRoles: { params: { person }, body: { grants: [] }, answer: changeDone },
  endPerson: { params: { person }, answer: changeDone },
  recoverPerson: { params: { person }, answer: changeDone },
  enrolOfficial: { params: { person }, body: { passkey: digest, roles: ['duty'] }, answer: changeDone },
  approveChange: { params: { change: person }, answer: changeDone },
  rejectChange: { params: { change: person }, answer: undefined },
  listPersonSessions: { params: { person }, answer: { items: [sessionRow] } },
  endPersonSessions: { params: { person }, answer: undefined },
  listSecurityEvents: {
    query: { before: 9, limit: 1 },
    answer: {
      items: [{ number: 8, at: 1, kind: 'account.added', actor: 'operator', account: person, detail: '{}', digest }],
    },
  },
}
