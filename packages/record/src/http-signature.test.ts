import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import type { webcrypto } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flippedByte, refusalOf, refusalOfAsync } from '../test-support/refusal.ts'
import { describePublished } from '../test-support/shared-vectors.ts'
import { formatUtf8, parseUtf8 } from './bytes.ts'
import { formatContentDigest } from './content-digest.ts'
import type { HttpRequest, HttpResponse } from './http-message.ts'
import { openSignature, signatureBase, signMessage, verifySignature } from './http-signature.ts'
import type { SignatureClaims, SignatureDemands, SignatureFields, SignatureKey } from './http-signature.ts'
import { createSigner, nodeCrypto } from './node/index.ts'
import { formatInnerLists, parseByteSequences, parseInnerLists } from './structured-fields.ts'
import type { InnerList } from './structured-fields.ts'

const signer = createSigner(new Uint8Array(32).fill(1))
const other = createSigner(new Uint8Array(32).fill(2))
const components = ['@method', '@target-uri', 'content-digest']
const claims: SignatureClaims = { created: 1_800_000_000, keyid: 'us', nonce: 'b3', tag: 'parley/1' }
const request: HttpRequest = {
  method: 'POST',
  targetUri: 'https://node.example/deliver/ab',
  fields: [['Content-Digest', formatContentDigest(nodeCrypto, formatUtf8('frame'))]],
}
const demands: SignatureDemands = {
  tag: 'parley/1',
  components,
  keyOf: (keyid) => (keyid === 'us' ? { algorithm: 'ed25519', publicKey: signer.publicKey } : undefined),
}

function openWith(fields: SignatureFields, message: HttpRequest | HttpResponse = request): Promise<SignatureClaims> {
  return openSignature(nodeCrypto, message, fields, demands)
}

test('[HS3] the signature base is that of RFC 9421 section 2.5', async () => {
  const fields = await signMessage(signer, request, components, claims)
  const input = parseInnerLists(fields.signatureInput).get('sig')!
  expect(parseUtf8(signatureBase(request, input))).toBe(
    [
      '"@method": POST',
      '"@target-uri": https://node.example/deliver/ab',
      `"content-digest": ${formatContentDigest(nodeCrypto, formatUtf8('frame'))}`,
      '"@signature-params": ("@method" "@target-uri" "content-digest");created=1800000000;nonce="b3";keyid="us";tag="parley/1"',
    ].join('\n'),
  )
})

test('[HS4] what was signed is opened, and says what was claimed', async () => {
  const fields = await signMessage(signer, request, components, claims)
  expect(await openWith(fields)).toEqual(claims)
  const response: HttpResponse = { status: 200, fields: request.fields }
  const answer = await signMessage(signer, response, ['@status', 'content-digest'], {
    ...claims,
    expires: 1_800_000_060,
  })
  const opened = await openSignature(nodeCrypto, response, answer, { ...demands, components: ['@status'] })
  expect(opened).toEqual({ ...claims, expires: 1_800_000_060 })
})

test('[HS4] signatures with other tags stand beside the one that is demanded', async () => {
  const [one, two] = [
    await signMessage(other, request, ['@method'], { keyid: 'proxy', tag: 'else' }, 'proxy'),
    await signMessage(signer, request, components, claims, 'ours'),
  ]
  const joined = {
    signatureInput: `${one.signatureInput}, ${two.signatureInput}`,
    signature: `${two.signature}, ${one.signature}`,
  }
  expect(await openWith(joined)).toEqual(claims)
})

describe('refusals', () => {
  const changes: [string, (fields: SignatureFields) => SignatureFields, string][] = [
    [
      'another key',
      (fields) => ({ ...fields, signatureInput: fields.signatureInput.replace('"us"', '"cn"') }),
      'http-signature.key',
    ],
    [
      'another time',
      (fields) => ({ ...fields, signatureInput: fields.signatureInput.replace('1800000000', '1800000001') }),
      'http-signature.signature',
    ],
    [
      'another nonce',
      (fields) => ({ ...fields, signatureInput: fields.signatureInput.replace('"b3"', '"b4"') }),
      'http-signature.signature',
    ],
    [
      'no nonce',
      (fields) => ({ ...fields, signatureInput: fields.signatureInput.replace(';nonce="b3"', '') }),
      'http-signature.signature',
    ],
    [
      'another order',
      (fields) => ({
        ...fields,
        signatureInput: fields.signatureInput.replace('"@method" "@target-uri"', '"@target-uri" "@method"'),
      }),
      'http-signature.signature',
    ],
    [
      'a component left out',
      (fields) => ({ ...fields, signatureInput: fields.signatureInput.replace('"@method" ', '') }),
      'http-signature.coverage',
    ],
    [
      'a demanded component with a parameter',
      (fields) => ({ ...fields, signatureInput: fields.signatureInput.replace('"@method"', '"@method";req') }),
      'http-signature.coverage',
    ],
    [
      'a component twice',
      (fields) => ({ ...fields, signatureInput: fields.signatureInput.replace('"@method"', '"@method" "@method"') }),
      'http-signature.malformed',
    ],
    [
      'another tag',
      (fields) => ({ ...fields, signatureInput: fields.signatureInput.replace('parley/1', 'parley/2') }),
      'http-signature.malformed',
    ],
    [
      'no key named',
      (fields) => ({ ...fields, signatureInput: fields.signatureInput.replace(';keyid="us"', '') }),
      'http-signature.malformed',
    ],
    [
      'a key that is a number',
      (fields) => ({ ...fields, signatureInput: fields.signatureInput.replace('"us"', '7') }),
      'http-signature.malformed',
    ],
    [
      'a key without a value',
      (fields) => ({ ...fields, signatureInput: fields.signatureInput.replace('="us"', '') }),
      'http-signature.malformed',
    ],
    [
      'a time that is text',
      (fields) => ({ ...fields, signatureInput: fields.signatureInput.replace('1800000000', '"now"') }),
      'http-signature.malformed',
    ],
    [
      'another algorithm',
      (fields) => ({ ...fields, signatureInput: `${fields.signatureInput};alg="hmac-sha256"` }),
      'http-signature.signature',
    ],
    [
      'another label',
      (fields) => ({ ...fields, signature: fields.signature.replace('sig=', 'gis=') }),
      'http-signature.malformed',
    ],
    ['an empty signature', (fields) => ({ ...fields, signature: 'sig=::' }), 'http-signature.signature'],
    [
      'two with the tag',
      (fields) => ({ ...fields, signatureInput: `${fields.signatureInput}, two=();keyid="us";tag="parley/1"` }),
      'http-signature.malformed',
    ],
  ]
  test.each(changes)('[HS5] %s', async (_case, change, code) => {
    const fields = await signMessage(signer, request, components, claims)
    const changed = change(fields)
    expect(changed).not.toEqual(fields)
    expect(await refusalOfAsync(() => openWith(changed))).toBe(code)
  })

  test.each([
    ['another method', { ...request, method: 'PUT' }],
    ['another address', { ...request, targetUri: 'https://node.example/deliver/ac' }],
    [
      'another content',
      { ...request, fields: [['Content-Digest', formatContentDigest(nodeCrypto, formatUtf8('other'))]] },
    ],
    ['a digest repeated', { ...request, fields: [...request.fields, ...request.fields] }],
  ] as [string, HttpRequest][])('[HS5] the message has %s', async (_case, message) => {
    const fields = await signMessage(signer, request, components, claims)
    expect(await refusalOfAsync(() => openWith(fields, message))).toBe('http-signature.signature')
  })

  test('[HS5] a covered field that is gone', async () => {
    const fields = await signMessage(signer, request, components, claims)
    expect(await refusalOfAsync(() => openWith(fields, { ...request, fields: [] }))).toBe('http-signature.malformed')
  })

  test('[HS5] an algorithm that the key agrees with is accepted', async () => {
    const input = {
      items: [],
      parameters: new Map([
        ['keyid', 'us'],
        ['tag', 'parley/1'],
        ['alg', 'ed25519'],
      ]),
    }
    const signature = (await signer.sign(signatureBase(request, input))).toBase64()
    const fields = { signatureInput: formatInnerLists(new Map([['a', input]])), signature: `a=:${signature}:` }
    const opened = await openSignature(nodeCrypto, request, fields, { ...demands, components: [] })
    expect(opened).toEqual({ keyid: 'us', tag: 'parley/1' })
  })
})

test('[HS4] signatures over P-256 verify whatever their numbers begin with', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  const key: SignatureKey = { algorithm: 'ecdsa-p256-sha256', publicKey: new Uint8Array(spki.subarray(-65)) }
  const input: InnerList = { items: [], parameters: new Map() }
  const base = signatureBase(request, input)
  const beginnings = new Set<string>()
  // A number below 2^248 is shorter in DER, one above 2^255 longer: about one in 256 of the former.
  for (let round = 0; beginnings.size < 6; round++) {
    const signature = new Uint8Array(sign('sha256', base, { key: privateKey, dsaEncoding: 'ieee-p1363' }))
    const kinds = [0, 32].map((at) => `${at} ${signature[at] === 0 ? 'zero' : signature[at]! >= 0x80 ? 'high' : 'low'}`)
    if (kinds.every((kind) => beginnings.has(kind))) continue
    for (const kind of kinds) beginnings.add(kind)
    await verifySignature(nodeCrypto, request, input, signature, key)
    expect(round).toBeLessThan(100_000)
  }
})

test('[HS5] one changed byte of either field is refused, with a code of this part', async () => {
  const fields = await signMessage(signer, request, components, claims)
  for (const name of ['signatureInput', 'signature'] as const) {
    await fc.assert(
      fc.asyncProperty(flippedByte(formatUtf8(fields[name])), async (flipped) => {
        const changed = { ...fields, [name]: Buffer.from(flipped).toString('latin1') }
        expect(await refusalOfAsync(() => openWith(changed))).toMatch(/^http-signature\./)
      }),
    )
  }
})

interface Published {
  messages: Record<string, string>
  keys: Record<string, { jwk?: webcrypto.JsonWebKey }>
  cases: { title: string; signatureBase: string; signatureInput: string; signature: string; message: string }[]
}

/** The published response shows the digest of an earlier draft beside the signature over the final one. */
const digestOfResponse = /content-digest": (sha-512=:mEWX[^\n]*)/

function messageOf(text: string, base: string): HttpRequest | HttpResponse {
  const [head] = text.split('\n\n')
  const [start, ...lines] = head!.split('\n')
  const fields = lines.map((line): [string, string] => {
    const [name, value] = [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]
    const final = name === 'Content-Digest' ? digestOfResponse.exec(base)?.[1] : undefined
    return [name, final ?? value]
  })
  const words = start!.split(' ')
  if (start!.startsWith('HTTP/')) return { status: Number(words[1]), fields }
  return { method: words[0]!, targetUri: `https://example.com${words[1]}`, fields }
}

function keyOf(published: Published, keyid: string): SignatureKey | undefined {
  const jwk = published.keys[keyid]?.jwk
  if (jwk?.crv === undefined) return undefined
  const { d: _secret, ...open } = jwk
  const spki = createPublicKey({ key: open, format: 'jwk' }).export({ format: 'der', type: 'spki' })
  return jwk.crv === 'P-256'
    ? { algorithm: 'ecdsa-p256-sha256', publicKey: new Uint8Array(spki.subarray(-65)) }
    : { algorithm: 'ed25519', publicKey: new Uint8Array(spki.subarray(-32)) }
}

describePublished('http-signatures', (vectors) => {
  const published = vectors.readJson<Published>('rfc9421.json')

  test.each(published.cases.map((row) => [row.title, row] as const))('[HS3] RFC 9421: %s', async (title, row) => {
    const message = messageOf(published.messages[row.message]!, row.signatureBase)
    const [[label, input]] = [...parseInnerLists(row.signatureInput)] as [[string, never]]
    expect(parseUtf8(signatureBase(message, input))).toBe(row.signatureBase)
    expect(formatInnerLists(new Map([[label, input]]))).toBe(row.signatureInput)
    const signature = parseByteSequences(row.signature).get(label)!
    const keyid = /keyid="([^"]*)"/.exec(row.signatureInput)![1]!
    const key = keyOf(published, keyid)
    // RSA and HMAC keys are not spoken here: for them the base is checked, and nothing else.
    expect(key === undefined).toBe(/rsa|hmac/.test(title))
    if (key === undefined) return
    await verifySignature(nodeCrypto, message, input, signature, key)
    const flipped = signature.with(0, signature[0]! ^ 1)
    expect(await refusalOfAsync(() => verifySignature(nodeCrypto, message, input, flipped, key))).toBe(
      'http-signature.signature',
    )
    const short = signature.subarray(1)
    expect(await refusalOfAsync(() => verifySignature(nodeCrypto, message, input, short, key))).toBe(
      'http-signature.signature',
    )
  })

  test('[HS3] RFC 9421 section 2.5 refuses a component that is covered twice', () => {
    const input = parseInnerLists('a=("date" "date")').get('a')!
    const message = messageOf(published.messages['test-request']!, '')
    expect(refusalOf(() => signatureBase(message, input))).toBe('http-signature.malformed')
  })
})
