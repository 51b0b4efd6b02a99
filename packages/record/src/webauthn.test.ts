import { createECDH, createPrivateKey, createPublicKey } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOf, passkeyOf, testRelyingParty } from '../test-support/parties.ts'
import { flippedByte, refusalOfAsync } from '../test-support/refusal.ts'
import { describePublished } from '../test-support/shared-vectors.ts'
import { formatHex, parseBase64, parseHex } from './bytes.ts'
import { nodeCrypto } from './node/crypto.ts'
import { assertionMessage, parseAssertion, verifyAssertion, type Assertion, type AssertionKey } from './webauthn.ts'

const duty = passkeyOf('duty', ['duty'])
const key: AssertionKey = { algorithm: 'es256', key: parseBase64(duty.enrolment.key) }
const challenge = bytesOf('challenge')

async function assertionOf(): Promise<Assertion> {
  const approval = await duty.approve(formatHex(challenge))
  if (!('assertion' in approval)) throw new Error('a passkey gives an assertion')
  return parseAssertion(approval.assertion)
}

function refusal(assertion: Assertion): Promise<string> {
  return refusalOfAsync(() => verifyAssertion(nodeCrypto, assertion, challenge, key, testRelyingParty))
}

describe('a passkey assertion', () => {
  test('[AP5] over the challenge verifies', async () => {
    expect(await refusal(await assertionOf())).toBe('accepted')
  })

  test.each(['authenticatorData', 'clientData', 'signature'] as const)(
    '[AP5] with one byte of its %s changed is refused',
    async (part) => {
      const assertion = await assertionOf()
      await fc.assert(
        fc.asyncProperty(flippedByte(assertion[part]), async (flipped) => {
          expect(await refusal({ ...assertion, [part]: flipped })).toMatch(/^assertion\./)
        }),
      )
    },
  )

  test('[AP5] with one byte of any part missing is refused', async () => {
    const assertion = await assertionOf()
    for (const part of ['authenticatorData', 'clientData', 'signature'] as const) {
      expect(await refusal({ ...assertion, [part]: assertion[part].slice(0, -1) })).toMatch(/^assertion\./)
      expect(await refusal({ ...assertion, [part]: new Uint8Array() })).toMatch(/^assertion\./)
    }
  })

  test('[AP5] under another key or for nobody is refused', async () => {
    const assertion = await assertionOf()
    const other = { ...key, key: parseBase64(passkeyOf('other', ['duty']).enrolment.key) }
    const verify = (at: AssertionKey, party = testRelyingParty) =>
      refusalOfAsync(() => verifyAssertion(nodeCrypto, assertion, challenge, at, party))
    expect(await verify(other)).toBe('assertion.signature')
    expect(await verify({ algorithm: 'ed25519', key: key.key })).toBe('assertion.signature')
    expect(await verify(key, { ids: [], origins: testRelyingParty.origins })).toBe('assertion.origin')
    expect(await verify(key, { ids: testRelyingParty.ids, origins: [] })).toBe('assertion.origin')
  })
})

interface PublishedBlock {
  challenge: string
  credential_private_key?: string
  private_key?: string
  authenticatorData?: string
  clientDataJSON: string
  signature?: string
}
interface Published {
  rpId: string
  origin_: string
  vectors: { title: string; id: string; blocks: PublishedBlock[] }[]
}

const notEnrolled = /ES384|ES512|RS256|Ed448/

function keyOf(title: string, secret: Uint8Array): AssertionKey {
  if (title.includes('Ed25519')) {
    const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret])
    const spki = createPublicKey(createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }))
    return { algorithm: 'ed25519', key: new Uint8Array(spki.export({ format: 'der', type: 'spki' }).subarray(12)) }
  }
  const ecdh = createECDH('prime256v1')
  ecdh.setPrivateKey(secret)
  return { algorithm: 'es256', key: new Uint8Array(ecdh.getPublicKey()) }
}

/** What the vector is refused for here and not by its standard, which leaves these to the relying party. */
function expectedOf(clientData: string, flags: number): string {
  if (clientData.includes('"crossOrigin":true')) return 'assertion.origin'
  return (flags & 4) === 0 ? 'assertion.user-verification' : 'accepted'
}

describePublished('webauthn', (published) => {
  const { rpId, origin_, vectors } = published.readJson<Published>('webauthn-l3.json')
  const asserting = vectors.filter((vector) => vector.blocks.some((block) => block.authenticatorData !== undefined))

  test.for(asserting)('[AP8] $title', async ({ title, blocks }, { skip }) => {
    if (notEnrolled.test(title)) return skip('officials do not enrol keys of this algorithm')
    const [registration, block] = [blocks[0]!, blocks[1]!]
    const credential = keyOf(title, parseHex((registration.credential_private_key ?? registration.private_key)!))
    const assertion: Assertion = {
      authenticatorData: parseHex(block.authenticatorData!),
      clientData: parseHex(block.clientDataJSON),
      signature: parseHex(block.signature!),
    }
    const verify = credential.algorithm === 'es256' ? 'verifyP256' : 'verifyEd25519'
    const message = assertionMessage(nodeCrypto, assertion)
    expect(await nodeCrypto[verify](credential.key, message, assertion.signature)).toBe(true)
    const expected = expectedOf(new TextDecoder().decode(assertion.clientData), assertion.authenticatorData[32]!)
    const party = { ids: [rpId], origins: [origin_] }
    expect(
      await refusalOfAsync(() => verifyAssertion(nodeCrypto, assertion, parseHex(block.challenge), credential, party)),
    ).toBe(expected)
    return undefined
  })
})
