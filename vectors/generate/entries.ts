// Vectors of entries: their form and their digests. Approvals in here are of the right form and by nobody.

import { formatBase64, formatHex } from '../../packages/record/src/bytes.ts'
import { canonicalText } from '../../packages/record/src/canonical.ts'
import { approvalMessage, entryDigest, parseEntry, type Entry } from '../../packages/record/src/entry.ts'
import { nodeCrypto } from '../../packages/record/src/node/crypto.ts'
import { bytesOf, testTime } from '../../packages/record/test-support/parties.ts'
import { bytesOfVector, type VectorBytes } from '../../packages/record/test-support/record-vectors.ts'
import { changedText } from './case.ts'

const channel = '3f2a9c0d5e7b41868a90b1c2d3e4f506'
const root = (label: string) => formatBase64(bytesOf(`root ${label}`))
const signature = formatBase64(new Uint8Array(64).fill(7))

const minimal: Entry = {
  v: 1,
  channel,
  from: 'us',
  type: 'agreement.withdrawn',
  at: testTime,
  seen: [],
  data: {},
  approvals: [],
}

export const fullEntry: Entry = {
  v: 1,
  channel,
  from: 'us',
  type: 'request.supplemented',
  subject: formatHex(bytesOf('subject')),
  at: testTime,
  seen: [
    { origin: `cn.parley.example/c/${channel}`, size: 12, root: root('cn'), time: 1_443_225_600 },
    { origin: 'cn.parley.example/governance', size: 3, root: root('cn governance'), time: 1_443_225_601 },
    { origin: 'us.parley.example/governance', size: 5, root: root('us governance'), time: 0 },
  ],
  data: { kind: 'subscriber', urgency: 'ordinary', particulars: ['address', 'period'], days: 20, confidential: true },
  body: { ciphertext: formatHex(bytesOf('ciphertext')), commitment: formatHex(bytesOf('commitment')), size: 4096 },
  exercise: true,
  approvals: [
    { official: '00'.repeat(16), signature },
    {
      official: 'ff'.repeat(16),
      assertion: {
        authenticatorData: formatBase64(new Uint8Array(37)),
        clientData: formatBase64(new Uint8Array(80).fill(0x20)),
        signature: formatBase64(new Uint8Array(70).fill(1)),
      },
    },
  ],
}

const governance: Entry = {
  v: 1,
  channel: 'governance',
  from: 'us',
  type: 'address.amended',
  at: testTime,
  seen: [],
  data: { address: 'https://us.parley.example:9443' },
  approvals: [{ official: '00'.repeat(16), signature }],
}

// oxlint-disable-next-line typescript/no-explicit-any
type Change = (entry: any) => void

const accepted: [string, Entry, Change][] = [
  ['the least an entry says', minimal, () => {}],
  ['every field', fullEntry, () => {}],
  ['in a governance log', governance, () => {}],
  ['at the epoch', minimal, (entry) => (entry.at = 0)],
  ['at the last millisecond of the year 9999', minimal, (entry) => (entry.at = 253_402_300_799_999)],
  ['a party id of 16 characters', minimal, (entry) => (entry.from = 'a-party-of-16-ch')],
  ['a type of 64 characters', minimal, (entry) => (entry.type = `a.${'b'.repeat(62)}`)],
  ['a type of a word more', minimal, (entry) => (entry.type = 'a.b.c')],
  ['data eight deep with the entry', minimal, (entry) => (entry.data = { a: [[[[[[]]]]]] })],
  ['text in data is any text', minimal, (entry) => (entry.data = { a: '\u0000\u202e"\\\u{1f600}' })],
  ['16 approvals', minimal, (entry) => (entry.approvals = approvals(16))],
  ['exactly 16384 bytes', minimal, (entry) => (entry.data = { a: 'x'.repeat(16_384 - canonicalText(minimal).length - 6) })],
  ['a host with a port and a path', fullEntry, (entry) => (entry.seen = [{ ...entry.seen[0], origin: 'a.example:8443/p/governance' }])],
]

function approvals(count: number): object[] {
  return Array.from({ length: count }, (_, i) => ({ official: i.toString(16).padStart(32, '0'), signature }))
}

const refused: [string, string, Entry, Change][] = [
  ['v is missing', 'entry.malformed', minimal, (entry) => delete entry.v],
  ['v is 2', 'entry.malformed', minimal, (entry) => (entry.v = 2)],
  ['v is text', 'entry.malformed', minimal, (entry) => (entry.v = '1')],
  ['a field that is not known', 'entry.malformed', minimal, (entry) => (entry.note = 'x')],
  ['a field of the prototype', 'entry.malformed', minimal, (entry) => (entry.toString = 'x')],
  ['channel is missing', 'entry.malformed', minimal, (entry) => delete entry.channel],
  ['channel in upper case', 'entry.malformed', minimal, (entry) => (entry.channel = channel.toUpperCase())],
  ['channel of 31 digits', 'entry.malformed', minimal, (entry) => (entry.channel = channel.slice(1))],
  ['channel with a line feed', 'entry.malformed', minimal, (entry) => (entry.channel = `${channel}\n`)],
  ['channel is a number', 'entry.malformed', minimal, (entry) => (entry.channel = 1)],
  ['from is empty', 'entry.malformed', minimal, (entry) => (entry.from = '')],
  ['from in upper case', 'entry.malformed', minimal, (entry) => (entry.from = 'US')],
  ['from starts with a digit', 'entry.malformed', minimal, (entry) => (entry.from = '1us')],
  ['from of 17 characters', 'entry.malformed', minimal, (entry) => (entry.from = 'a'.repeat(17))],
  ['type of one word', 'entry.malformed', minimal, (entry) => (entry.type = 'request')],
  ['type in upper case', 'entry.malformed', minimal, (entry) => (entry.type = 'request.Opened')],
  ['type with a digit', 'entry.malformed', minimal, (entry) => (entry.type = 'request.opened2')],
  ['type with an empty word', 'entry.malformed', minimal, (entry) => (entry.type = 'request..opened')],
  ['type of 65 characters', 'entry.malformed', minimal, (entry) => (entry.type = `a.${'b'.repeat(63)}`)],
  ['subject of 63 digits', 'entry.malformed', fullEntry, (entry) => (entry.subject = entry.subject.slice(1))],
  ['subject in upper case', 'entry.malformed', fullEntry, (entry) => (entry.subject = 'A'.repeat(64))],
  ['subject is empty', 'entry.malformed', fullEntry, (entry) => (entry.subject = '')],
  ['at is missing', 'entry.malformed', minimal, (entry) => delete entry.at],
  ['at is before the epoch', 'entry.malformed', minimal, (entry) => (entry.at = -1)],
  ['at is in the year 10000', 'entry.malformed', minimal, (entry) => (entry.at = 253_402_300_800_000)],
  ['at is text', 'entry.malformed', minimal, (entry) => (entry.at = '2015-09-26')],
  ['seen is missing', 'entry.malformed', minimal, (entry) => delete entry.seen],
  ['seen is an object', 'entry.malformed', minimal, (entry) => (entry.seen = {})],
  ['a head of size 0', 'entry.malformed', fullEntry, (entry) => (entry.seen[0].size = 0)],
  ['a head of a negative size', 'entry.malformed', fullEntry, (entry) => (entry.seen[0].size = -1)],
  ['a root of 31 bytes', 'entry.malformed', fullEntry, (entry) => (entry.seen[0].root = formatBase64(new Uint8Array(31)))],
  ['a root without padding', 'entry.malformed', fullEntry, (entry) => (entry.seen[0].root = entry.seen[0].root.slice(0, -1))],
  ['a root with spare bits set', 'entry.malformed', fullEntry, (entry) => (entry.seen[0].root = `${'A'.repeat(42)}B=`)],
  ['a root in base64url', 'entry.malformed', fullEntry, (entry) => (entry.seen[0].root = `${'_'.repeat(42)}8=`)],
  ['a root with a line feed', 'entry.malformed', fullEntry, (entry) => (entry.seen[0].root = `${'A'.repeat(42)}\n=`)],
  ['a time before the epoch', 'entry.malformed', fullEntry, (entry) => (entry.seen[0].time = -1)],
  ['a time in milliseconds', 'entry.malformed', fullEntry, (entry) => (entry.seen[0].time = 1_443_225_600_000_000)],
  ['a head without time', 'entry.malformed', fullEntry, (entry) => delete entry.seen[0].time],
  ['a head with a field that is not known', 'entry.malformed', fullEntry, (entry) => (entry.seen[0].note = 1)],
  ['an origin with a scheme', 'entry.malformed', fullEntry, (entry) => (entry.seen[0].origin = 'https://cn.parley.example/governance')],
  ['an origin in upper case', 'entry.malformed', fullEntry, (entry) => (entry.seen[0].origin = 'CN.parley.example/governance')],
  ['an origin of no log', 'entry.malformed', fullEntry, (entry) => (entry.seen[0].origin = 'cn.parley.example/witness')],
  ['an origin with a dot segment', 'entry.malformed', fullEntry, (entry) => (entry.seen[0].origin = 'cn.parley.example/../governance')],
  ['an origin with a plus', 'entry.malformed', fullEntry, (entry) => (entry.seen[0].origin = 'cn+a.parley.example/governance')],
  ['heads out of order', 'seen.unordered', fullEntry, (entry) => entry.seen.reverse()],
  ['one origin twice', 'seen.unordered', fullEntry, (entry) => entry.seen.splice(1, 0, entry.seen[0])],
  ['data is missing', 'entry.malformed', minimal, (entry) => delete entry.data],
  ['data is an array', 'entry.malformed', minimal, (entry) => (entry.data = [])],
  ['data is text', 'entry.malformed', minimal, (entry) => (entry.data = 'x')],
  ['data nine deep with the entry', 'json.limit', minimal, (entry) => (entry.data = { a: [[[[[[[]]]]]]] })],
  ['a body without its commitment', 'entry.malformed', fullEntry, (entry) => delete entry.body.commitment],
  ['a body of a size between classes', 'entry.malformed', fullEntry, (entry) => (entry.body.size = 2048)],
  ['a body with a short digest', 'entry.malformed', fullEntry, (entry) => (entry.body.ciphertext = 'ab')],
  ['a body with its file name', 'entry.malformed', fullEntry, (entry) => (entry.body.name = 'list.csv')],
  ['a body that is a digest', 'entry.malformed', fullEntry, (entry) => (entry.body = entry.body.ciphertext)],
  ['exercise is false', 'entry.malformed', fullEntry, (entry) => (entry.exercise = false)],
  ['exercise is 1', 'entry.malformed', fullEntry, (entry) => (entry.exercise = 1)],
  ['approvals are missing', 'entry.malformed', minimal, (entry) => delete entry.approvals],
  ['approvals are an object', 'approval.malformed', minimal, (entry) => (entry.approvals = {})],
  ['17 approvals', 'approval.malformed', minimal, (entry) => (entry.approvals = approvals(17))],
  ['approvals out of order', 'approval.malformed', fullEntry, (entry) => entry.approvals.reverse()],
  ['one official twice', 'approval.malformed', fullEntry, (entry) => entry.approvals.push(entry.approvals[1])],
  ['an approval that is text', 'approval.malformed', minimal, (entry) => (entry.approvals = ['x'])],
  ['an approval without a signature', 'approval.malformed', fullEntry, (entry) => delete entry.approvals[0].signature],
  ['an approval of both kinds', 'approval.malformed', fullEntry, (entry) => (entry.approvals[1].signature = signature)],
  ['an approval with a field that is not known', 'approval.malformed', fullEntry, (entry) => (entry.approvals[0].role = 'policy')],
  ['an official id in upper case', 'approval.malformed', fullEntry, (entry) => (entry.approvals[1].official = 'FF'.repeat(16))],
  ['an official id of 15 bytes', 'approval.malformed', fullEntry, (entry) => (entry.approvals[0].official = '00'.repeat(15))],
  ['a signature of 63 bytes', 'approval.malformed', fullEntry, (entry) => (entry.approvals[0].signature = formatBase64(new Uint8Array(63)))],
  ['a signature of 65 bytes', 'approval.malformed', fullEntry, (entry) => (entry.approvals[0].signature = formatBase64(new Uint8Array(65)))],
  ['an assertion without client data', 'assertion.malformed', fullEntry, (entry) => delete entry.approvals[1].assertion.clientData],
  ['authenticator data of 36 bytes', 'assertion.malformed', fullEntry, (entry) => (entry.approvals[1].assertion.authenticatorData = formatBase64(new Uint8Array(36)))],
  ['authenticator data of 257 bytes', 'assertion.malformed', fullEntry, (entry) => (entry.approvals[1].assertion.authenticatorData = formatBase64(new Uint8Array(257)))],
  ['client data of 1025 bytes', 'assertion.malformed', fullEntry, (entry) => (entry.approvals[1].assertion.clientData = formatBase64(new Uint8Array(1025)))],
  ['an assertion with a signature of 73 bytes', 'assertion.malformed', fullEntry, (entry) => (entry.approvals[1].assertion.signature = formatBase64(new Uint8Array(73)))],
  ['a governance entry with heads', 'entry.malformed', governance, (entry) => (entry.seen = fullEntry.seen)],
  ['a governance entry with a subject', 'entry.malformed', governance, (entry) => (entry.subject = fullEntry.subject)],
  ['a governance entry with a body', 'entry.malformed', governance, (entry) => (entry.body = fullEntry.body)],
  ['a governance entry in an exercise', 'entry.malformed', governance, (entry) => (entry.exercise = true)],
  ['16385 bytes', 'entry.limit', minimal, (entry) => (entry.data = { a: 'x'.repeat(16_384 - canonicalText(minimal).length - 5) })],
]

const minimalText = canonicalText(minimal)
const refusedText: [string, string, VectorBytes][] = [
  ['an array', 'entry.malformed', { text: '[]' }],
  ['a number', 'entry.malformed', { text: '1' }],
  ['an empty object', 'entry.malformed', { text: '{}' }],
  ['no bytes', 'json.malformed', { text: '' }],
  ['a space after', 'json.not-canonical', { text: `${minimalText} ` }],
  ['a key twice', 'json.not-canonical', { text: minimalText.replace('"v":1', '"v":1,"v":1') }],
  ['keys out of order', 'json.not-canonical', { text: `{"v":1,${minimalText.slice(1).replace(',"v":1', '')}` }],
  ['data is null', 'json.malformed', { text: minimalText.replace('"data":{}', '"data":null') }],
  ['a fraction in data', 'json.malformed', { text: minimalText.replace('"data":{}', '"data":{"a":0.5}') }],
  ['an integer beyond 2^53 - 1 in data', 'json.malformed', { text: minimalText.replace('"data":{}', '"data":{"a":9007199254740992}') }],
  ['half of a surrogate pair in data', 'json.malformed', { text: minimalText.replace('"data":{}', '"data":{"a":"\\ud800"}') }],
  ['the key __proto__ in data', 'json.malformed', { text: minimalText.replace('"data":{}', '"data":{"__proto__":{"polluted":true}}') }],
  ['the key __proto__ in the entry', 'json.malformed', { text: minimalText.replace('{"app', '{"__proto__":{"polluted":true},"app') }],
]

export function entryVectors(): object {
  return {
    about:
      'The form of entries and their digests: docs/spec/entry.md, section 2. `message` is what an Ed25519 approval signs, in hexadecimal.',
    valid: accepted.map(([name, base, change]) => {
      const text = changedText(base, change)
      const digest = entryDigest(nodeCrypto, parseEntry(bytesOfVector({ text })))
      return { name, text, digest, message: formatHex(approvalMessage(digest)) }
    }),
    invalid: [
      ...refused.map(([name, code, base, change]) => ({ name, code, text: changedText(base, change) })),
      ...refusedText.map(([name, code, bytes]) => ({ name, code, ...bytes })),
    ],
  }
}
