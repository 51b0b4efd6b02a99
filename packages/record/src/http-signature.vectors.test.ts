// Our own vectors of signatures over HTTP messages (vectors/record/http-signatures.json).

import { describe, expect, test } from 'vitest'
import { readRecordVectors } from '../test-support/record-vectors.ts'
import { refusalOfAsync } from '../test-support/refusal.ts'
import { formatUtf8, parseHex, parseUtf8 } from './bytes.ts'
import { formatContentDigest } from './content-digest.ts'
import type { HttpRequest, HttpResponse } from './http-message.ts'
import { openSignature, signatureBase, signMessage } from './http-signature.ts'
import type { SignatureClaims, SignatureDemands, SignatureFields } from './http-signature.ts'
import { createSigner, nodeCrypto } from './node/index.ts'
import { webCrypto } from './web/crypto.ts'
import { parseInnerLists } from './structured-fields.ts'

type Signed = SignatureFields & {
  name: string
  message: HttpRequest | HttpResponse
  components: string[]
  claims: SignatureClaims
  base: string
}
interface HttpSignatureVectors {
  seed: string
  publicKey: string
  contentDigest: { content: string; field: string }
  signed: Signed[]
  refused: (SignatureFields & { name: string; message: HttpRequest; code: string })[]
}

const vectors = readRecordVectors<HttpSignatureVectors>('http-signatures')
const [first] = vectors.signed as [Signed]
const demands: SignatureDemands = {
  tag: 'parley/1',
  components: first.components,
  keyOf: (keyid) =>
    keyid === first.claims.keyid ? { algorithm: 'ed25519', publicKey: parseHex(vectors.publicKey) } : undefined,
}

describe('vectors/record/http-signatures.json', () => {
  test.each(vectors.signed)('[HS3] $name', async ({ message, components, claims, base, signatureInput, signature }) => {
    const signer = createSigner(parseHex(vectors.seed))
    expect(await signMessage(signer, message, components, claims)).toEqual({ signatureInput, signature })
    expect(parseUtf8(signatureBase(message, parseInnerLists(signatureInput).get('sig')!))).toBe(base)
    for (const crypto of [nodeCrypto, webCrypto]) {
      const fields = { signatureInput, signature }
      expect(await openSignature(crypto, message, fields, { ...demands, components })).toEqual(claims)
    }
  })

  test.each(vectors.refused)('[HS5] $code: $name', async ({ message, signatureInput, signature, code }) => {
    const fields = { signatureInput, signature }
    expect(await refusalOfAsync(() => openSignature(nodeCrypto, message, fields, demands))).toBe(code)
  })

  test('[HS6] the digest of the content', () => {
    const { content, field } = vectors.contentDigest
    expect(formatContentDigest(nodeCrypto, formatUtf8(content))).toBe(field)
  })
})
