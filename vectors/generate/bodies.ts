// Vectors of bodies before sealing: envelopes and commitments.

import { formatHex, formatUtf8 } from '../../packages/record/src/bytes.ts'
import { bodyCommitment, formatEnvelope, saltBytes } from '../../packages/record/src/body.ts'
import { nodeCrypto } from '../../packages/record/src/node/crypto.ts'
import { bytesOf } from '../../packages/record/test-support/parties.ts'

const salt = bytesOf('salt')
const saltHex = formatHex(salt)

type Runs = [string, number][]

function lengthHex(length: number): string {
  return length.toString(16).padStart(8, '0')
}

function valid(name: string, plaintext: Uint8Array, runs: Runs): object {
  const envelope = formatEnvelope(salt, plaintext)
  return {
    name,
    salt: saltHex,
    plaintext: { runs },
    size: envelope.length,
    envelope: formatHex(nodeCrypto.sha256(envelope)),
    commitment: bodyCommitment(nodeCrypto, salt, plaintext),
  }
}

function repeated(name: string, length: number): object {
  return valid(name, new Uint8Array(length).fill(0x78), [['78', length]])
}

const note = formatUtf8('{"note":"two addresses, one register"}')
const noteHex = formatHex(note)

function invalid(name: string, runs: Runs): object {
  return { name, runs, code: 'body.malformed' }
}

export function bodyVectors(): object {
  const rest = 1024 - saltBytes - 4 - note.length
  return {
    about:
      'Bodies before sealing: docs/spec/entry.md, section 4. `runs` is a list of [hexadecimal, how often]; `envelope` is the SHA-256 of the envelope.',
    valid: [
      valid('a short plaintext', note, [[noteHex, 1]]),
      valid('no plaintext', new Uint8Array(), []),
      repeated('the longest of the first class', 988),
      repeated('the shortest of the second class', 989),
      repeated('the longest of the second class', 4060),
      repeated('the shortest of the third class', 4061),
      repeated('the longest of the third class', 16_348),
      repeated('the shortest of the fourth class', 16_349),
      repeated('the longest of all', 61_404),
    ],
    tooLong: 61_405,
    invalid: [
      invalid('no bytes', []),
      invalid('one byte short of a class', [[saltHex, 1], [lengthHex(note.length), 1], [noteHex, 1], ['00', rest - 1]]),
      invalid('one byte beyond a class', [[saltHex, 1], [lengthHex(note.length), 1], [noteHex, 1], ['00', rest + 1]]),
      invalid('a length that is no class', [['00', 2048]]),
      invalid('the first byte of the padding', [[saltHex, 1], [lengthHex(note.length), 1], [noteHex, 1], ['01', 1], ['00', rest - 1]]),
      invalid('the last byte of the padding', [[saltHex, 1], [lengthHex(note.length), 1], [noteHex, 1], ['00', rest - 1], ['01', 1]]),
      invalid('a plaintext shorter than what is there', [[saltHex, 1], [lengthHex(note.length - 1), 1], [noteHex, 1], ['00', rest]]),
      invalid('a plaintext one byte longer than the envelope', [[saltHex, 1], [lengthHex(989), 1], ['78', 988]]),
      invalid('a length that is negative to the careless', [[saltHex, 1], ['ffffffff', 1], ['00', 988]]),
    ],
    opening: [
      { name: 'what was committed to', runs: [[saltHex, 1], [lengthHex(note.length), 1], [noteHex, 1], ['00', rest]], code: null },
      { name: 'another plaintext', runs: [[saltHex, 1], [lengthHex(note.length), 1], [noteHex.replace(/..$/, '7c'), 1], ['00', rest]], code: 'body.commitment' },
      { name: 'another salt', runs: [[saltHex.replace(/^../, '00'), 1], [lengthHex(note.length), 1], [noteHex, 1], ['00', rest]], code: 'body.commitment' },
      { name: 'another size class', runs: [[saltHex, 1], [lengthHex(note.length), 1], [noteHex, 1], ['00', rest + 3072]], code: 'body.commitment' },
    ],
    reference: { ciphertext: '00'.repeat(32), commitment: bodyCommitment(nodeCrypto, salt, note), size: 1024 },
  }
}
