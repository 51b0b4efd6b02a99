// Vectors of sealing: age v1 files made from stated chance, and files and keys that are refused.

import { formatHex, formatUtf8 } from '../../packages/record/src/bytes.ts'
import { formatBech32 } from '../../packages/record/src/node/age/bech32.ts'
import {
  payloadChunkBytes,
  formatIdentity,
  formatRecipient,
  generateIdentity,
  recipientOf,
  seal,
  type Identity,
} from '../../packages/record/src/node/age/index.ts'
import { nodeCrypto } from '../../packages/record/src/node/crypto.ts'
import { editBetween } from '../../packages/record/test-support/edits.ts'
import { bytesOf } from '../../packages/record/test-support/parties.ts'

const identities = ['first', 'second', 'third'].map((label) => generateIdentity(() => bytesOf(`age ${label}`)))
const [first] = identities as [Identity]
const stranger = generateIdentity(() => bytesOf('age stranger'))

function sealed(name: string, count: number, runs: [string, number][]) {
  const random: string[] = []
  const draw = (length: number): Uint8Array => {
    const bytes = bytesOf(`${name} ${random.length}`).slice(0, length)
    random.push(formatHex(bytes))
    return bytes
  }
  const plaintext = Uint8Array.fromHex(runs.map(([hex, times]) => hex.repeat(times)).join(''))
  const recipients = identities.slice(0, count).map(recipientOf)
  const bytes = seal(plaintext, recipients, draw)
  const whole = bytes.length > 4096 ? {} : { sealed: formatHex(bytes) }
  const vector = { name, recipients: recipients.map(formatRecipient), random, plaintext: { runs } }
  return { bytes, vector: { ...vector, length: bytes.length, digest: formatHex(nodeCrypto.sha256(bytes)), ...whole } }
}

const text = formatUtf8('who used this address')
const good = sealed('to one', 1, [[formatHex(text), 1]])
const double = sealed('to two', 2, [[formatHex(text), 1]])

function changedText(from: Uint8Array, change: (file: string) => string): Uint8Array {
  return new Uint8Array(Buffer.from(change(Buffer.from(from).toString('latin1')), 'latin1'))
}

type Refused = [name: string, file: Uint8Array, code: string, identity?: Identity]

function refusedFiles(): Refused[] {
  const { bytes } = good
  const share = /X25519 (\S+)/.exec(Buffer.from(bytes).toString('latin1'))![1]!
  const end = bytes.length
  return [
    ['sealed to others', bytes, 'age.no-identity', stranger],
    ['no bytes', new Uint8Array(), 'age.malformed'],
    ['another version', changedText(bytes, (file) => file.replace('/v1', '/v2')), 'age.malformed'],
    ['carriage returns', changedText(bytes, (file) => file.replace('/v1\n', '/v1\r\n')), 'age.malformed'],
    ['another kind of stanza in place of ours', changedText(bytes, (file) => file.replace('X25519', 'x25519')), 'age.no-identity'],
    ['a stanza of another kind put in', changedText(bytes, (file) => file.replace('---', '-> joint 1\n\n---')), 'age.header'],
    ['a passphrase beside a key', changedText(bytes, (file) => file.replace('---', `-> scrypt AAAAAAAAAAAAAAAAAAAAAA 10\n${'A'.repeat(43)}\n---`)), 'age.malformed'],
    ['one argument too many', changedText(bytes, (file) => file.replace(share, `${share} x`)), 'age.malformed'],
    ['a share with padding', changedText(bytes, (file) => file.replace(share, `${share}=`)), 'age.malformed'],
    ['a share that is a point of low order', changedText(bytes, (file) => file.replace(share, 'A'.repeat(43))), 'age.malformed'],
    ['the second stanza taken out', changedText(double.bytes, (file) => file.replace(/(-> [^>]*)-> [^-]*---/, '$1---')), 'age.header'],
    ['the last bit of the MAC', changedText(bytes, (file) => file.replace(/(--- \S{40})/, (mac) => mac.slice(0, -1) + (mac.endsWith('A') ? 'B' : 'A'))), 'age.header'],
    ['the nonce cut off', bytes.subarray(0, end - 16 - text.length - 1), 'age.malformed'],
    ['the nonce changed', bytes.with(end - 16 - text.length - 1, bytes.at(-16 - text.length - 1)! ^ 1), 'age.payload'],
    ['the payload changed', bytes.with(end - 17, bytes.at(-17)! ^ 1), 'age.payload'],
    ['the tag changed', bytes.with(end - 1, bytes.at(-1)! ^ 1), 'age.payload'],
    ['the last byte cut off', bytes.subarray(0, end - 1), 'age.payload'],
    ['a byte added', new Uint8Array([...bytes, 0]), 'age.payload'],
  ]
}

export function ageVectors(): object {
  const refused = refusedFiles().map(([name, file, code, identity = first]) => {
    const of = name === 'the second stanza taken out' ? double : good
    return { name, of: of.vector.name, edit: editBetween(of.bytes, file), identity: formatIdentity(identity), code }
  })
  const recipient = formatRecipient(recipientOf(first))
  return {
    about:
      'Sealing by age v1 with X25519: c2sp.org/age and docs/spec/entry.md. `random` is what was drawn, in order: file key, one ephemeral secret for each recipient, nonce. `runs` is a list of [hexadecimal, how often]; an `edit` puts hexadecimal in place of a number of bytes from an offset on.',
    keys: identities.map((identity) => ({ identity: formatIdentity(identity), recipient: formatRecipient(recipientOf(identity)) })),
    refusedKeys: [
      { name: 'a recipient in upper case', recipient: recipient.toUpperCase() },
      { name: 'a recipient in mixed case', recipient: `A${recipient.slice(1)}` },
      { name: 'a recipient with another checksum', recipient: `${recipient.slice(0, -1)}${recipient.endsWith('q') ? 'p' : 'q'}` },
      { name: 'a recipient of 31 bytes', recipient: formatBech32('age', new Uint8Array(31).fill(9)) },
      { name: 'a recipient of another kind', recipient: formatBech32('age1pq', new Uint8Array(32).fill(9)) },
      { name: 'an identity in lower case', identity: formatIdentity(first).toLowerCase() },
      { name: 'a recipient for an identity', identity: recipient.toUpperCase() },
    ],
    sealed: [
      good.vector,
      double.vector,
      sealed('to three', 3, [[formatHex(text), 1]]).vector,
      sealed('nothing', 1, []).vector,
      sealed('a chunk', 1, [['78', payloadChunkBytes]]).vector,
      sealed('a chunk and a byte', 1, [['78', payloadChunkBytes], ['79', 1]]).vector,
      sealed('two chunks', 2, [['78', payloadChunkBytes], ['79', payloadChunkBytes]]).vector,
    ],
    refused,
  }
}
