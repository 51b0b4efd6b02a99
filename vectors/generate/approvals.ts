// Vectors of approvals: official ids, signatures and assertions that verify, and those that do not.

import type { Demand, Official } from '../../packages/record/src/approval.ts'
import { formatBase64, formatUtf8, parseBase64, parseHex } from '../../packages/record/src/bytes.ts'
import { canonicalText } from '../../packages/record/src/canonical.ts'
import { entryDigest, withApprovals, type Approval, type Draft, type Entry } from '../../packages/record/src/entry.ts'
import { nodeCrypto } from '../../packages/record/src/node/crypto.ts'
import {
  approve,
  ed25519PasskeyOf,
  officialOf,
  passkeyOf,
  signerOf,
  testRelyingParty,
  testTime,
  type AssertionOptions,
  type TestOfficial,
} from '../../packages/record/test-support/parties.ts'

const draft: Draft = {
  v: 1,
  channel: '3f2a9c0d5e7b41868a90b1c2d3e4f506',
  from: 'us',
  type: 'request.opened',
  at: testTime,
  seen: [],
  data: { kind: 'subscriber' },
}
const digest = entryDigest(nodeCrypto, draft)

const releasing = officialOf('releasing', 'releasing')
const deputy = officialOf('deputy', 'policy', 'releasing')
const duty = passkeyOf('duty', ['duty'])
const liaison = ed25519PasskeyOf('liaison', ['liaison'])
const policy = officialOf('policy', 'policy')
const stranger = officialOf('stranger', 'releasing')

const one: Demand = { count: 1, roles: ['releasing'] }
const two: Demand = { count: 2, roles: ['liaison', 'releasing'] }

const enrolled = [releasing, deputy, duty, liaison, policy]
export const vectorOfficials: readonly Official[] = enrolled.map((official) => official.enrolment)

async function valid(name: string, demand: Demand, ...officials: TestOfficial[]): Promise<object> {
  const entry = await approve(draft, ...officials)
  const approvedBy = entry.approvals.map((approval) => approval.official)
  return { name, demand, text: canonicalText(entry), approvedBy }
}

function invalidEntry(name: string, code: string, demand: Demand, entry: Entry): object {
  return { name, code, demand, text: canonicalText(entry) }
}

async function invalid(name: string, code: string, demand: Demand, ...officials: TestOfficial[]): Promise<object> {
  return invalidEntry(name, code, demand, await approve(draft, ...officials))
}

const anybody: Demand = { count: 1, roles: ['duty', 'liaison', 'policy', 'releasing'] }
const dutyDemand: Demand = { count: 1, roles: ['duty'] }

function assertion(name: string, code: string, options: AssertionOptions): Promise<object> {
  return invalid(name, code, dutyDemand, passkeyOf('duty', ['duty'], options))
}

function flip(base64: string, index: number): string {
  const bytes = parseBase64(base64)
  bytes[index]! ^= 1
  return formatBase64(bytes)
}

async function bent(name: string, code: string, official: TestOfficial, bend: (approval: any) => void, over = digest): Promise<object> { // oxlint-disable-line typescript/no-explicit-any
  const approval: Approval = structuredClone(await official.approve(over))
  bend(approval)
  return invalidEntry(name, code, anybody, withApprovals(draft, [approval]))
}

const otherDigest = entryDigest(nodeCrypto, { ...draft, at: testTime + 1 })

async function signed(name: string, message: Uint8Array): Promise<object> {
  const signature = formatBase64(await signerOf('releasing').sign(message))
  const approval = { official: releasing.enrolment.official, signature }
  return invalidEntry(name, 'approval.signature', one, withApprovals(draft, [approval]))
}

export async function approvalVectors(): Promise<object> {
  return {
    about:
      'Approvals of entries: docs/spec/entry.md, section 3. Every entry is of the right form; `approvedBy` lists the officials who decided.',
    digest,
    officials: vectorOfficials,
    relyingParty: testRelyingParty,
    valid: [
      await valid('one key', one, releasing),
      await valid('two keys', { count: 2, roles: ['releasing'] }, releasing, deputy),
      await valid('a passkey on P-256', dutyDemand, duty),
      await valid('a passkey on Ed25519', { count: 1, roles: ['liaison'] }, liaison),
      await valid('a key and a passkey', two, releasing, liaison),
      await valid('more than are demanded', one, releasing, deputy, duty),
      await valid('one besides who has another role', one, releasing, policy),
      await valid('an authenticator with extensions', dutyDemand, passkeyOf('duty', ['duty'], { flags: 0x85, extensions: Uint8Array.of(0xa0) })),
      await valid('a passkey that is backed up', dutyDemand, passkeyOf('duty', ['duty'], { flags: 0x1d })),
      await valid('client data with a field that is not known', dutyDemand, passkeyOf('duty', ['duty'], { more: ',"later":{"a":[1]}' })),
      invalidNone(),
    ],
    invalid: [
      invalidEntry('no approval', 'approval.count', one, withApprovals(draft, [])),
      await invalid('one approval of two', 'approval.count', two, releasing),
      await invalid('a role that is not demanded', 'approval.role', one, policy),
      await invalid('two approvals, one of a demanded role', 'approval.role', two, releasing, policy),
      await invalid('somebody who is not enrolled', 'approval.official', one, stranger),
      await invalid('somebody who is not enrolled beside somebody who is', 'approval.official', one, releasing, stranger),
      await bent('a signature with the first byte changed', 'approval.signature', releasing, (approval) => (approval.signature = flip(approval.signature, 0))),
      await bent('a signature with the last byte changed', 'approval.signature', releasing, (approval) => (approval.signature = flip(approval.signature, 63))),
      await bent('a signature under the id of another', 'approval.signature', releasing, (approval) => (approval.official = deputy.enrolment.official)),
      await bent('a signature over another entry', 'approval.signature', releasing, () => {}, otherDigest),
      await signed('a signature over the digest alone', parseHex(digest)),
      await signed('a signature over the digest in hexadecimal', formatUtf8(`parley/approval/v1\n${digest}`)),
      await signed('a signature in another context', new Uint8Array([...formatUtf8('parley/leaf/v1\n'), ...parseHex(digest)])),
      await bent('a plain signature by a passkey', 'approval.malformed', duty, (approval) => {
        delete approval.assertion
        approval.signature = formatBase64(new Uint8Array(64))
      }),
      await surplus(),
      await assertion('an assertion that registers', 'assertion.malformed', { type: 'webauthn.create' }),
      await bent('an assertion over another entry', 'assertion.challenge', duty, () => {}, otherDigest),
      await assertion('an assertion at another origin', 'assertion.origin', { origin: 'https://desk.parley.example.org' }),
      await assertion('an assertion at an origin in plain text', 'assertion.origin', { origin: 'http://desk.parley.example' }),
      await assertion('an assertion inside another page', 'assertion.origin', { crossOrigin: true }),
      await assertion('an assertion below another page', 'assertion.origin', { more: ',"topOrigin":"https://elsewhere.example"' }),
      await assertion('an assertion for another relying party', 'assertion.origin', { id: 'elsewhere.example' }),
      await assertion('a person who was not verified', 'assertion.user-verification', { flags: 0x01 }),
      await assertion('a person who was not present', 'assertion.user-verification', { flags: 0x04 }),
      await assertion('backed up although it cannot be', 'assertion.malformed', { flags: 0x15 }),
      await bent('client data that is not JSON', 'assertion.malformed', duty, (approval) => (approval.assertion.clientData = formatBase64(formatUtf8('webauthn.get')))),
      await bent('client data that is an array', 'assertion.malformed', duty, (approval) => (approval.assertion.clientData = formatBase64(formatUtf8('[]')))),
      await bent('client data that is not UTF-8', 'assertion.malformed', duty, (approval) => (approval.assertion.clientData = formatBase64(Uint8Array.of(0xff)))),
      await bent('client data that hides in a prototype', 'assertion.malformed', duty, (approval) => (approval.assertion.clientData = formatBase64(formatUtf8('{"__proto__":{"type":"webauthn.get"}}')))),
      await bent('a counter changed afterwards', 'assertion.signature', duty, (approval) => (approval.assertion.authenticatorData = flip(approval.assertion.authenticatorData, 36))),
      await bent('the signature of an assertion changed', 'assertion.signature', duty, (approval) => (approval.assertion.signature = flip(approval.assertion.signature, 20))),
      await bent('a signature that is no DER', 'assertion.signature', duty, (approval) => (approval.assertion.signature = formatBase64(new Uint8Array(70)))),
      await bent('a passkey under the id of another', 'assertion.signature', duty, (approval) => (approval.official = liaison.enrolment.official)),
    ],
  }
}

function invalidNone(): object {
  return { name: 'nobody where nobody is demanded', demand: { count: 0, roles: [] }, text: canonicalText({ ...draft, approvals: [] }), approvedBy: [] }
}

/** Enough approvals that verify, and one that does not. */
async function surplus(): Promise<object> {
  const good = await releasing.approve(digest)
  const bad = await deputy.approve(otherDigest)
  return invalidEntry('a signature that fails beside one that is enough', 'approval.signature', one, withApprovals(draft, [good, bad]))
}
