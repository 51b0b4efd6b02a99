// Vectors of signatures over HTTP messages: the base, the fields, and what is refused.

import { formatHex, formatUtf8, parseUtf8 } from '../../packages/record/src/bytes.ts'
import { formatContentDigest } from '../../packages/record/src/content-digest.ts'
import type { HttpRequest, HttpResponse } from '../../packages/record/src/http-message.ts'
import { signatureBase, signMessage, type SignatureClaims, type SignatureFields } from '../../packages/record/src/http-signature.ts'
import { nodeCrypto } from '../../packages/record/src/node/crypto.ts'
import { parseInnerLists } from '../../packages/record/src/structured-fields.ts'
import { bytesOf, signerOf } from '../../packages/record/test-support/parties.ts'

const signer = signerOf('http')
const digest = formatContentDigest(nodeCrypto, formatUtf8('parley/delivery/v1\n'))
const request: HttpRequest = {
  method: 'POST',
  targetUri: 'https://cn.parley.example:8443/deliver/ab?wait=1',
  fields: [
    ['Host', 'cn.parley.example:8443'],
    ['Content-Type', 'application/octet-stream'],
    ['Content-Digest', digest],
    ['X-Two', 'one '],
    ['x-two', '\ttwo'],
  ],
}
const response: HttpResponse = { status: 200, fields: [['Content-Digest', digest]] }
const claims: SignatureClaims = { created: 1_443_225_600, keyid: 'us.parley.example', nonce: 'c0ffee', tag: 'parley/1' }
const components = ['@method', '@target-uri', 'content-digest']

type Case = [string, HttpRequest | HttpResponse, readonly string[], SignatureClaims]
const cases: Case[] = [
  ['a request', request, components, claims],
  ['a request with every component that has no parameter', request, [...components, '@authority', '@scheme', '@path', '@query', 'x-two'], claims],
  ['an answer', response, ['@status', 'content-digest'], { ...claims, expires: 1_443_225_660 }],
  ['nothing but the parameters', request, [], claims],
]

async function signed([name, message, covered, said]: Case): Promise<object> {
  const fields = await signMessage(signer, message, covered, said)
  const base = signatureBase(message, parseInnerLists(fields.signatureInput).get('sig')!)
  return { name, message, components: covered, claims: said, base: parseUtf8(base), ...fields }
}

type Change = (fields: SignatureFields, message: HttpRequest) => { fields: SignatureFields; message: HttpRequest }

function ofInput(change: (text: string) => string): Change {
  return (fields, message) => ({ fields: { ...fields, signatureInput: change(fields.signatureInput) }, message })
}

function ofSignature(change: (text: string) => string): Change {
  return (fields, message) => ({ fields: { ...fields, signature: change(fields.signature) }, message })
}

function ofMessage(change: Partial<HttpRequest>): Change {
  return (fields, message) => ({ fields, message: { ...message, ...change } })
}

const refused: [string, string, Change][] = [
  ['another method', 'http-signature.signature', ofMessage({ method: 'PUT' })],
  ['another target', 'http-signature.signature', ofMessage({ targetUri: 'https://cn.parley.example:8443/deliver/ac?wait=1' })],
  ['a target that is not in its one spelling', 'http-signature.malformed', ofMessage({ targetUri: 'https://CN.parley.example:8443/deliver/ab?wait=1' })],
  ['a covered field that is gone', 'http-signature.malformed', ofMessage({ fields: [] })],
  ['a covered field that is there twice', 'http-signature.signature', ofMessage({ fields: [...request.fields, ['content-digest', digest]] })],
  ['another time', 'http-signature.signature', ofInput((text) => text.replace('1443225600', '1443225601'))],
  ['parameters in another order', 'http-signature.signature', ofInput((text) => text.replace(';nonce="c0ffee";keyid="us.parley.example"', ';keyid="us.parley.example";nonce="c0ffee"'))],
  ['another key', 'http-signature.key', ofInput((text) => text.replace('us.parley', 'xx.parley'))],
  ['no key', 'http-signature.malformed', ofInput((text) => text.replace(';keyid="us.parley.example"', ''))],
  ['another tag', 'http-signature.malformed', ofInput((text) => text.replace('parley/1', 'parley/2'))],
  ['a demanded component left out', 'http-signature.coverage', ofInput((text) => text.replace('"@method" ', ''))],
  ['a component twice', 'http-signature.malformed', ofInput((text) => text.replace('"@method"', '"@method" "@method"'))],
  ['a component that is not supported', 'http-signature.malformed', ofInput((text) => text.replace('"@method"', '"@method" "@request-target"'))],
  ['two spaces', 'http-signature.malformed', ofInput((text) => text.replace(' ', '  '))],
  ['a parameter twice', 'http-signature.malformed', ofInput((text) => `${text};tag="parley/1"`)],
  ['another algorithm', 'http-signature.signature', ofInput((text) => `${text};alg="hmac-sha256"`)],
  ['another label', 'http-signature.malformed', ofSignature((text) => text.replace('sig', 'gis'))],
  ['a signature without padding', 'http-signature.malformed', ofSignature((text) => text.replace('==:', ':'))],
  ['another signature', 'http-signature.signature', ofSignature((text) => text.replace(/:./, (start) => (start === ':A' ? ':B' : ':A')))],
]

export async function httpSignatureVectors(): Promise<object> {
  const fields = await signMessage(signer, request, components, claims)
  return {
    about:
      'Signatures over HTTP messages: RFC 9421 with Ed25519. `seed` is the private key of RFC 8032. The receiver demands the components of the case `a request` and the tag `parley/1`, and knows the one key by its `keyid`.',
    seed: formatHex(bytesOf('http')),
    publicKey: formatHex(signer.publicKey),
    contentDigest: { content: 'parley/delivery/v1\n', field: digest },
    signed: await Promise.all(cases.map(signed)),
    refused: refused.map(([name, code, change]) => {
      const changed = change(fields, request)
      return { name, message: changed.message, ...changed.fields, code }
    }),
  }
}
