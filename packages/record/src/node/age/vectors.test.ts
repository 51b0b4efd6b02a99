// Our own vectors of sealing (vectors/record/age.json).

import { describe, expect, test } from 'vitest'
import { applyEdit } from '../../../test-support/edits.ts'
import type { Edit } from '../../../test-support/edits.ts'
import { bytesOfVector, readRecordVectors } from '../../../test-support/record-vectors.ts'
import { refusalOf } from '../../../test-support/refusal.ts'
import { parseHex } from '../../bytes.ts'
import { nodeCrypto } from '../crypto.ts'
import { formatRecipient, open, parseIdentity, parseRecipient, recipientOf, seal } from './index.ts'

interface Sealed {
  name: string
  recipients: string[]
  random: string[]
  plaintext: { runs: [string, number][] }
  length: number
  digest: string
  sealed?: string
}
interface AgeVectors {
  keys: { identity: string; recipient: string }[]
  refusedKeys: { name: string; identity?: string; recipient?: string }[]
  sealed: Sealed[]
  refused: { name: string; of: string; edit: Edit; identity: string; code: string }[]
}

const vectors = readRecordVectors<AgeVectors>('age')

function sealAgain({ recipients, random, plaintext }: Sealed): Uint8Array {
  const draws = random.values()
  return seal(bytesOfVector(plaintext), recipients.map(parseRecipient), () => parseHex(draws.next().value!))
}

describe('vectors/record/age.json', () => {
  test.each(vectors.keys)('[AG3] the recipient $recipient', ({ identity, recipient }) => {
    expect(formatRecipient(recipientOf(parseIdentity(identity)))).toBe(recipient)
  })

  test.each(vectors.refusedKeys)('[AG3] refused: $name', ({ identity, recipient }) => {
    const attempt = (): unknown => (identity === undefined ? parseRecipient(recipient!) : parseIdentity(identity))
    expect(refusalOf(attempt)).toBe('age.key')
  })

  test.each(vectors.sealed)('[AG10] sealed: $name', (vector) => {
    const sealed = sealAgain(vector)
    expect(sealed.length).toBe(vector.length)
    expect(nodeCrypto.sha256(sealed).toHex()).toBe(vector.digest)
    if (vector.sealed !== undefined) expect(sealed.toHex()).toBe(vector.sealed)
    for (const { identity, recipient } of vectors.keys) {
      if (vector.recipients.includes(recipient)) {
        expect(open(sealed, [parseIdentity(identity)])).toEqual(bytesOfVector(vector.plaintext))
      }
    }
  })

  test.each(vectors.refused)('[AG5] $code: $name', ({ of, edit, identity, code }) => {
    const sealed = sealAgain(vectors.sealed.find(({ name }) => name === of)!)
    expect(refusalOf(() => open(applyEdit(sealed, edit), [parseIdentity(identity)]))).toBe(code)
  })
})
